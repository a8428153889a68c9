/// A vocabulary's tokens as one tree of bytes, so that what a grammar allows is found in one walk.
///
/// Build it once for a tokenizer; constraints share it.
package final class TokenTrie: Sendable {
    /// Tokens, the ones without text included.
    package let count: Int
    let endTokens: Set<Token>

    // The nodes in preorder, without the root.
    private let bytes: [UInt8]
    private let depths: [UInt16]
    /// Where the nodes after this one's subtree begin.
    private let skips: [Int32]
    /// The tokens that end at node n are `tokens[firstTokens[n]..<firstTokens[n + 1]]`.
    private let firstTokens: [Int32]
    private let tokens: [Token]
    private let deepest: Int

    // Each token's bytes.
    private let texts: [UInt8]
    private let textEnds: [Int32]

    package convenience init(_ tokenizer: Tokenizer) {
        self.init(
            count: tokenizer.count, endTokens: tokenizer.special.endOfGeneration, bytes: tokenizer.bytes(of:))
    }

    /// `bytes` gives a token's text; tokens without text are never allowed, but for the end tokens where a text may end.
    package init(count: Int, endTokens: Set<Token>, bytes bytesOf: (Token) -> [UInt8]) {
        self.count = count
        self.endTokens = endTokens.filter { $0 >= 0 && $0 < count }
        var texts: [UInt8] = []
        var textEnds: [Int32] = []
        for token in 0..<count {
            if !endTokens.contains(Token(token)) { texts += bytesOf(Token(token)).prefix(Int(UInt16.max)) }
            textEnds.append(Int32(texts.count))
        }
        let sorted = Self.sorted(texts, textEnds)

        var nodes = NodeList()
        var previous = 0..<0
        for token in sorted {
            let range = Self.range(of: token, textEnds)
            var shared = 0
            while shared < min(previous.count, range.count)
                && texts[previous.lowerBound + shared] == texts[range.lowerBound + shared]
            {
                shared += 1
            }
            nodes.close(downTo: shared)
            for offset in shared..<range.count { nodes.open(texts[range.lowerBound + offset]) }
            nodes.tokens.append(token)
            previous = range
        }
        nodes.close(downTo: 0)
        nodes.firstTokens.append(Int32(nodes.tokens.count))

        self.bytes = nodes.bytes
        depths = nodes.depths
        skips = nodes.skips
        firstTokens = nodes.firstTokens
        tokens = nodes.tokens
        deepest = Int(nodes.depths.max() ?? 0)
        self.texts = texts
        self.textEnds = textEnds
    }

    /// The bytes of a token; none for one without text.
    func bytes(of token: Token) -> ArraySlice<UInt8> {
        guard token >= 0 && token < count else { return [] }
        return texts[Self.range(of: token, textEnds)]
    }

    /// Every token whose bytes `automaton` can read from `state`.
    func allowed(by automaton: inout some ByteAutomaton, from state: Int32) -> TokenSet {
        var allowed = TokenSet(count: count)
        var states = [Int32](repeating: deadState, count: deepest + 1)
        states[0] = state
        var node = 0
        while node < bytes.count {
            let depth = Int(depths[node])
            let next = automaton.next(states[depth - 1], bytes[node])
            guard next >= 0 else {
                node = Int(skips[node])
                continue
            }
            states[depth] = next
            for index in firstTokens[node]..<firstTokens[node + 1] { allowed.insert(tokens[Int(index)]) }
            node += 1
        }
        return allowed
    }

    private struct NodeList {
        var bytes: [UInt8] = []
        var depths: [UInt16] = []
        var skips: [Int32] = []
        var firstTokens: [Int32] = []
        var tokens: [Token] = []
        private var path: [Int] = []

        mutating func open(_ byte: UInt8) {
            path.append(bytes.count)
            bytes.append(byte)
            depths.append(UInt16(path.count))
            skips.append(0)
            firstTokens.append(Int32(tokens.count))
        }

        mutating func close(downTo depth: Int) {
            while path.count > depth { skips[path.removeLast()] = Int32(bytes.count) }
        }
    }

    private static func range(of token: Token, _ ends: [Int32]) -> Range<Int> {
        (token == 0 ? 0 : Int(ends[Int(token) - 1]))..<Int(ends[Int(token)])
    }

    /// Tokens with text in the order of their bytes.
    private static func sorted(_ texts: [UInt8], _ ends: [Int32]) -> [Token] {
        texts.withUnsafeBufferPointer { texts in
            let withText = ends.indices.lazy.map { Token($0) }.filter { !range(of: $0, ends).isEmpty }
            return withText.sorted { first, second in
                let first = range(of: first, ends)
                let second = range(of: second, ends)
                for offset in 0..<min(first.count, second.count) {
                    let (low, high) = (texts[first.lowerBound + offset], texts[second.lowerBound + offset])
                    if low != high { return low < high }
                }
                return first.count < second.count
            }
        }
    }
}
