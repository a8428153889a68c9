/// What to generate: one prompt, continued by one or more independent samples.
package struct GenerationRequest: Sendable {
    package var prompt: [Token]
    /// How many continuations. They share the prompt's cache; sample `i` draws with seed `sampling.seed + i`.
    package var samples: Int
    /// The most tokens a sample may have.
    package var maxTokens: Int
    package var sampling: SamplingOptions
    /// Each sample's own temperature, in place of `sampling.temperature`; empty: that one for all.
    package var temperatures: [Float] = []
    /// A sample ends before the first of these texts; the text itself is not emitted.
    package var stops: [String]
    /// Makes one sample's constraint; called once a sample.
    package var constraint: (@Sendable () throws -> any TokenConstraint)?
    /// Drafts tokens that followed the same words earlier in prompt or output, and verifies them in one step. The output
    /// does not change; a text that repeats its prompt comes faster.
    package var promptLookup: Bool
    /// Keeps the prompt's keys and values for later requests that begin alike.
    package var cachePrefix: Bool

    package init(
        prompt: [Token], samples: Int = 1, maxTokens: Int = 256, sampling: SamplingOptions = .greedy,
        stops: [String] = [], constraint: (@Sendable () throws -> any TokenConstraint)? = nil,
        promptLookup: Bool = true, cachePrefix: Bool = true
    ) {
        self.prompt = prompt
        self.samples = samples
        self.maxTokens = maxTokens
        self.sampling = sampling
        self.stops = stops
        self.constraint = constraint
        self.promptLookup = promptLookup
        self.cachePrefix = cachePrefix
    }
}

/// What a generation reports, in order; `usage` is last.
package enum GenerationEvent: Sendable {
    /// A sampled token, with the text that became certain with it: never half a character, never part of a stop text.
    case token(sample: Int, SampledToken, text: String)
    /// The sample ended. `text` of earlier events is complete.
    ///
    /// The log-likelihood is the sum of its tokens' log-probabilities, that of the token which ended it included.
    case finished(sample: Int, FinishReason, logLikelihood: Double)
    case usage(GenerationUsage)
}

/// Why a sample ended.
package enum FinishReason: Sendable, Hashable {
    /// The model said so, by one of its end-of-generation tokens.
    case endOfText
    /// This stop text came.
    case stop(String)
    /// `maxTokens` were generated.
    case length
    /// The constraint was complete, and allowed nothing more.
    case constraintEnd
}

/// The bill of one request.
package struct GenerationUsage: Sendable, Hashable {
    package var promptTokens = 0
    /// Prompt tokens whose keys and values were found in the prefix cache, in memory or on disk.
    package var cachedTokens = 0
    /// Tokens of all samples.
    package var generatedTokens = 0
    /// Drafted tokens that were verified and kept.
    package var acceptedDrafts = 0
    /// From the request's first step to the prompt's last.
    package var prefill: Duration = .zero
    /// From the prompt's last step to the last token.
    package var decode: Duration = .zero

    package init() {}
}
