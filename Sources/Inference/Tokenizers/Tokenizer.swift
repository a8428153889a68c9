/// Text to tokens and back, from a model file's metadata alone.
///
///     let tokenizer = try Tokenizer(GGUFFile(path: "model.gguf").metadata)
///     let tokens = tokenizer.encode("let x = 1\n")
///     tokenizer.decode(tokens)
package struct Tokenizer: Sendable {
    package let special: SpecialTokens

    package init(_ metadata: GGUFMetadata) throws(InferenceError) {
        throw InferenceError(.unsupportedTokenizer, "\(metadata.source): tokenizers are not read yet")
    }

    /// How many tokens the vocabulary has.
    package var count: Int { 0 }

    /// - Parameters:
    ///   - addSpecial: begin with BOS, end with EOS, where the model wants them.
    ///   - parseSpecial: read the text of control tokens in `text` as those tokens, not as plain text.
    package func encode(_ text: String, addSpecial: Bool = false, parseSpecial: Bool = false) -> [Token] {
        encode(text.utf8, addSpecial: addSpecial, parseSpecial: parseSpecial)
    }

    package func encode(_ text: some Collection<UInt8>, addSpecial: Bool = false, parseSpecial: Bool = false) -> [Token]
    { [] }

    /// The bytes that a token stands for; none for control tokens and for numbers that are no token.
    package func bytes(of token: Token) -> [UInt8] { [] }

    /// The text of `tokens`; bytes that are no UTF-8 are repaired.
    package func decode(_ tokens: [Token]) -> String {
        String(decoding: tokens.flatMap { bytes(of: $0) }, as: UTF8.self)
    }

    /// The token whose text in the vocabulary is exactly `name`, such as `<|im_start|>`.
    package func token(named name: String) -> Token? { nil }
}
