/// What produces text: the engine with a model file, or a server.
///
/// Every call streams, ends when its consumer is cancelled, and closes with its bill of tokens. What a model cannot do is an
/// error of code `unsupported` that says so; what does not fit its context is one that names the numbers.
///
/// ```swift
/// for try await event in model.infill(Gap(before: "def f(x):\n    return ", after: "\n"), GenerationOptions(maxTokens: 32)) {
///     if case .text(_, let text) = event { print(text, terminator: "") }
/// }
/// ```
package protocol LanguageModel: Sendable {
    /// For people: the model's own name, else its file's or server's.
    var name: String { get }
    /// The most tokens that a prompt and what follows it may have together; nil where a server does not say.
    var contextLength: Int? { get }

    /// Continues a text.
    func complete(_ prompt: String, _ options: GenerationOptions) -> TextStream

    /// Writes what is missing in a gap.
    func infill(_ gap: Gap, _ options: GenerationOptions) -> TextStream

    /// Writes what should stand in place of suspicious lines: whole lines, each with its line break.
    func rewrite(_ hole: Hole, _ options: GenerationOptions) -> TextStream

    /// Answers a conversation.
    func chat(_ messages: [ChatMessage], _ options: GenerationOptions) -> TextStream

    /// The log-likelihood of each continuation after one prefix: natural logarithm, summed over its tokens.
    func score(_ continuations: [String], after prefix: String) async throws -> [Double]

    /// The log-likelihood of each rewriting of one hole, its end included. Lines as in ``Hole``.
    func score(_ rewritings: [[String]], of hole: Hole) async throws -> [Double]
}

package typealias TextStream = AsyncThrowingStream<TextEvent, any Error>

/// What a generation reports, in order; `usage` is last.
package enum TextEvent: Sendable, Hashable {
    /// A piece of one sample's text: never half a character, never part of a stop text.
    case text(sample: Int, String)
    /// The sample is complete. Its log-likelihood, where the model tells it, is the sum over its tokens at temperature 1.
    case finished(sample: Int, Ending, logLikelihood: Double?)
    case usage(TokenUsage)

    /// Why a sample ended.
    package enum Ending: Sendable, Hashable {
        case endOfText
        case stop
        /// `maxTokens` were generated: the text is cut.
        case length
        /// The model asks for tools instead of answering, or the server withheld the rest.
        case other(String)
    }
}

/// The bill of one request.
package struct TokenUsage: Sendable, Hashable {
    package var promptTokens: Int
    /// Of the prompt's tokens, those that had been read before.
    package var cachedTokens: Int
    /// Tokens of all samples.
    package var generatedTokens: Int

    package init(promptTokens: Int = 0, cachedTokens: Int = 0, generatedTokens: Int = 0) {
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
        self.generatedTokens = generatedTokens
    }
}

/// How to generate.
package struct GenerationOptions: Sendable {
    /// The most tokens of one sample.
    package var maxTokens: Int
    /// One sample for each: 0 takes the likeliest token always, higher is more daring.
    package var temperatures: [Float]
    /// Equal seeds give equal texts, as far as the model can promise it.
    package var seed: UInt64
    /// A sample ends before the first of these.
    package var stops: [String]
    package var topP: Float

    package init(
        maxTokens: Int = 256, temperatures: [Float] = [0], seed: UInt64 = 1, stops: [String] = [], topP: Float = 1
    ) {
        self.maxTokens = maxTokens
        self.temperatures = temperatures
        self.seed = seed
        self.stops = stops
        self.topP = topP
    }
}

/// A place in a text where something is missing.
package struct Gap: Sendable, Hashable {
    package var before: String
    package var after: String

    package init(before: String, after: String) {
        self.before = before
        self.after = after
    }
}

/// One turn of a conversation.
package struct ChatMessage: Sendable, Hashable, Codable {
    package enum Role: String, Sendable, Codable {
        case system, user, assistant
    }

    package var role: Role
    package var content: String

    package init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}
