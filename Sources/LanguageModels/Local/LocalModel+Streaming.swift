import Inference

extension LocalModel {
    /// Generates all samples in one request of the engine; with `lines`, cuts each to whole lines.
    func stream(
        _ options: GenerationOptions, lines: WholeLines? = nil, after prompt: () throws -> [Token]
    ) -> TextStream {
        let (stream, events) = TextStream.makeStream()
        let request: GenerationRequest
        do {
            request = GenerationRequest(try prompt(), options)
        } catch {
            events.finish(throwing: error)
            return stream
        }
        let task = Task { [engine] in
            var translation = EventTranslation(request, lines: lines)
            do {
                for try await event in engine.generate(request) {
                    for text in translation.translate(event) { events.yield(text) }
                    // Samples that were cut would go on in the engine; where none was, its bill is next.
                    if translation.isComplete { break }
                }
                try Task.checkCancellation()
                if translation.isComplete { events.yield(.usage(translation.usage)) }
                events.finish()
            } catch {
                events.finish(throwing: LanguageModelError.of(error))
            }
        }
        events.onTermination = { _ in task.cancel() }
        return stream
    }
}

/// The engine's events as those of a language model.
private struct EventTranslation {
    private var lines: SampleLines?
    private var likelihoods: [Double]
    /// What was used until now, by this side's count.
    private(set) var usage: TokenUsage

    init(_ request: GenerationRequest, lines: WholeLines?) {
        self.lines = lines.map { SampleLines($0, samples: 0..<request.samples) }
        likelihoods = Array(repeating: 0, count: request.samples)
        usage = TokenUsage(promptTokens: request.prompt.count)
    }

    /// Whether all that is wanted is there.
    var isComplete: Bool { lines?.isComplete == true }

    mutating func translate(_ event: GenerationEvent) -> [TextEvent] {
        switch event {
        case .token(let sample, let token, let text):
            usage.generatedTokens += 1
            likelihoods[sample] += Double(token.logProbability)
            return text.isEmpty ? [] : cut(.text(sample: sample, text), likelihoods[sample])
        case .finished(let sample, let reason, let likelihood):
            return cut(.finished(sample: sample, reason.ending, logLikelihood: likelihood), likelihood)
        case .usage(let bill):
            let usage = TokenUsage(
                promptTokens: bill.promptTokens, cachedTokens: bill.cachedTokens,
                generatedTokens: bill.generatedTokens)
            return [.usage(usage)]
        }
    }

    private mutating func cut(_ event: TextEvent, _ likelihood: Double) -> [TextEvent] {
        lines?.cut(event, logLikelihood: likelihood) ?? [event]
    }
}

extension GenerationRequest {
    /// Nothing but temperature and nucleus shape the draw.
    fileprivate init(_ prompt: [Token], _ options: GenerationOptions) {
        self.init(
            prompt: prompt, samples: options.temperatures.count, maxTokens: options.maxTokens,
            sampling: SamplingOptions(topK: 0, topP: options.topP, minP: 0, seed: options.seed), stops: options.stops)
        temperatures = options.temperatures
    }
}

extension FinishReason {
    fileprivate var ending: TextEvent.Ending {
        switch self {
        case .endOfText, .constraintEnd: .endOfText
        case .stop: .stop
        case .length: .length
        }
    }
}

extension LanguageModelError {
    /// The engine's refusals in this module's words; everything else as it is.
    static func of(_ error: any Error) -> any Error {
        guard let error = error as? InferenceError else { return error }
        switch error.code {
        case .contextOverflow: return LanguageModelError(.contextOverflow, error.description)
        case .invalidRequest: return LanguageModelError(.invalidRequest, error.description)
        default: return error
        }
    }
}
