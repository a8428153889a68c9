/// Generates the samples of one request: the prompt once, then every sample a fork of it.
final class GenerationJob: Job {
    /// Rows of a step up to which drafting pays: more rows cost more than the weights' way through memory.
    private static let draftedRows = 16

    let pages: Int
    private let request: GenerationRequest
    private let tokenizer: Tokenizer
    private let events: AsyncThrowingStream<GenerationEvent, any Error>.Continuation
    private let cancellation: Cancellation
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var promptEnd: ContinuousClock.Instant?

    private var feed: PromptFeed?
    private var samples: [SampleState] = []
    private(set) var outputs = 0..<0
    /// For each output of this step, which sample's it is, and which of its row.
    private var readers: [(sample: Int, index: Int)] = []
    private var failure: (any Error)?
    private var copy: [Float] = []
    /// Samples whose end was told.
    private var reported: Set<Int> = []

    init(
        _ request: GenerationRequest, _ tokenizer: Tokenizer, _ cancellation: Cancellation,
        _ events: AsyncThrowingStream<GenerationEvent, any Error>.Continuation
    ) {
        self.request = request
        self.tokenizer = tokenizer
        self.cancellation = cancellation
        self.events = events
        start = clock.now
        pages =
            CacheGeometry.pages(for: request.prompt.count)
            + request.samples * (CacheGeometry.pages(for: request.maxTokens) + 1)
    }

    var onlyReads: Bool { samples.isEmpty }
    var isCancelled: Bool { cancellation.isRequested }
    var isDone: Bool { failure != nil || (!onlyReads && samples.allSatisfy { $0.finish != nil }) }

    func begin(_ cache: PromptCache) {
        feed = PromptFeed(request.prompt, cache)
    }

    func contribute(to batch: Batch, budget: Int) {
        outputs = 0..<0
        readers.removeAll(keepingCapacity: true)
        if onlyReads {
            outputs = feed?.contribute(to: batch, budget: budget) ?? 0..<0
            return
        }
        let first = batch.outputs.count
        let active = samples.reduce(0) { $0 + ($1.finish == nil ? 1 : 0) }
        let drafts = max(0, Self.draftedRows / max(1, active + batch.count) - 1)
        for index in samples.indices where samples[index].finish == nil {
            // A sample for which there is no room waits for the next step.
            let room = budget - (batch.outputs.count - first)
            guard room > 0 else { break }
            let own = samples[index].contribute(to: batch, drafts: min(drafts, room - 1))
            for output in 0..<own.count { readers.append((index, output)) }
        }
        outputs = first..<batch.outputs.count
    }

    func read(_ logits: UnsafeMutableBufferPointer<Float>, output: Int) {
        do {
            if onlyReads { return try beginSamples(logits) }
            let (sample, index) = readers[output]
            report(try samples[sample].read(logits, index: index), sample: sample)
        } catch {
            failure = error
        }
    }

    /// Every sample chooses its first token from the same logits.
    private func beginSamples(_ logits: UnsafeMutableBufferPointer<Float>) throws {
        guard let feed else { return }
        promptEnd = clock.now
        // Choosing changes the logits.
        if request.samples > 1 { copy = Array(logits) }
        for index in 0..<request.samples {
            var sample = try SampleState(request, index: index, feed.sequence.fork(), tokenizer)
            if index > 0 { _ = logits.update(fromContentsOf: copy) }
            let choice = try sample.choose(logits)
            samples.append(sample)
            report(choice, sample: index)
        }
        copy = []
    }

    private func report(_ choice: SampleState.Choice?, sample: Int) {
        if let choice { events.yield(.token(sample: sample, choice.token, text: choice.text)) }
        if let finish = samples[sample].finish, !reported.contains(sample) {
            reported.insert(sample)
            events.yield(.finished(sample: sample, finish, logLikelihood: samples[sample].logLikelihood))
        }
    }

    func endStep() {
        for index in samples.indices { samples[index].endStep() }
    }

    func end(_ cache: PromptCache, error: (any Error)?) {
        if let feed, request.cachePrefix, feed.isComplete {
            cache.keep(feed.sequence)
            if let sequence = samples.first?.sequence { cache.keep(generated: sequence) }
            if failure == nil { cache.store(feed.sequence) }
        }
        if let error = failure ?? error { return events.finish(throwing: error) }
        var usage = GenerationUsage()
        usage.promptTokens = request.prompt.count
        usage.cachedTokens = feed?.cachedTokens ?? 0
        usage.generatedTokens = samples.reduce(0) { $0 + $1.generated }
        usage.acceptedDrafts = samples.reduce(0) { $0 + $1.acceptedDrafts }
        let promptEnd = promptEnd ?? clock.now
        usage.prefill = promptEnd - start
        usage.decode = clock.now - promptEnd
        events.yield(.usage(usage))
        events.finish()
    }
}
