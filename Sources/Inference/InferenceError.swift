/// What went wrong with a model file, a tokenizer or a request: one line for people, a stable code for programs.
package struct InferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Codable {
        /// Truncated, hostile or nonsensical bytes.
        case malformedFile = "malformed-file"
        /// A well-formed file of a kind that is not read here: an old version, another byte order, a missing part.
        case unsupportedFile = "unsupported-file"
        /// A tensor type that no kernel here reads.
        case unsupportedType = "unsupported-type"
        case unsupportedArchitecture = "unsupported-architecture"
        case unsupportedTokenizer = "unsupported-tokenizer"
        /// Metadata that a model or tokenizer needs is absent, of another type, or out of range.
        case invalidMetadata = "invalid-metadata"
        /// A tensor that a model needs is absent or has another shape.
        case invalidTensor = "invalid-tensor"
        case invalidRequest = "invalid-request"
        case invalidGrammar = "invalid-grammar"
        /// More tokens than the context holds; the message names the numbers.
        case contextOverflow = "context-overflow"
        /// The operating system refused; `underlying` holds its words.
        case system
    }

    package let code: Code
    /// What failed, where, and what to do, without a line break.
    package let message: String
    package let underlying: String?

    package init(_ code: Code, _ message: String, underlying: String? = nil) {
        self.code = code
        self.message = Self.oneLine(message)
        self.underlying = underlying.map(Self.oneLine)
    }

    package var description: String {
        underlying.map { "\(message): \($0)" } ?? message
    }

    /// Names come from foreign files: a line break or an escape sequence in one must not reach a terminal.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
