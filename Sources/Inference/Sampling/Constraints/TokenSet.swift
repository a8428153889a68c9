/// A set of tokens, a bit each.
struct TokenSet: Sendable {
    private var words: [UInt64]

    init(count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ token: Token) {
        words[Int(token) >> 6] |= 1 << (UInt64(token) & 63)
    }

    func contains(_ token: Token) -> Bool {
        token >= 0 && Int(token) >> 6 < words.count && words[Int(token) >> 6] >> (UInt64(token) & 63) & 1 == 1
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Forbids every token that is not in the set, those beyond its end included.
    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        for (index, word) in words.enumerated() {
            let start = index << 6
            let end = min(start + 64, logits.count)
            guard start < end, word != .max else { continue }
            if word == 0 {
                logits[start..<end].update(repeating: -.infinity)
            } else {
                for token in start..<end where word >> UInt64(token - start) & 1 == 0 { logits[token] = -.infinity }
            }
        }
        if logits.count > words.count << 6 { logits[(words.count << 6)...].update(repeating: -.infinity) }
    }
}
