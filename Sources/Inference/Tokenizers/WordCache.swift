/// Words that one text has had already, and where their tokens are: source code repeats its words, and merging is what takes time.
///
/// Direct-mapped: a word that meets another one's slot replaces it.
struct WordCache {
    private struct Entry {
        var start = 0
        var count = 0
        var firstToken = 0
        var tokenCount = 0
    }

    private var entries: [Entry]
    /// Longer words hardly repeat.
    private static let longestWord = 64

    init(textBytes: Int) {
        var count = 16
        while count < textBytes / 8, count < 1 << 15 { count *= 2 }
        entries = Array(repeating: Entry(), count: count)
    }

    /// Appends the tokens of the word at `range` of `text` by copying those of an earlier one; failing that, has `encode` append
    /// them and remembers the place. `text` and `tokens` must be the same throughout.
    mutating func tokens(
        of range: Range<Int>, in text: UnsafeBufferPointer<UInt8>, appendingTo tokens: inout [Token],
        encode: (UnsafeBufferPointer<UInt8>, inout [Token]) -> Void
    ) {
        let word = UnsafeBufferPointer(rebasing: text[range])
        guard word.count <= Self.longestWord else { return encode(word, &tokens) }
        let slot = Int(truncatingIfNeeded: Self.hash(word)) & (entries.count - 1)
        let entry = entries[slot]
        if entry.count == word.count,
            UnsafeBufferPointer(rebasing: text[entry.start..<entry.start + entry.count]).elementsEqual(word)
        {
            for index in entry.firstToken..<entry.firstToken + entry.tokenCount { tokens.append(tokens[index]) }
            return
        }
        let firstToken = tokens.count
        encode(word, &tokens)
        entries[slot] = Entry(
            start: range.lowerBound, count: word.count, firstToken: firstToken, tokenCount: tokens.count - firstToken)
    }

    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        return hash >> 40
    }
}
