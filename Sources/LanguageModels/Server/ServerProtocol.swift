/// What is sent to `/chat/completions` and `/completions`.
struct ServerRequest: Encodable {
    let model: String
    var messages: [ChatMessage]?
    var prompt: String?
    var suffix: String?
    let maxTokens: Int
    let temperature: Float
    let topP: Float
    let seed: Int
    let stop: [String]?
    /// Nil for one sample: not every server knows the key.
    let n: Int?
    let stream = true
    let streamOptions = ["include_usage": true]

    private enum CodingKeys: String, CodingKey {
        case model, messages, prompt, suffix, temperature, seed, stop, n, stream
        case maxTokens = "max_tokens"
        case topP = "top_p"
        case streamOptions = "stream_options"
    }
}

/// An event of a stream, or the whole answer of a server that does not stream.
struct ServerChunk: Decodable {
    struct Choice: Decodable {
        struct Message: Decodable {
            let content: String?
        }

        let index: Int?
        let text: String?
        let delta: Message?
        let message: Message?
        let finishReason: String?
        /// vLLM: the stop text or the end token that ended it.
        let stopReason: StopReason?

        var piece: String { text ?? delta?.content ?? message?.content ?? "" }

        private enum CodingKeys: String, CodingKey {
            case index, text, delta, message
            case finishReason = "finish_reason"
            case stopReason = "stop_reason"
        }
    }

    enum StopReason: Decodable {
        case text
        case token

        init(from decoder: any Decoder) throws {
            self = (try? decoder.singleValueContainer().decode(String.self)) == nil ? .token : .text
        }
    }

    struct Usage: Decodable {
        struct Details: Decodable {
            let cachedTokens: Int?

            private enum CodingKeys: String, CodingKey {
                case cachedTokens = "cached_tokens"
            }
        }

        let promptTokens: Int?
        let completionTokens: Int?
        let promptTokensDetails: Details?

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
            case promptTokensDetails = "prompt_tokens_details"
        }
    }

    let choices: [Choice]?
    let usage: Usage?
    let error: ServerRefusal.Details?
}

/// `/models`.
struct ServerModels: Decodable {
    struct Model: Decodable {
        let id: String
        /// vLLM's.
        let maxModelLength: Int?

        private enum CodingKeys: String, CodingKey {
            case id
            case maxModelLength = "max_model_len"
        }
    }

    let data: [Model]
}

extension TextEvent.Ending {
    /// `finish_reason`. Who ended it, a stop text or the model, most servers do not say.
    init(_ reason: String, _ stopReason: ServerChunk.StopReason?) {
        switch reason {
        case "stop": self = stopReason == .text ? .stop : .endOfText
        case "length": self = .length
        default: self = .other(reason)
        }
    }
}
