import Foundation

extension ChatTemplate {
    /// What the family's template makes of a conversation; BOS before all of it is not among the parts.
    func render(_ messages: [ChatMessage]) -> [ChatPart] {
        switch family {
        case .chatML: chatML(messages)
        case .llama2: llama2(messages)
        case .llama3: headers(messages, "<|start_header_id|>", "<|end_header_id|>", end: "<|eot_id|>")
        case .llama4: headers(messages, "<|header_start|>", "<|header_end|>", end: "<|eot|>")
        case .mistral1, .mistral3, .mistral7: mistral(messages)
        case .granite: granite(messages)
        case .deepSeek3: deepSeek3(messages)
        case .deepSeekCoder, .deepSeek2, .graniteCode, .alpaca: labelled(messages)
        }
    }

    private func chatML(_ messages: [ChatMessage]) -> [ChatPart] {
        var parts: [ChatPart] = []
        func turn(_ role: String, _ content: String) {
            parts += [.marker("<|im_start|>"), .text("\(role)\n\(content)"), .marker("<|im_end|>"), .text("\n")]
        }
        if messages.first?.role != .system, let system = literal(after: "<|im_start|>system\\n", until: "<|im_end|>") {
            turn("system", system)
        }
        for message in messages { turn(message.role.rawValue, message.content) }
        return parts + [.marker("<|im_start|>"), .text("assistant\n")]
    }

    /// Llama 3 and 4. Llama 3.1 and later tell the model two dates; today's is the one that the template holds.
    private func headers(_ messages: [ChatMessage], _ start: String, _ end: String, end turnEnd: String) -> [ChatPart] {
        var messages = messages.map { ChatMessage($0.role, $0.content.trimmed) }
        if let knowledge = literal(after: "Cutting Knowledge Date: ", until: "\\n") {
            let today = literal(after: "date_string = \"", until: "\"") ?? "26 Jul 2024"
            if messages.first?.role != .system { messages.insert(ChatMessage(.system, ""), at: 0) }
            messages[0].content =
                "Cutting Knowledge Date: \(knowledge)\nToday Date: \(today)\n\n" + messages[0].content
        }
        func header(_ role: String) -> [ChatPart] { [.marker(start), .text(role), .marker(end), .text("\n\n")] }
        return messages.flatMap { header($0.role.rawValue) + [.text($0.content), .marker(turnEnd)] }
            + header("assistant")
    }

    private func granite(_ messages: [ChatMessage]) -> [ChatPart] {
        func header(_ role: String) -> [ChatPart] {
            [.marker("<|start_of_role|>"), .text(role), .marker("<|end_of_role|>")]
        }
        return messages.flatMap {
            header($0.role.rawValue) + [.text($0.content), .marker("<|end_of_text|>"), .text("\n")]
        } + header("assistant")
    }

    private func deepSeek3(_ messages: [ChatMessage]) -> [ChatPart] {
        let parts = messages.flatMap { message -> [ChatPart] in
            switch message.role {
            case .system: [.text(message.content)]
            case .user: [.marker("<｜User｜>"), .text(message.content)]
            case .assistant: [.marker("<｜Assistant｜>"), .text(message.content), .eos]
            }
        }
        let thinks = source.contains("<｜Assistant｜><think>\\n")
        return parts + [.marker("<｜Assistant｜>")] + (thinks ? [.text("<think>\n")] : [])
    }

    /// `[INST] … [/INST] … EOS` for each turn; the system prompt stands in the first question.
    private func llama2(_ messages: [ChatMessage]) -> [ChatPart] {
        var parts: [ChatPart] = []
        var system = ""
        func inBrackets(_ text: String) -> String { "<<SYS>>\n\(text)\n<</SYS>>\n\n" }
        if messages.first?.role != .system, source.contains("true == true"),
            let text = literal(after: "system_message = '", until: "'")
        {
            system = inBrackets(text)
        }
        for message in messages {
            switch message.role {
            case .system: system += inBrackets(message.content)
            case .user:
                if !parts.isEmpty, source.contains("bos_token + '[INST]") { parts.append(.bos) }
                parts.append(.text("[INST] \(trimmedAsTemplateDoes(system + message.content)) [/INST]"))
                system = ""
            case .assistant: parts += [.text(" \(trimmedAsTemplateDoes(message.content)) "), .eos]
            }
        }
        return parts
    }

