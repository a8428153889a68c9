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
        self.message = Self.oneLine(message)
    }

    package var description: String { message }

    /// Names and words come from files and servers: a line break or an escape sequence in one must not reach a terminal.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
