/// The patterns with alternatives: the first alternative that matches is taken, as in the regular expressions they stand for.
extension PieceScanner {
    func gpt2(at position: Int) -> Int? {
        if let end = contraction(at: position, anyCase: false) { return end }
        let first = code(position) == 0x20 ? position + 1 : position
        if has(.letter, first) { return run(from: first) { has(.letter, $0) } }
        if has(.number, first) { return run(from: first) { has(.number, $0) } }
        if let end = nonEmpty(first, run(from: first) { isOther(than: [.whitespace, .letter, .number], $0) }) {
            return end
        }
        return whitespace(at: position, endsAtLineBreak: false)
    }

    func llama3(at position: Int, digits: Int) -> Int? {
        if let end = contraction(at: position, anyCase: true) { return end }
        if has(.letter, position) || (canPrecedeWord(position) && has(.letter, position + 1)) {
            return run(from: position + 1) { has(.letter, $0) }
        }
        if let end = nonEmpty(position, run(from: position, atMost: digits) { has(.number, $0) }) { return end }
        return otherRun(at: position, alsoSlash: false) ?? whitespace(at: position, endsAtLineBreak: true)
    }

    /// `[^\r\n\p{L}\p{N}]`
    private func canPrecedeWord(_ position: Int) -> Bool {
        isOther(than: [.letter, .number], position) && !isLineBreak(position)
    }

    /// ` ?[^\s\p{L}\p{N}]+[\r\n]*`, or `[\r\n/]*`
    private func otherRun(at position: Int, alsoSlash: Bool) -> Int? {
        let first = code(position) == 0x20 ? position + 1 : position
        guard let last = nonEmpty(first, run(from: first) { isOther(than: [.whitespace, .letter, .number], $0) }) else {
            return nil
        }
        return run(from: last) { isLineBreak($0) || (alsoSlash && code($0) == 0x2F) }
    }

    func casedWord(at position: Int, digits: Int, contractions: Bool) -> Int? {
        let first = canPrecedeWord(position) ? position + 1 : position
        if let end = casedLetters(at: first) {
            return contractions ? contraction(at: end, anyCase: true) ?? end : end
        }
        if let end = nonEmpty(position, run(from: position, atMost: digits) { has(.number, $0) }) { return end }
        return otherRun(at: position, alsoSlash: true) ?? whitespace(at: position, endsAtLineBreak: true)
    }

    /// `U*L+|U+L*`: with letters that are neither a-z nor A-Z, which are U and L both, the first takes back the last such letter.
    private func casedLetters(at position: Int) -> Int? {
        let upperEnd = run(from: position) { has(.letter, $0) && !(code($0) >= 0x61 && code($0) <= 0x7A) }
        let lowerEnd = run(from: upperEnd) { has(.letter, $0) && !(code($0) >= 0x41 && code($0) <= 0x5A) }
        if lowerEnd > upperEnd { return lowerEnd }
        var last = upperEnd
        while last > position, code(last - 1) < 0x80 { last -= 1 }
        return nonEmpty(position, last) ?? nonEmpty(position, upperEnd)
    }

    func deepSeekV3(at position: Int) -> Int? {
        let code = code(position)
        if code < 0x80, has([.punctuation, .symbol], position), isASCIILetter(position + 1) {
            return run(from: position + 1, isASCIILetter)
        }
        let canPrecede = isOther(than: [.letter, .punctuation, .symbol], position) && !isLineBreak(position)
        if canPrecede, let end = nonEmpty(position + 1, run(from: position + 1) { has([.letter, .mark], $0) }) {
            return end
        }
        if let end = nonEmpty(position, run(from: position) { has([.letter, .mark], $0) }) { return end }
        let first = code == 0x20 ? position + 1 : position
        if let last = nonEmpty(first, run(from: first) { has([.punctuation, .symbol], $0) }) {
            return run(from: last, isLineBreak)
        }
        return whitespace(at: position, endsAtLineBreak: true)
    }

    private func isASCIILetter(_ position: Int) -> Bool {
        let code = code(position) | 0x20
        return code >= 0x61 && code <= 0x7A
    }
}
