package import Inference

/// How a model was taught to hold a conversation, recognised from the Jinja template in its file.
///
/// Of a template that is known, what varies within its family is read from the text itself: default system prompts, spaces, where BOS
/// stands. A template that is not known is an error that says so; nothing is guessed.
package struct ChatTemplate: Sendable {
    package enum Family: String, Sendable, CaseIterable {
        case chatML = "ChatML"
        case llama2 = "Llama 2"
        case llama3 = "Llama 3"
        case llama4 = "Llama 4"
        case deepSeekCoder = "DeepSeek-Coder"
        case deepSeek2 = "DeepSeek 2"
        case deepSeek3 = "DeepSeek 3"
        case mistral1 = "Mistral v1"
        case mistral3 = "Mistral v3"
        case mistral7 = "Mistral v7"
        case granite = "Granite"
        case graniteCode = "Granite Code"
        case alpaca = "Alpaca"
    }

    package let family: Family
    /// The Jinja template.
    let source: String
    private let tokenizer: Tokenizer

    package init(_ metadata: GGUFMetadata, _ tokenizer: Tokenizer) throws {
        guard let source = try metadata.optionalString("tokenizer.chat_template") else {
            throw LanguageModelError(
                .unsupported,
                "\(metadata.source): the file has no chat template; it completes texts and holds no conversation")
        }
        guard let family = Family(recognising: source) else {
            let known = Family.allCases.map(\.rawValue).joined(separator: ", ")
            throw LanguageModelError(
                .unsupported,
                "\(metadata.source): its chat template begins \(Self.excerpt(of: source)) and is of no family known here: \(known)"
            )
        }
        self.family = family
        self.source = source
        self.tokenizer = tokenizer
    }

    /// The conversation so far, and the beginning of the assistant's answer.
    package func prompt(_ messages: [ChatMessage]) throws(LanguageModelError) -> [Token] {
        guard messages.last?.role == .user else {
            throw LanguageModelError(.invalidRequest, "a conversation to be answered ends with a message of the user")
        }
        let parts = render(messages)
        let markers = parts.compactMap { part in
            if case .marker(let name) = part { tokenizer.token(named: name) } else { nil }
        }
        var encoder = PromptEncoder(tokenizer, markers: markers, swallowsSpace: true)
        if tokenizer.special.addBOS || source.contains("bos_token") { encoder.append(tokenizer.special.bos) }
        for part in parts {
            switch part {
            case .marker(let name):
                // Where the vocabulary has no such token, the family's models know it as text.
                if let token = tokenizer.token(named: name) { encoder.append(token) } else { encoder.append(name) }
            case .bos: encoder.append(tokenizer.special.bos)
            case .eos: encoder.append(tokenizer.special.eos)
            case .text(let text): encoder.append(text)
            }
        }
        return encoder.finish()
    }

    private static func excerpt(of source: String) -> String {
        String(source.prefix(60)).debugDescription
    }
}

/// A part of a rendered conversation. Only the template makes tokens; what people write is text.
enum ChatPart: Sendable, Hashable {
    /// A special token, by its name.
    case marker(String)
    case bos
    case eos
    case text(String)
}

extension ChatTemplate.Family {
    /// By what a template of the family cannot do without, in an order in which no family is taken for another.
    fileprivate init?(recognising source: String) {
        func has(_ texts: String...) -> Bool { texts.allSatisfy { source.contains($0) } }
        // Phi 4 and SmolVLM write ChatML's tokens in another order.
        if has("<|im_start|>"), !has("<|im_sep|>"), !has("<end_of_utterance>") {
            self = .chatML
        } else if has("[INST]") {
            if has("[SYSTEM_PROMPT]") {
                self = .mistral7
            } else if has("[AVAILABLE_TOOLS]") {
                self = .mistral3
            } else if has("<<SYS>>") {
                self = .llama2
            } else {
                self = .mistral1
            }
        } else if has("<|start_header_id|>", "<|end_header_id|>") {
            self = .llama3
        } else if has("<|header_start|>", "<|header_end|>") {
            self = .llama4
        } else if has("<|start_of_role|>", "<|end_of_role|>") {
            self = .granite
        } else if has("### Instruction:", "<|EOT|>") {
            self = .deepSeekCoder
        } else if has("### Instruction:", "### Response:") {
            self = .alpaca
        } else if has("<｜User｜>", "<｜Assistant｜>") {
            self = .deepSeek3
        } else if has("'Assistant: ' + message['content'] + eos_token") {
            self = .deepSeek2
        } else if has("'Question:\\n'", "'Answer:\\n'") {
            self = .graniteCode
        } else {
            return nil
        }
    }
}
