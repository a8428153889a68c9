/// What a token is for, as `tokenizer.ggml.token_type` says and a few names correct it.
struct TokenKind: OptionSet, Sendable {
    let rawValue: UInt8

    static let normal = TokenKind(rawValue: 1)
    static let unknown = TokenKind(rawValue: 2)
    /// Steers the machinery; no text stands for it unless it is asked for.
    static let control = TokenKind(rawValue: 4)
    /// Its text is always this token, wherever it occurs.
    static let userDefined = TokenKind(rawValue: 8)
    /// One byte, spelt `<0x0A>`.
    static let byte = TokenKind(rawValue: 16)
    /// White space before the token belongs to it.
    static let stripsLeft = TokenKind(rawValue: 32)
    /// White space after the token belongs to it.
    static let stripsRight = TokenKind(rawValue: 64)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The codes of `tokenizer.ggml.token_type`; unused and undefined tokens are of no kind.
    init(code: Int) {
        self =
            switch code {
            case 1: .normal
            case 2: .unknown
            case 3: .control
            case 4: .userDefined
            case 6: .byte
            default: []
            }
    }
}
