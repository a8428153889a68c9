import Foundation

/// A server's answer that is no answer: an HTTP status other than 200, or an error in the middle of a stream.
struct ServerRefusal: Error {
    let server: String
    /// 0 within a stream.
    let status: Int
    /// The server's own words, one line.
    let words: String
    /// The server's own code for the mistake: `context_length_exceeded`.
    let code: String?
    private let retryAfter: String?

    init(server: String, status: Int, phrase: String, retryAfter: String? = nil, body: String) {
        self.server = server
        self.status = status
        self.retryAfter = retryAfter
        let details = try? JSONDecoder().decode(Wrapper.self, from: Data(body.utf8))
        words = Self.excerpt(details?.error.message ?? body) ?? phrase
        code = details?.error.code ?? details?.error.type
    }

    /// An error that came as an event of a stream.
    init(server: String, details: Details) {
        self.server = server
        status = 0
        retryAfter = nil
        words = details.message.flatMap(Self.excerpt) ?? "it gives no reason"
        code = details.code ?? details.type
    }

    private static func excerpt(_ text: String) -> String? {
        let excerpt = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
        return excerpt.isEmpty ? nil : String(excerpt)
    }

    /// What the user reads.
    var error: LanguageModelError {
        let place = status == 0 ? "\(server) broke off" : "\(server) refused with status \(status)"
        if isContextOverflow { return LanguageModelError(.contextOverflow, "\(place): \(words)") }
        let hint =
            switch status {
            case 401, 403: "; is the key right?"
            case 404: "; is the address right, with /v1 at its end where the server wants it?"
            default: retryAfter.map { "; it asks to come back after \($0)" + (Double($0) == nil ? "" : " s") } ?? ""
            }
        return LanguageModelError(.refused, "\(place): \(words)\(hint)")
    }

    /// OpenAI's code, llama.cpp's, and vLLM's words.
    var isContextOverflow: Bool {
        ["context_length_exceeded", "exceed_context_size_error"].contains(code)
            || words.contains("maximum context length")
    }

    /// `{"error": {"message": …}}`, or the message alone.
    struct Details: Decodable {
        var message: String?
        var code: String?
        var type: String?

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                message = text
                return
            }
            let container = try decoder.container(keyedBy: Keys.self)
            message = try? container.decode(String.self, forKey: .message)
            // Some servers repeat the status here.
            code = try? container.decode(String.self, forKey: .code)
            type = try? container.decode(String.self, forKey: .type)
        }

        private enum Keys: String, CodingKey {
            case message, code, type
        }
    }

    private struct Wrapper: Decodable {
        let error: Details
    }
}
