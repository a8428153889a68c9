import Synchronization

/// A model that is ready to work: tokens in, tokens out.
///
/// Calls from any number of tasks share the model, its cache and its forward passes; the arithmetic runs on a thread of
/// the engine's own. What a request gets depends neither on what else runs nor on what ran before.
///
/// ```swift
/// let engine = try Engine(modelAt: "model.gguf")
/// let prompt = engine.tokenizer.encode("func fibonacci", addSpecial: true)
/// for try await event in engine.generate(GenerationRequest(prompt: prompt, maxTokens: 64)) {
///     if case .token(_, _, let text) = event { print(text, terminator: "") }
/// }
/// ```
package final class Engine: Sendable {
    package let tokenizer: Tokenizer
    /// The most tokens that a sequence, prompt and continuation together, may have.
    package let contextLength: Int
    package let metadata: GGUFMetadata
    package let model: Hyperparameters
    /// Logits of a row.
    package let vocabulary: Int
    private let thread: InferenceThread

    /// The most rows of a batch: more of them take memory, and gain nothing that could be measured.
    static let batchRows = 256

    /// Loads the model: its weights are read, and packed for this machine, before this returns.
    package convenience init(modelAt path: String, options: EngineOptions = EngineOptions()) throws(InferenceError) {
        try self.init(GGUFFile(path: path), options: options)
    }

    /// Loads a model whose file is open, or in memory.
    package init(_ file: GGUFFile, options: EngineOptions = EngineOptions()) throws(InferenceError) {
        let pool = WorkerPool(threads: options.threads)
        tokenizer = try Tokenizer(file.metadata)
        let transformer = try Transformer(file, pool: pool)
        let contextLength = options.contextLength ?? transformer.model.contextLength
        guard contextLength > 0 else {
            throw InferenceError(.invalidRequest, "a context of \(contextLength) tokens is none; give 1 or more")
        }
        let geometry = try CacheGeometry(transformer.model, type: options.cacheType)
        let folder: PrefixFolder? =
            if let path = options.prefixCacheFolder {
                try PrefixFolder(
                    at: path, bytes: options.prefixCacheBytes, geometry: geometry,
                    model: .identity(
                        of: file, geometry, promptsInOtherPrecision: transformer.readsPromptsInOtherPrecision))
            } else { nil }
        let cache = PromptCache(
            CachePool(geometry), bytes: options.retainedCacheBytes, folder: folder,
            keepsGenerated: !transformer.readsPromptsInOtherPrecision, workers: pool)
        let pass = ForwardPass(
            transformer, geometry, pool: pool, rows: min(Self.batchRows, max(contextLength, ForwardPass.logitRows)))
        self.contextLength = contextLength
        metadata = file.metadata
        model = transformer.model
        vocabulary = transformer.vocabulary
        thread = InferenceThread(
            Scheduler(pass, cache, pageLimit: options.activeCacheBytes / geometry.pageBytes))
    }

    /// Continues a prompt. The work begins at once; it ends when the stream does or its consumer is cancelled.
    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        let (stream, events) = AsyncThrowingStream<GenerationEvent, any Error>.makeStream()
        do {
            try check(request)
        } catch {
            events.finish(throwing: error)
            return stream
        }
        let cancellation = Cancellation()
        events.onTermination = { [thread] _ in
            cancellation.request()
            // The engine lives until its last stream has ended.
            withExtendedLifetime(thread) {}
        }
        thread.submit(GenerationJob(request, tokenizer, cancellation, events))
        return stream
    }

    /// The log-probability of every token of every continuation, each after `prefix` and the tokens before it.
    package func score(prefix: [Token], continuations: [[Token]]) async throws -> [[Float]] {
        try check(prefix, others: continuations.joined(), longest: continuations.map(\.count).max() ?? 0)
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { result in
                thread.submit(
                    ScoringJob(prefix: prefix, continuations: continuations, cancellation, result))
            }
        } onCancel: {
            cancellation.request()
        }
    }

    /// The logits of the token after `tokens`, one for each token of the vocabulary.
    package func logits(after tokens: [Token]) async throws -> [Float] {
        let last = Mutex<[Float]>([])
        try await readLogits(tokens, everywhere: false) { _, logits in last.withLock { $0 = Array(logits) } }
        return last.withLock { $0 }
    }

    /// Hands the logits after each of `tokens` to `reader`, in order, on the engine's thread.
    /// - Parameter asGenerated: in the precision that generated tokens have, where prompts have another.
    package func readLogits(
        afterEach tokens: [Token], asGenerated: Bool = false,
        reader: @escaping @Sendable (_ position: Int, _ logits: UnsafeBufferPointer<Float>) -> Void
    ) async throws {
        try await readLogits(tokens, everywhere: true, asGenerated: asGenerated, reader)
    }

    private func readLogits(
        _ tokens: [Token], everywhere: Bool, asGenerated: Bool = false, _ reader: @escaping LogitsJob.Reader
    ) async throws {
        try check(tokens, others: [], longest: 0)
        let cancellation = Cancellation()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { result in
                thread.submit(
                    LogitsJob(tokens, everywhere: everywhere, asGenerated: asGenerated, cancellation, result, reader))
            }
        } onCancel: {
            cancellation.request()
        }
    }

    // MARK: - Requests that cannot be met

    private func check(_ request: GenerationRequest) throws(InferenceError) {
        guard request.samples > 0, request.maxTokens >= 0 else {
            throw InferenceError(
                .invalidRequest, "\(request.samples) samples of up to \(request.maxTokens) tokens cannot be generated")
        }
        guard request.temperatures.isEmpty || request.temperatures.count == request.samples else {
            throw InferenceError(
                .invalidRequest,
                "\(request.temperatures.count) temperatures are not one for each of \(request.samples) samples")
        }
        try check(request.prompt, others: [], longest: request.maxTokens)
    }

    private func check(
        _ prompt: [Token], others: some Sequence<Token>, longest: Int
    ) throws(InferenceError) {
        guard !prompt.isEmpty else {
            throw InferenceError(.invalidRequest, "the prompt is empty; begin with the model's first token, or a text")
        }
        for token in prompt where !isKnown(token) { throw unknown(token) }
        for token in others where !isKnown(token) { throw unknown(token) }
        let (total, overflow) = prompt.count.addingReportingOverflow(longest)
        guard !overflow, total <= contextLength else {
            throw InferenceError(
                .contextOverflow,
                "\(prompt.count) tokens of prompt and \(longest) to follow are more than the context of "
                    + "\(contextLength) tokens")
        }
    }

    private func isKnown(_ token: Token) -> Bool { token >= 0 && Int(token) < vocabulary }

    private func unknown(_ token: Token) -> InferenceError {
        InferenceError(.invalidRequest, "token \(token) is not in the model's vocabulary of \(vocabulary)")
    }
}
