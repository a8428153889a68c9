/// One text that is being generated.
struct SampleState {
    /// What a choice led to; a ``GenerationEvent`` once it has its sample's number.
    struct Choice {
        let token: SampledToken
        let text: String
    }

    let sequence: CachedSequence
    private(set) var finish: FinishReason?
    private(set) var generated = 0
    /// Under the model's own distribution, see ``SampledToken``; an end token counts.
    private(set) var logLikelihood = 0.0
    private(set) var acceptedDrafts = 0
    /// This step's tokens: the one chosen last, which has not passed the model yet, and drafts of what follows it.
    private(set) var row: [Token] = []
    /// Drafts of this step that turned out right.
    private var accepted = 0
    private var isDiverged = false
    private var chosen: Token?

    private let maxTokens: Int
    private let endTokens: Set<Token>
    private var sampler: Sampler
    private var constraint: (any TokenConstraint)?
    private var decoder: StreamingDecoder
    private var stops: StopMatcher
    private var lookup: PromptLookup?

    init(_ request: GenerationRequest, index: Int, _ sequence: CachedSequence, _ tokenizer: Tokenizer) throws {
        self.sequence = sequence
        maxTokens = request.maxTokens
        endTokens = tokenizer.special.endOfGeneration
        var sampling = request.sampling
        if request.temperatures.indices.contains(index) { sampling.temperature = request.temperatures[index] }
        sampler = Sampler(sampling, sample: index)
        constraint = try request.constraint?()
        decoder = StreamingDecoder(tokenizer)
        stops = StopMatcher(request.stops)
        lookup = request.promptLookup ? PromptLookup(prompt: request.prompt) : nil
        if maxTokens == 0 {
            finish = .length
        } else if let constraint, constraint.isExhausted {
            finish = .constraintEnd
        }
    }

    /// Appends the last token and up to `drafts` guesses to the batch; returns their outputs.
    mutating func contribute(to batch: Batch, drafts: Int) -> Range<Int> {
        row.append(contentsOf: lookup?.draft(limit: min(drafts, maxTokens - generated - 1)) ?? [])
        accepted = 0
        isDiverged = false
        return batch.append(row, to: sequence, wanted: .all)
    }

    /// Chooses the token that follows token `index` of this step's row, unless an earlier choice left the draft.
    mutating func read(
        _ logits: UnsafeMutableBufferPointer<Float>, index: Int
    ) throws(InferenceError) -> Choice? {
        guard finish == nil, !isDiverged else { return nil }
        let choice = try choose(logits)
        if finish == nil, index + 1 < row.count, row[index + 1] == chosen {
            accepted += 1
        } else {
            isDiverged = true
        }
        return choice
    }

    /// Chooses the next token; nil if that is an end with nothing left to say.
    mutating func choose(_ logits: UnsafeMutableBufferPointer<Float>) throws(InferenceError) -> Choice? {
        guard finish == nil else { return nil }
        guard let sampled = sampler.sample(logits, constraint: constraint) else {
            throw InferenceError(
                .invalidRequest, "no token can follow: the model's logits are not numbers, or everything is forbidden")
        }
        logLikelihood += Double(sampled.logProbability)
        if endTokens.contains(sampled.token) {
            finish = .endOfText
            let text = remainingText()
            return text.isEmpty ? nil : Choice(token: sampled, text: text)
        }
        sampler.accept(sampled.token)
        constraint?.accept(sampled.token)
        lookup?.append(sampled.token)
        generated += 1
        chosen = sampled.token
        let (text, stop) = stops.append(decoder.append(sampled.token))
        if let stop {
            finish = .stop(stop)
            return Choice(token: sampled, text: text)
        }
        if let constraint, constraint.isExhausted {
            finish = .constraintEnd
        } else if generated == maxTokens {
            finish = .length
        }
        return Choice(token: sampled, text: finish == nil ? text : text + remainingText())
    }

    /// Takes back the drafts that were wrong, and readies the next row.
    mutating func endStep() {
        if !row.isEmpty {
            let drafted = row.count - 1
            sequence.truncate(to: sequence.count - (drafted - accepted))
            lookup?.learn(drafted: drafted, accepted: accepted)
            acceptedDrafts += accepted
            row.removeAll(keepingCapacity: true)
        }
        if finish == nil, let chosen { row.append(chosen) }
    }

    /// What was held back; it may still turn out to hold a stop text.
    private mutating func remainingText() -> String {
        let (text, stop) = stops.append(decoder.finish())
        if let stop {
            finish = .stop(stop)
            return text
        }
        return text + stops.finish()
    }
}
