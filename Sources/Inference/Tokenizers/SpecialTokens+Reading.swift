extension SpecialTokens {
    /// Reads them from the metadata; what it does not say is found by the names that model families use.
    ///
    /// A token that such a name marks is a control token, whatever the file's types say: converters have got that wrong.
    init(_ metadata: GGUFMetadata, _ vocabulary: inout Vocabulary, addsBOS: Bool) throws(InferenceError) {
        // A number that is no token is what converters wrote for "none".
        func declared(_ keys: String...) throws(InferenceError) -> Token? {
            for key in keys {
                if let number = try metadata.optionalInt("tokenizer.ggml.\(key)_token_id"), number >= 0,
                    number < vocabulary.count
                {
                    return Token(truncatingIfNeeded: number)
                }
            }
            return nil
        }
        self.init()
        bos = try declared("bos") ?? Self.customary(1, 11, vocabulary)
        eos = try declared("eos") ?? Self.customary(2, 11, vocabulary)
        unknown = try declared("unknown") ?? Self.customary(0, nil, vocabulary)
        pad = try declared("padding")
        eot = try declared("eot") ?? Self.named(Self.turnEnds, &vocabulary)
        let messageEnd = try declared("eom") ?? Self.named(["<|eom_id|>"], &vocabulary)
        // The first key of each is the older one.
        fimPrefix = try declared("prefix", "fim_pre") ?? Self.named(Self.fimPrefixes, &vocabulary)
        fimSuffix = try declared("suffix", "fim_suf") ?? Self.named(Self.fimSuffixes, &vocabulary)
        fimMiddle = try declared("middle", "fim_mid") ?? Self.named(Self.fimMiddles, &vocabulary)
        fimPad = try declared("fim_pad") ?? Self.named(Self.fimPads, &vocabulary)
        fimRepo = try declared("fim_rep") ?? Self.named(Self.fimRepos, &vocabulary)
        fimSeparator = try declared("fim_sep") ?? Self.named(Self.fimSeparators, &vocabulary)
        addBOS = try metadata.optionalBool("tokenizer.ggml.add_bos_token") ?? addsBOS
        addEOS = try metadata.optionalBool("tokenizer.ggml.add_eos_token") ?? false

        endOfGeneration = Set([eos, eot, messageEnd, fimPad, fimRepo, fimSeparator].compactMap(\.self))
        for name in Self.textEnds {
            if let token = Self.named([name], &vocabulary) { endOfGeneration.insert(token) }
        }
        try Self.applyStripping(metadata, &vocabulary)
    }

    /// The numbers that families used before files said them: SentencePiece's own, and Falcon's.
    private static func customary(_ sentencePiece: Int, _ byteLevel: Int?, _ vocabulary: Vocabulary) -> Token? {
        guard let number = vocabulary.isByteLevel ? byteLevel : sentencePiece, number < vocabulary.count,
            !vocabulary.isByteLevel || vocabulary.kinds[number].contains(.control)
        else { return nil }
        return Token(number)
    }

    private static func named(_ names: [String], _ vocabulary: inout Vocabulary) -> Token? {
        for name in names {
            guard let token = vocabulary.token(named: name) else { continue }
            vocabulary.kinds[Int(token)].insert(.control)
            return token
        }
        return nil
    }

    /// Files do not say which tokens strip white space; these families are known to.
    private static func applyStripping(_ metadata: GGUFMetadata, _ vocabulary: inout Vocabulary) throws(InferenceError)
    {
        let name = (try metadata.optionalString("general.name") ?? "").lowercased()
        if name.contains("phi-3") || name.contains("phi3") {
            for index in vocabulary.kinds.indices
            where !vocabulary.kinds[index].isDisjoint(with: [.control, .userDefined, .unknown]) {
                vocabulary.kinds[index].insert(.stripsRight)
            }
            for name in ["<unk>", "<s>", "<|endoftext|>"] {
                if let token = vocabulary.token(named: name) { vocabulary.kinds[Int(token)].remove(.stripsRight) }
            }
        }
        let preTokenizer = try metadata.optionalString("tokenizer.ggml.pre") ?? ""
        if preTokenizer.hasPrefix("jina-v2-"), let mask = vocabulary.token(named: "<mask>") {
            vocabulary.kinds[Int(mask)].insert(.stripsLeft)
        }
    }

    private static let turnEnds = [
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>", "<EOT>", "_<EOT>",
        "[EOT]", "<｜end▁of▁sentence｜>", "<end_of_utterance>",
    ]
    private static let textEnds = [
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<end_of_turn>", "<|endoftext|>", "</s>",
        "<|eom_id|>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]", "<|end_of_text|>", "<end_of_utterance>",
        "<｜end▁of▁sentence｜>",
    ]
    private static let fimPrefixes = [
        "<|fim_prefix|>", "<fim-prefix>", "<fim_prefix>", "<｜fim▁begin｜>", "<PRE>", "▁<PRE>", "<|code_prefix|>",
        "<|prefix|>", "[PREFIX]",
    ]
    private static let fimSuffixes = [
        "<|fim_suffix|>", "<fim-suffix>", "<fim_suffix>", "<｜fim▁hole｜>", "<SUF>", "▁<SUF>", "<|code_suffix|>",
        "<|suffix|>", "[SUFFIX]",
    ]
    private static let fimMiddles = [
        "<|fim_middle|>", "<fim-middle>", "<fim_middle>", "<｜fim▁end｜>", "<MID>", "▁<MID>", "<|code_middle|>",
        "<|middle|>", "[MIDDLE]",
    ]
    private static let fimPads = ["<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"]
    private static let fimRepos = [
        "<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>", "<repo_name>",
    ]
    private static let fimSeparators = ["<|file_sep|>", "<file_sep>"]
}
