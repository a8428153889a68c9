@testable import Inference

/// A vocabulary of a few texts, cut in the middle of characters too; token 0 ends the generation.
struct SmallVocabulary {
    let texts: [[UInt8]]
    let trie: TokenTrie

    init(_ texts: [[UInt8]]) {
        let texts = [[]] + texts
        self.texts = texts
        trie = TokenTrie(count: texts.count, endTokens: [0]) { texts[Int($0)] }
    }

    static let bytes = SmallVocabulary((0...255).map { [UInt8($0)] })

    /// Pieces of 1 to 5 bytes of random texts over `alphabet`, and every byte of it alone.
    static func random(over alphabet: [String], _ generator: inout SeededGenerator) -> SmallVocabulary {
        var texts = Set(alphabet.flatMap { $0.utf8.map { [$0] } })
        for _ in 0..<60 {
            let text = (0..<4).flatMap { _ in Array(alphabet[generator.below(alphabet.count)].utf8) }
            let start = generator.below(text.count)
            texts.insert(Array(text[start..<min(text.count, start + 1 + generator.below(5))]))
        }
        return SmallVocabulary(texts.sorted { $0.lexicographicallyPrecedes($1) })
    }

    /// The tokens that a constraint allows.
    func allowed(by constraint: some TokenConstraint) -> Set<Token> {
        var logits = [Float](repeating: 0, count: texts.count + 3)
        logits.withUnsafeMutableBufferPointer { constraint.mask($0) }
        return Set(logits.indices.filter { logits[$0] == 0 }.map { Token($0) })
    }
}

extension TokenConstraint {
    /// Whether the whole text is allowed, read byte by byte with the vocabulary of all bytes.
    func accepts(_ text: some Sequence<UInt8>) -> Bool {
        var constraint = self
        for byte in text {
            guard SmallVocabulary.bytes.allowed(by: constraint).contains(Token(byte) + 1) else { return false }
            constraint.accept(Token(byte) + 1)
        }
        return constraint.allowsEnd
    }
}
