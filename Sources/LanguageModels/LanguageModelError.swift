/// What went wrong with a model or a server: one line for people, a stable code for programs.
package struct LanguageModelError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Codable {
        /// The model, or the server, has no such faculty.
        case unsupported
        /// More tokens than the context holds; the message names the numbers.
        case contextOverflow = "context-overflow"
        case invalidRequest = "invalid-request"
        /// The server cannot be reached, or went silent.
        case unreachable
        /// The server refused: its status and words are in the message.
        case refused
        /// The server's answer is not what the protocol says.
        case malformedAnswer = "malformed-answer"
    }

    package let code: Code
    /// What failed, where, and what to do, without a line break.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