    /// The tokenizers' versions differ in spaces, and in whether the brackets are tokens (Mistral's cookbook, "tokenization").
    private func mistral(_ messages: [ChatMessage]) -> [ChatPart] {
        let isTekken = !source.contains("[INST] ")
        let space = isTekken ? "" : " "
        // v1 has spaces on both sides of a bracket; its brackets are no tokens.
        let outer = family == .mistral1 ? " " : ""
        let answerSpace = family == .mistral1 && !source.contains("' ' + message['content']") ? "" : space
        // Some templates put the system prompt into the last question.
        let isSystemLast = source.contains("loop.last and system_message")
        let systemPlace =
            isSystemLast
            ? messages.lastIndex { $0.role == .user } : messages.firstIndex { $0.role == .user }
        let system = messages.filter { $0.role == .system }.map { $0.content + "\n\n" }.joined()
        var parts: [ChatPart] = []
        for (place, message) in messages.enumerated() {
            switch message.role {
            case .system where family == .mistral7:
                parts += [.marker("[SYSTEM_PROMPT]"), .text(space + message.content), .marker("[/SYSTEM_PROMPT]")]
            case .system: break
            case .user:
                let told = place == systemPlace && family != .mistral7 ? system : ""
                parts += [
                    .text(outer), .marker("[INST]"), .text(space + told + message.content + outer), .marker("[/INST]"),
                ]
            case .assistant: parts += [.text(answerSpace + trimmedAsTemplateDoes(message.content)), .eos]
            }
        }
        return parts
    }

    /// Without white space at its ends, where the template takes it away.
    private func trimmedAsTemplateDoes(_ text: String) -> String {
        ["content.strip()", "|trim", "| trim"].contains { source.contains($0) } ? text.trimmed : text
    }

    /// Families whose turns begin with a label in plain text.
    private func labelled(_ messages: [ChatMessage]) -> [ChatPart] {
        var parts: [ChatPart] = []
        let isSystemGiven = messages.contains { $0.role == .system }
        if family == .deepSeekCoder, !isSystemGiven, let system = literal(after: "{{'", until: "\\n'}}") {
            parts.append(.text(system + "\n"))
        }
        for message in messages {
            switch (family, message.role) {
            case (.deepSeekCoder, .system): parts.append(.text(message.content))
            case (.deepSeekCoder, .user): parts.append(.text("### Instruction:\n\(message.content)\n"))
            case (.deepSeekCoder, .assistant):
                parts += [.text("### Response:\n\(message.content)\n"), .marker("<|EOT|>"), .text("\n")]
            case (.alpaca, .system): parts.append(.text(message.content.trimmed + "\n\n"))
            case (.alpaca, .user): parts.append(.text("### Instruction:\n\(message.content.trimmed)\n\n"))
            case (.alpaca, .assistant):
                parts += [.text("### Response:\n\(message.content.trimmed)"), .eos, .text("\n\n")]
            case (.graniteCode, .system): parts.append(.text("System:\n\(message.content)\n\n"))
            case (.graniteCode, .user): parts.append(.text("Question:\n\(message.content)\n\n"))
            case (.graniteCode, .assistant): parts.append(.text("Answer:\n\(message.content)\n\n"))
            case (_, .system): parts.append(.text(message.content + "\n\n"))
            case (_, .user): parts.append(.text("User: \(message.content)\n\n"))
            case (_, .assistant): parts += [.text("Assistant: \(message.content)"), .eos]
            }
        }
        let answer =
            switch family {
            case .deepSeekCoder, .alpaca: "### Response:\n"
            case .graniteCode: "Answer:\n"
            default: "Assistant:"
            }
        return parts + [.text(answer)]
    }

    /// Text that stands in the template between two others, itself without the end of a string; escapes are resolved.
    private func literal(after start: String, until end: String) -> String? {
        // A template may spell a line break as an escape or break the line.
        for start in [start, start.replacingOccurrences(of: "\\n", with: "\n")] {
            var rest = source[...]
            while let place = rest.range(of: start) {
                rest = rest[place.upperBound...]
                for end in [end, end.replacingOccurrences(of: "\\n", with: "\n")] {
                    guard let stop = rest.range(of: end) else { continue }
                    let text = rest[..<stop.lowerBound]
                    if !text.isEmpty, !text.contains(where: { "'\"{}".contains($0) }) {
                        return text.replacingOccurrences(of: "\\n", with: "\n")
                    }
                }
            }
        }
        return nil
    }
}

extension String {
    /// Without white space at its ends, as Jinja's `trim` has it.
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
