/// Text to tokens and back, from a model file's metadata alone.
///
///     let tokenizer = try Tokenizer(GGUFFile(path: "model.gguf").metadata)
///     let tokens = tokenizer.encode("let x = 1\n")
///     tokenizer.decode(tokens)
///
/// Exact to the token with llama.cpp, which files are made for; time grows about as the text does, whatever the text.
package struct Tokenizer: Sendable {
    package let special: SpecialTokens
    /// `gpt2` or `llama`, and the pre-tokenizer of the first kind.
    package let kind: String
    private let vocabulary: Vocabulary
    private let encoder: Encoder
    private let userDefined: SpecialTokenScanner
    private let allSpecial: SpecialTokenScanner

    private enum Encoder: Sendable {
        case bytePair(BytePairEncoder)
        case sentencePiece(SentencePieceEncoder)
    }

    package init(_ metadata: GGUFMetadata) throws(InferenceError) {
        guard let model = try metadata.optionalString("tokenizer.ggml.model"), model != "none", model != "no_vocab"
        else {
            throw InferenceError(
                .invalidMetadata,
                "\(metadata.source): the file holds no tokenizer; convert the model with its vocabulary")
        }
        var vocabulary: Vocabulary
        switch model {
        case "gpt2":
            let name = try metadata.optionalString("tokenizer.ggml.pre") ?? "default"
            guard let preTokenizer = PreTokenizer.named(name) else {
                let known = PreTokenizer.all.map { $0.names[0] }.joined(separator: ", ")
                throw InferenceError(
                    .unsupportedTokenizer,
                    "\(metadata.source): the pre-tokenizer `\(name)` is not supported; those of \(known) and their kin are"
                )
            }
            vocabulary = try Vocabulary(metadata, isByteLevel: true)
            special = try SpecialTokens(metadata, &vocabulary, addsBOS: preTokenizer.addsBOS)
            encoder = .bytePair(try BytePairEncoder(metadata, &vocabulary, preTokenizer))
            kind = "gpt2 (\(name))"
        case "llama":
            vocabulary = try Vocabulary(metadata, isByteLevel: false)
            special = try SpecialTokens(metadata, &vocabulary, addsBOS: true)
            encoder = .sentencePiece(try SentencePieceEncoder(metadata, &vocabulary))
            kind = model
        default:
            throw InferenceError(
                .unsupportedTokenizer,
                "\(metadata.source): a tokenizer of kind `\(model)` is not supported; `gpt2` and `llama` are")
        }
        self.vocabulary = vocabulary
        userDefined = SpecialTokenScanner(vocabulary, kinds: .userDefined, except: [.control, .unknown])
        allSpecial = SpecialTokenScanner(vocabulary, kinds: [.userDefined, .control, .unknown])
    }

    /// How many tokens the vocabulary has.
    package var count: Int { vocabulary.count }

    /// - Parameters:
    ///   - addSpecial: begin with BOS, end with EOS, where the model wants them.
    ///   - parseSpecial: read the text of control tokens in `text` as those tokens, not as plain text.
    package func encode(_ text: String, addSpecial: Bool = false, parseSpecial: Bool = false) -> [Token] {
        encode(Array(text.utf8), addSpecial: addSpecial, parseSpecial: parseSpecial)
    }

    package func encode(_ text: some Collection<UInt8>, addSpecial: Bool = false, parseSpecial: Bool = false) -> [Token]
    {
        encode(Array(text), addSpecial: addSpecial, parseSpecial: parseSpecial)
    }

    private func encode(_ text: [UInt8], addSpecial: Bool, parseSpecial: Bool) -> [Token] {
        var tokens: [Token] = []
        if addSpecial, special.addBOS, let bos = special.bos { tokens.append(bos) }
        for fragment in (parseSpecial ? allSpecial : userDefined).fragments(of: text) {
            switch (fragment, encoder) {
            case (.token(let token), _): tokens.append(token)
            case (.text(let range), .bytePair(let encoder)): encoder.encode(text[range], into: &tokens)
            case (.text(let range), .sentencePiece(let encoder)): encoder.encode(text[range], into: &tokens)
            }
        }
        if addSpecial, special.addEOS, let eos = special.eos { tokens.append(eos) }
        return tokens
    }

    /// The bytes that a token stands for; none for control tokens and for numbers that are no token.
    package func bytes(of token: Token) -> [UInt8] {
        vocabulary.bytes(of: token)
    }

    /// The text of `tokens`; bytes that are no UTF-8 are repaired.
    ///
    /// - Parameter removingSpacePrefix: take away the space that `encode` put in front, where it does so.
    package func decode(_ tokens: [Token], removingSpacePrefix: Bool = false) -> String {
        var bytes = tokens.flatMap { self.bytes(of: $0) }
        if removingSpacePrefix, case .sentencePiece(let encoder) = encoder, encoder.addsSpacePrefix, bytes.first == 0x20
        {
            bytes.removeFirst()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether `encode` begins every stretch of text with a space, as SentencePiece does.
    package var addsSpacePrefix: Bool {
        if case .sentencePiece(let encoder) = encoder { encoder.addsSpacePrefix } else { false }
    }

    /// The token whose text in the vocabulary is exactly `name`, such as `<|im_start|>`.
    package func token(named name: String) -> Token? {
        vocabulary.token(named: name)
    }

    /// A token's text as the vocabulary spells it, control tokens too; nil for a number that is no token.
    package func name(of token: Token) -> String? {
        vocabulary.contains(token) ? String(decoding: vocabulary.texts[Int(token)], as: UTF8.self) : nil
    }

    /// Whether a token steers the machinery and stands for no text.
    package func isControl(_ token: Token) -> Bool {
        vocabulary.contains(token) && !vocabulary.kinds[Int(token)].isDisjoint(with: [.control, .unknown])
    }
}
