package import Inference

/// How a model family was taught to fill in the middle (Bavarian et al., 2022), with the token ids of its own file.
///
/// | family | prompt |
/// |---|---|
/// | CodeLlama | BOS `▁<PRE>` before `▁<SUF>` after `▁<MID>` (codellama, `infilling_prompt_tokens`) |
/// | DeepSeek-Coder | BOS `<｜fim▁begin｜>` before `<｜fim▁hole｜>` after `<｜fim▁end｜>` |
/// | Qwen2.5-Coder | `<\|fim_prefix\|>` before `<\|fim_suffix\|>` after `<\|fim_middle\|>` |
/// | StarCoder2, Granite | `<fim_prefix>` before `<fim_suffix>` after `<fim_middle>` |
/// | Codestral | BOS `[SUFFIX]` after `[PREFIX]` before (mistral-common, `encode_fim`) |
package struct FIMFormat: Sendable {
    package enum Family: String, Sendable, CaseIterable {
        case codeLlama = "CodeLlama"
        case deepSeekCoder = "DeepSeek-Coder"
        case qwenCoder = "Qwen2.5-Coder"
        case starCoder = "StarCoder2"
        case codestral = "Codestral"
    }

    package let family: Family
    /// Ends what the model fills in.
    package let end: Token?
    private let prefixToken: Token
    private let suffixToken: Token
    /// Codestral needs none.
    private let middleToken: Token?
    private let encoder: PromptEncoder
    private let bosToken: Token?

    /// Nil where the vocabulary has no such tokens.
    package init?(_ tokenizer: Tokenizer) {
        let special = tokenizer.special
        guard let prefix = special.fimPrefix, let suffix = special.fimSuffix,
            let family = Family(prefixNamed: tokenizer.name(of: prefix) ?? ""),
            special.fimMiddle != nil || family == .codestral
        else { return nil }
        self.family = family
        prefixToken = prefix
        suffixToken = suffix
        middleToken = family == .codestral ? nil : special.fimMiddle
        end = family.endNames.lazy.compactMap { tokenizer.token(named: $0) }.first ?? special.eos
        bosToken = family.beginsWithBOS || special.addBOS ? special.bos : nil
        encoder = PromptEncoder(tokenizer, markers: [prefix, suffix, special.fimMiddle].compactMap(\.self))
    }

    package func prompt(_ gap: Gap) -> [Token] {
        var prompt = encoder
        prompt.append(bosToken)
        if family == .codestral {
            prompt.append(suffixToken)
            prompt.append(continuing: gap.after)
            prompt.append(prefixToken)
            prompt.append(gap.before)
        } else {
            prompt.append(prefixToken)
            prompt.append(gap.before)
            prompt.append(suffixToken)
            prompt.append(continuing: gap.after)
            prompt.append(middleToken)
        }
        return prompt.finish()
    }

    /// What fills the gap, as tokens that follow the prompt, with the end.
    package func middle(_ text: String) -> [Token] {
        // Codestral's prompt ends in the text before the gap, and CodeLlama's first word has no space of its own.
        encoder.encode(continuing: text) + [end].compactMap(\.self)
    }
}

extension FIMFormat.Family {
    /// By the name of the token that stands before the text before the gap.
    fileprivate init?(prefixNamed name: String) {
        switch name {
        case "<PRE>", "▁<PRE>": self = .codeLlama
        case "<｜fim▁begin｜>": self = .deepSeekCoder
        case "<|fim_prefix|>": self = .qwenCoder
        case "<fim_prefix>", "<fim-prefix>": self = .starCoder
        case "[PREFIX]": self = .codestral
        default: return nil
        }
    }

    fileprivate var beginsWithBOS: Bool {
        switch self {
        case .codeLlama, .deepSeekCoder, .codestral: true
        case .qwenCoder, .starCoder: false
        }
    }

    fileprivate var endNames: [String] {
        switch self {
        case .codeLlama: ["▁<EOT>", "<EOT>"]
        case .deepSeekCoder: ["<｜end▁of▁sentence｜>"]
        case .qwenCoder, .starCoder: ["<|endoftext|>", "<|end_of_text|>"]
        case .codestral: ["</s>"]
        }
    }
}
