/// Limits a generation to texts of a certain form, token by token.
///
/// A constraint is a value: a copy goes its own way from there on, while precomputed tables are shared.
package protocol TokenConstraint: Sendable {
    /// Sets to −∞ the logit of every token that may not come next.
    ///
    /// Tokens that end the generation are left alone where the text may end here, and forbidden elsewhere.
    func mask(_ logits: UnsafeMutableBufferPointer<Float>)

    /// Moves past a chosen token. A token that was not allowed leaves nothing allowed after it.
    mutating func accept(_ token: Token)

    /// Whether the text so far is complete.
    var allowsEnd: Bool { get }

    /// Whether nothing can follow: either the text is complete and cannot go on, or it took a wrong turn.
    var isExhausted: Bool { get }
}
