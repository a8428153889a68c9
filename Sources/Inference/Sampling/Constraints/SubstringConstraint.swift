/// Only what stands somewhere in a text, byte for byte: a quotation, not an invention.
package struct SubstringConstraint: TokenConstraint {
    /// Where a quotation may end.
    package enum Ending: Sendable {
        case anywhere
        /// Before a line break, or at the text's end.
        case lineEnd
    }

    private var machine: AutomatonConstraint<SuffixAutomaton>

    /// The longest text, in bytes; its automaton takes about sixty times as many.
    package static let longestText = 4 << 20

    /// - Throws: `.invalidRequest` if the text is longer than ``longestText``.
    package init(
        of text: String, endingAt ending: Ending = .anywhere, trie: TokenTrie
    ) throws(InferenceError) {
        guard text.utf8.count <= Self.longestText else {
            throw InferenceError(
                .invalidRequest,
                "cannot quote from \(text.utf8.count) bytes, at most \(Self.longestText); pass less text")
        }
        machine = AutomatonConstraint(SuffixAutomaton(of: Array(text.utf8), ending: ending), trie: trie)
    }

    package init(of text: String, tokenizer: Tokenizer) throws(InferenceError) {
        try self.init(of: text, trie: TokenTrie(tokenizer))
    }

    package var allowsEnd: Bool { machine.allowsEnd }
    package var isExhausted: Bool { machine.isExhausted }
    package func mask(_ logits: UnsafeMutableBufferPointer<Float>) { machine.mask(logits) }
    package mutating func accept(_ token: Token) { machine.accept(token) }
}
