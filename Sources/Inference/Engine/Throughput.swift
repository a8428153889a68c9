/// Measures how fast a model runs here: prompts, generation, and many sequences after one prompt.
///
/// The tokens are pseudo-random and nothing is sampled, as in llama.cpp's `llama-bench`: what is timed is the model.
package final class Throughput {
    /// A number of tokens and the time that they took.
    package struct Sample: Sendable {
        package let tokens: Int
        package let duration: Duration

        package var tokensPerSecond: Double { Double(tokens) / (duration / .seconds(1)) }
    }

    package let model: Hyperparameters
    /// From opening the file to being ready.
    package let loading: Duration
    package let fileBytes: Int
    private let pass: ForwardPass
    private let pool: CachePool
    private let batch = Batch()
    private let clock = ContinuousClock()
    private var randomState: UInt64 = 1

    package init(modelAt path: String, threads: Int, cacheType: CacheType) throws(InferenceError) {
        let start = clock.now
        let file = try GGUFFile(path: path)
        let workers = WorkerPool(threads: threads)
        let transformer = try Transformer(file, pool: workers)
        let geometry = try CacheGeometry(transformer.model, type: cacheType)
        pass = ForwardPass(transformer, geometry, pool: workers, rows: Engine.batchRows)
        pool = CachePool(geometry, spareBytes: 1 << 30)
        model = transformer.model
        fileBytes = file.byteCount
        loading = clock.now - start
    }

    /// Passes a prompt through the model; the logits of its last token are computed.
    package func prompt(tokens count: Int) -> Sample {
        let sequence = CachedSequence(in: pool)
        return measure(count) { feed(count, to: sequence) }
    }

    /// Generates tokens one after another, after `prompt` others.
    package func generation(tokens count: Int, after prompt: Int) -> Sample {
        let sequence = CachedSequence(in: pool)
        if prompt > 0 { feed(prompt, to: sequence) }
        return measure(count) {
            for _ in 0..<count { step([sequence]) }
        }
    }

    /// Generates tokens of several sequences that share one prompt; the prompt is not timed.
    package func parallel(sequences count: Int, tokens: Int, after prompt: Int) -> Sample {
        let shared = CachedSequence(in: pool)
        if prompt > 0 { feed(prompt, to: shared) }
        let forks = (0..<count).map { _ in shared.fork() }
        return measure(count * tokens) {
            for _ in 0..<tokens { step(forks) }
        }
    }

    private func feed(_ count: Int, to sequence: CachedSequence) {
        var left = count
        while left > 0 {
            let size = min(left, pass.rows)
            left -= size
            batch.removeAll()
            batch.beginPrompts()
            batch.append((0..<size).map { _ in randomToken() }, to: sequence, wanted: left == 0 ? .last : .none)
            pass.run(batch)
        }
        _ = pass.logits(0..<batch.outputs.count)
    }

    private func step(_ sequences: [CachedSequence]) {
        batch.removeAll()
        for sequence in sequences { batch.append(CollectionOfOne(randomToken()), to: sequence, wanted: .last) }
        pass.run(batch)
        for start in stride(from: 0, to: batch.outputs.count, by: ForwardPass.logitRows) {
            _ = pass.logits(start..<min(start + ForwardPass.logitRows, batch.outputs.count))
        }
    }

    private func measure(_ tokens: Int, _ work: () -> Void) -> Sample {
        Sample(tokens: tokens, duration: clock.measure(work))
    }

    private func randomToken() -> Token {
        randomState = randomState &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Token((randomState >> 33) % UInt64(pass.transformer.vocabulary))
    }
}
