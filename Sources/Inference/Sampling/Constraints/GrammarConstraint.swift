/// Only texts that a grammar derives from `root`.
///
/// ```swift
/// let trie = TokenTrie(tokenizer)
/// let constraint = GrammarConstraint(try Grammar(gbnf: #"root ::= "yes" | "no""#), trie: trie)
/// ```
package struct GrammarConstraint: TokenConstraint {
    private var machine: AutomatonConstraint<GrammarStates>

    package init(_ grammar: Grammar, trie: TokenTrie) {
        machine = AutomatonConstraint(GrammarStates(grammar), trie: trie)
    }

    /// - Throws: `.invalidGrammar` with line and column.
    package init(gbnf: String, tokenizer: Tokenizer) throws(InferenceError) {
        self.init(try Grammar(gbnf: gbnf), trie: TokenTrie(tokenizer))
    }

    package var allowsEnd: Bool { machine.allowsEnd }
    package var isExhausted: Bool { machine.isExhausted }
    package func mask(_ logits: UnsafeMutableBufferPointer<Float>) { machine.mask(logits) }
    package mutating func accept(_ token: Token) { machine.accept(token) }
}
