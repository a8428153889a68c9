/// The tokens of a vocabulary that mean something to the machinery around the text.
package struct SpecialTokens: Sendable, Hashable {
    package var bos: Token?
    package var eos: Token?
    /// Ends a turn of a conversation.
    package var eot: Token?
    package var pad: Token?
    package var unknown: Token?
    package var fimPrefix: Token?
    package var fimSuffix: Token?
    package var fimMiddle: Token?
    package var fimPad: Token?
    package var fimRepo: Token?
    /// Stands between the files of a repository.
    package var fimSeparator: Token?
    package var addBOS = false
    package var addEOS = false
    /// Generation stops at any of these.
    package var endOfGeneration: Set<Token> = []

    package init() {}
}
