/// Finds the texts of special and user-defined tokens before anything else is tokenised.
///
/// The longest tokens are found first, each from left to right, and no later one overlaps them.
struct SpecialTokenScanner: Sendable {
    /// A stretch of text that is a token, with the white space that it takes along, or plain text.
    enum Fragment: Equatable {
        case text(Range<Int>)
        case token(Token)
    }

    private struct Match {
        let range: Range<Int>
        let token: Token
    }

    private let vocabulary: Vocabulary
    private var texts: PieceTable
    private var tokens: [Token] = []
    /// Distinct lengths of the texts, longest first.
    private let lengths: [Int]
    /// Whether some text begins with these two bytes; the bit is at 256 × first + second.
    private var beginnings = [UInt64](repeating: 0, count: 1024)

    /// All tokens of `vocabulary` whose kind has something in common with `kinds` and nothing with `excluded`.
    init(_ vocabulary: Vocabulary, kinds: TokenKind, except excluded: TokenKind = []) {
        self.vocabulary = vocabulary
        texts = PieceTable(expecting: 16)
        var lengths: Set<Int> = []
        for index in 0..<vocabulary.count
        where !vocabulary.kinds[index].isDisjoint(with: kinds) && vocabulary.kinds[index].isDisjoint(with: excluded) {
            let text = vocabulary.texts[index]
            guard let first = text.first else { continue }
            texts.append(text)
            tokens.append(Token(truncatingIfNeeded: index))
            lengths.insert(text.count)
            let second = text.dropFirst().first
            for byte in (second ?? .min)...(second ?? .max) { Self.set(&beginnings, first, byte) }
        }
        self.lengths = lengths.sorted(by: >)
    }

    func fragments(of text: [UInt8]) -> [Fragment] {
        let matches = accepted(candidates(in: text), in: text)
        var fragments: [Fragment] = []
        var position = 0
        for match in matches {
            if match.range.lowerBound > position { fragments.append(.text(position..<match.range.lowerBound)) }
            fragments.append(.token(match.token))
            position = match.range.upperBound
        }
        if position < text.count { fragments.append(.text(position..<text.count)) }
        return fragments
    }

    private func candidates(in text: [UInt8]) -> [Match] {
        guard !tokens.isEmpty else { return [] }
        var matches: [Match] = []
        text.withUnsafeBufferPointer { bytes in
            for start in bytes.indices {
                let second = start + 1 < bytes.count ? bytes[start + 1] : 0
                guard isBeginning(bytes[start], second) else { continue }
                for length in lengths where length <= bytes.count - start {
                    let range = start..<start + length
                    guard let number = texts.find(UnsafeBufferPointer(rebasing: bytes[range])) else { continue }
                    matches.append(Match(range: range, token: tokens[Int(number)]))
                }
            }
        }
        return matches
    }

    /// Those candidates that stand, in the text's order, widened by the white space that they strip.
    private func accepted(_ candidates: [Match], in text: [UInt8]) -> [Match] {
        guard !candidates.isEmpty else { return [] }
        var isTaken = [Bool](repeating: false, count: text.count)
        var accepted: [Match] = []
        let longestFirst = candidates.sorted {
            ($1.range.count, $0.range.lowerBound) < ($0.range.count, $1.range.lowerBound)
        }
        // What was taken before is at least as long: it overlaps a candidate only at one of its ends.
        for match in longestFirst where !isTaken[match.range.lowerBound] && !isTaken[match.range.upperBound - 1] {
            let kind = vocabulary.kinds[Int(match.token)]
            var start = match.range.lowerBound
            var end = match.range.upperBound
            if kind.contains(.stripsLeft) {
                while start > 0, Self.isSpace(text[start - 1]), !isTaken[start - 1] { start -= 1 }
            }
            if kind.contains(.stripsRight) {
                while end < text.count, Self.isSpace(text[end]), !isTaken[end] { end += 1 }
            }
            for index in start..<end { isTaken[index] = true }
            accepted.append(Match(range: start..<end, token: match.token))
        }
        return accepted.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private func isBeginning(_ first: UInt8, _ second: UInt8) -> Bool {
        beginnings[Int(first) << 2 | Int(second >> 6)] >> UInt64(second & 63) & 1 != 0
    }

    private static func set(_ bits: inout [UInt64], _ first: UInt8, _ second: UInt8) {
        bits[Int(first) << 2 | Int(second >> 6)] |= 1 << UInt64(second & 63)
    }
}
