/// Cuts one piece of text; positions are those of the whole text, and nothing outside the piece is seen.
struct PieceScanner {
    let codes: UnsafeBufferPointer<UInt32>
    let classes: UnsafeBufferPointer<CharacterClass>
    let start: Int
    let end: Int

    /// Appends the ends of the pieces: of each match of the pass's pattern, and of what lies between matches.
    func cut(by pass: PreTokenizer.Pass, into ends: inout [Int]) {
        var position = start
        var unmatched = start
        while position < end {
            guard let matchEnd = match(pass, at: position) else {
                position += 1
                continue
            }
            if position > unmatched { ends.append(position) }
            ends.append(matchEnd)
            position = matchEnd
            unmatched = matchEnd
        }
        if end > unmatched { ends.append(end) }
    }

    /// Where the match that begins at `position` ends; nil if none begins there. Never empty.
    private func match(_ pass: PreTokenizer.Pass, at position: Int) -> Int? {
        switch pass {
        case .gpt2: return gpt2(at: position)
        case .llama3(let digits): return llama3(at: position, digits: digits)
        case .casedWords(let digits, let contractions):
            return casedWord(at: position, digits: digits, contractions: contractions)
        case .deepSeekV3: return deepSeekV3(at: position)
        case .lineBreaks: return isLineBreak(position) ? position + 1 : nil
        case .spacedLetters: return spaced(at: position) { has(.letter, $0) }
        case .spacedPunctuation: return spaced(at: position) { has(.punctuation, $0) }
        case .spacedCasedLetters: return spaced(at: position) { DeepSeekRanges.isCasedLetter(code($0)) }
        case .spacedWideASCII:
            return spaced(at: position) { DeepSeekRanges.isWideASCII(code($0)) && !has(.whitespace, $0) }
        case .trailingSpace:
            return nonEmpty(position, run(from: position) { has(.whitespace, $0) }).flatMap { $0 == end ? $0 : nil }
        case .ideographs:
            return nonEmpty(
                position, run(from: position) { DeepSeekRanges.isIdeograph(code($0)) && !has(.whitespace, $0) })
        case .ideographsAndKana:
            return nonEmpty(position, run(from: position) { DeepSeekRanges.isIdeographOrKana(code($0)) })
        case .numbers: return has(.number, position) ? position + 1 : nil
        case .numberRuns: return nonEmpty(position, run(from: position) { has(.number, $0) })
        case .numberTriples: return nonEmpty(position, run(from: position, atMost: 3) { has(.number, $0) })
        case .digitTriples:
            return run(from: position, atMost: 3) { code($0) >= 0x30 && code($0) <= 0x39 } == position + 3
                ? position + 3 : nil
        case .punctuationRuns(let withBacktick):
            return nonEmpty(
                position, run(from: position) { has(.punctuation, $0) || Self.isIsolatedSymbol(code($0), withBacktick) }
            )
        }
    }

    private static func isIsolatedSymbol(_ code: UInt32, _ withBacktick: Bool) -> Bool {
        switch code {
        case 0x24, 0x2B, 0x3C, 0x3D, 0x3E, 0x5E, 0x7C, 0x7E: true
        case 0x60: withBacktick
        default: false
        }
    }

    /// `\s?` and one or more of what `belongs` says; white space that belongs itself needs none before it.
    private func spaced(at position: Int, _ belongs: (Int) -> Bool) -> Int? {
        let first = has(.whitespace, position) ? position + 1 : position
        return nonEmpty(first, run(from: first, belongs))
    }
}

// MARK: - What patterns are made of

extension PieceScanner {
    /// The code point at `position`; one that no pattern names beyond the piece's end.
    func code(_ position: Int) -> UInt32 {
        position < end ? codes[position] : .max
    }

    func has(_ classes: CharacterClass, _ position: Int) -> Bool {
        position < end && !self.classes[position].isDisjoint(with: classes)
    }

    /// Whether there is a character, of none of these classes.
    func isOther(than classes: CharacterClass, _ position: Int) -> Bool {
        position < end && self.classes[position].isDisjoint(with: classes)
    }

    func isLineBreak(_ position: Int) -> Bool {
        let code = code(position)
        return code == 0x0A || code == 0x0D
    }

    /// The first position from `position` on, `limit` further at most, that does not belong.
    func run(from position: Int, atMost limit: Int = .max, _ belongs: (Int) -> Bool) -> Int {
        let last = limit < end - position ? position + limit : end
        var position = position
        while position < last, belongs(position) { position += 1 }
        return position
    }

    func nonEmpty(_ position: Int, _ runEnd: Int) -> Int? {
        runEnd > position ? runEnd : nil
    }

    /// `'s|'t|'re|'ve|'m|'ll|'d`, in capitals too where `anyCase`.
    func contraction(at position: Int, anyCase: Bool) -> Int? {
        guard code(position) == 0x27 else { return nil }
        func letter(_ position: Int) -> UInt32 {
            let code = code(position)
            return anyCase && code >= 0x41 && code <= 0x5A ? code + 0x20 : code
        }
        switch (letter(position + 1), letter(position + 2)) {
        case (0x73, _), (0x74, _), (0x6D, _), (0x64, _): return position + 2
        case (0x72, 0x65), (0x76, 0x65), (0x6C, 0x6C): return position + 3
        default: return nil
        }
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+`, or without line breaks the last two.
    func whitespace(at position: Int, endsAtLineBreak: Bool) -> Int? {
        var lastLineBreak = -1
        let runEnd = run(from: position) {
            if endsAtLineBreak, isLineBreak($0) { lastLineBreak = $0 }
            return has(.whitespace, $0)
        }
        if lastLineBreak >= 0, lastLineBreak < runEnd { return lastLineBreak + 1 }
        // All but the last of several before something else: that one belongs to what follows.
        return runEnd - position > 1 && runEnd < end ? runEnd - 1 : nonEmpty(position, runEnd)
    }
}
