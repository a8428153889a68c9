/// Drafts what comes next from what came before: where the last few tokens stood earlier, the same tokens may follow
/// (prompt lookup decoding, Saxena 2023). Costs no model; pays on edits, which mostly copy.
struct PromptLookup {
    private static let longestMatch = 4
    private static let shortestMatch = 2
    private static let lengths = 2...24

    /// Prompt and generated tokens.
    private var text: [Token]
    /// How many tokens to draft: grows while drafts are taken, shrinks when they are not.
    private var length = 8

    init(prompt: [Token]) { text = prompt }

    mutating func append(_ token: Token) { text.append(token) }

    /// Up to `limit` tokens that may follow.
    func draft(limit: Int) -> [Token] {
        let wanted = min(limit, length)
        guard wanted > 0, text.count > Self.shortestMatch else { return [] }
        return text.withUnsafeBufferPointer { text in
            let end = text.count
            var best: (start: Int, matched: Int)?
            // From the latest place back: the nearest context is the likeliest to go on alike.
            var place = end - 1
            while place > 0, (best?.matched ?? 0) < Self.longestMatch {
                var matched = 0
                while matched < Self.longestMatch, matched < place, text[place - 1 - matched] == text[end - 1 - matched]
                {
                    matched += 1
                }
                if matched >= Self.shortestMatch, matched > (best?.matched ?? 0) { best = (place, matched) }
                place -= 1
            }
            guard let best else { return [] }
            return Array(text[best.start..<min(end, best.start + wanted)])
        }
    }

    /// Learns how a draft fared.
    mutating func learn(drafted: Int, accepted: Int) {
        guard drafted > 0 else { return }
        let next = accepted == drafted ? length * 2 : accepted * 2 < drafted ? length / 2 : length
        length = min(max(next, Self.lengths.lowerBound), Self.lengths.upperBound)
    }
}
