import Foundation
import Inference
import Testing

@Suite("The engine")
struct EngineTests {
    /// A text that was generated, as a consumer sees it.
    struct Generated: Equatable {
        var tokens: [Token] = []
        var text = ""
        var finish: FinishReason?
        var logLikelihood = 0.0
    }

    static func collect(
        _ engine: Engine, _ request: GenerationRequest
    ) async throws -> (samples: [Generated], usage: GenerationUsage) {
        var samples = Array(repeating: Generated(), count: request.samples)
        var usage = GenerationUsage()
        for try await event in engine.generate(request) {
            switch event {
            case .token(let sample, let token, let text):
                samples[sample].tokens.append(token.token)
                samples[sample].text += text
            case .finished(let sample, let reason, let likelihood):
                samples[sample].finish = reason
                samples[sample].logLikelihood = likelihood
            case .usage(let bill): usage = bill
            }
        }
        return (samples, usage)
    }

    static let prompt = Passes.text(40)

    @Test("greedy generation takes the likeliest token each time")
    func greedy() async throws {
        try await TinyModel().withFile { path in
            let engine = try Engine(modelAt: path)
            let (samples, usage) = try await Self.collect(
                engine, GenerationRequest(prompt: Self.prompt, maxTokens: 12, promptLookup: false))
            var text = Self.prompt
            for token in samples[0].tokens {
                let logits = try await engine.logits(after: text)
                #expect(logits.firstIndex(of: logits.max() ?? .nan) == Int(token))
                text.append(token)
            }
            #expect(samples[0].finish == .length || samples[0].finish == .endOfText)
            #expect(usage.promptTokens == 40)
            #expect(usage.generatedTokens == samples[0].tokens.count)
        }
    }

    @Test("a sample's log-likelihood is its tokens' at temperature 1, with that of the token which ended it")
    func logLikelihood() async throws {
        try await TinyModel().withFile { path in
            let engine = try Engine(modelAt: path)
            let ends = engine.tokenizer.special.endOfGeneration
            var request = GenerationRequest(
                prompt: Self.prompt, samples: 24, maxTokens: 60, sampling: SamplingOptions(temperature: 2, topK: 0))
            // Hot enough to draw the end, which a random model holds as likely as anything.
            request.temperatures = (0..<24).map { $0 < 4 ? 0.7 : 30 }
            let (samples, _) = try await Self.collect(engine, request)
            #expect(Set(samples.map(\.finish)) == [.length, .endOfText])
            for sample in samples {
                // The token that ended the text is told only where it brought out what was held back: one of them must fit.
                let ended = sample.finish == .endOfText ? ends.map { sample.tokens + [$0] } : []
                let texts = ended + [sample.tokens]
                let scores = try await engine.score(prefix: Self.prompt, continuations: texts)
                let nearest = scores.map { abs(sample.logLikelihood - Double($0.reduce(0, +))) }.min()
                #expect(try #require(nearest) < 0.01)
            }
        }
    }

    @Test("each sample draws at its own temperature; as many temperatures as samples are wanted")
    func temperatures() async throws {
        try await TinyModel().withFile { path in
            let engine = try Engine(modelAt: path)
            var request = GenerationRequest(
                prompt: Self.prompt, samples: 3, maxTokens: 20, sampling: SamplingOptions(temperature: 1.5, topK: 0))
            let hot = try await Self.collect(engine, request).samples
            request.temperatures = [0, 1.5, 0]
            let mixed = try await Self.collect(engine, request).samples
            #expect(mixed[1] == hot[1])
            #expect(mixed[0] == mixed[2])
            #expect(mixed[0] != hot[0])
            request.temperatures = [0]
            await #expect(throws: InferenceError.self) { try await Self.collect(engine, request) }
        }
    }

    @Test("prompt lookup changes the speed and not the text", arguments: [0, 0.7] as [Float], [UInt64(1), 2, 3])
    func promptLookup(_ temperature: Float, _ seed: UInt64) async throws {
        // Random models repeat themselves when greedy, which is what lookup finds.
        try await TinyModel(seed: seed).withFile { path in
            let engine = try Engine(modelAt: path)
            let pattern = Passes.text(9, seed: seed)
            var sampling = SamplingOptions(temperature: temperature)
            sampling.seed = seed
            var request = GenerationRequest(
                prompt: pattern + pattern + pattern, maxTokens: 120, sampling: sampling, promptLookup: false)
            let plain = try await Self.collect(engine, request)
            request.promptLookup = true
            let looked = try await Self.collect(engine, request)
            #expect(looked.samples == plain.samples)
            #expect(plain.usage.acceptedDrafts == 0)
            // Greedy, this model repeats itself.
            if temperature == 0, seed == 1 { #expect(looked.usage.acceptedDrafts > 0) }
        }
    }

    /// Prompts of the second may be multiplied in a precision of their own.
    static let types = [TensorType.f32, .q8_0]

    @Test("a request gets the same text whatever runs beside it", arguments: types)
    func concurrency(_ type: TensorType) async throws {
        try await TinyModel(type: type, headWidth: 32).withFile { path in
            let engine = try Engine(modelAt: path)
            let requests = (0..<6).map { index in
                var sampling = SamplingOptions(temperature: 0.9)
                sampling.seed = UInt64(index)
                return GenerationRequest(
                    prompt: Passes.text(10 + 30 * index, seed: UInt64(index)), samples: 1 + index % 3, maxTokens: 30,
                    sampling: sampling, cachePrefix: index % 2 == 0)
            }
            var alone: [[Generated]] = []
            for request in requests { alone.append(try await Self.collect(engine, request).samples) }
            let fresh = try Engine(modelAt: path)
            let together = try await withThrowingTaskGroup(of: (Int, [Generated]).self) { group in
                for (index, request) in requests.enumerated() {
                    group.addTask { (index, try await Self.collect(fresh, request).samples) }
                }
                var results = Array(repeating: [Generated](), count: requests.count)
                for try await (index, samples) in group { results[index] = samples }
                return results
            }
            #expect(together == alone)
            #expect(Set(alone[2].map(\.tokens)).count == 3)
        }
    }

    @Test(
        "a second prompt that begins alike reads the beginning from the cache, and gets the same logits",
        arguments: types)
    func prefixCache(_ type: TensorType) async throws {
        try await TinyModel(type: type, headWidth: 32).withFile { path in
            let engine = try Engine(modelAt: path)
            let long = Passes.text(150)
            _ = try await Self.collect(engine, GenerationRequest(prompt: long, maxTokens: 1))
            let (_, usage) = try await Self.collect(
                engine, GenerationRequest(prompt: Array(long.prefix(100)) + [long[100] ^ 1, 6, 7], maxTokens: 1))
            #expect(usage.cachedTokens == 100)
            let (_, again) = try await Self.collect(engine, GenerationRequest(prompt: long, maxTokens: 1))
            #expect(again.cachedTokens == 149)
            let cached = try await engine.logits(after: long)
            let fresh = try Engine(modelAt: path)
            #expect(try await fresh.logits(after: long) == cached)
        }
    }

    @Test("what a request gets does not depend on what was generated before", arguments: types)
    func history(_ type: TensorType) async throws {
        try await TinyModel(type: type, headWidth: 32).withFile { path in
            let engine = try Engine(modelAt: path)
            let request = GenerationRequest(prompt: Self.prompt, maxTokens: 40)
            let (samples, _) = try await Self.collect(engine, request)
            let text = Self.prompt + samples[0].tokens + [5]
            let fresh = try Engine(modelAt: path)
            #expect(try await engine.logits(after: text) == fresh.logits(after: text))
        }
    }

    @Test("scores are the log-probabilities that logits imply", arguments: types)
    func score(_ type: TensorType) async throws {
        try await TinyModel(type: type, headWidth: 32).withFile { path in
            let engine = try Engine(modelAt: path)
            let continuations = [Passes.text(7, seed: 1), [], Passes.text(1, seed: 2), Passes.text(30, seed: 3)]
            let scores = try await engine.score(prefix: Self.prompt, continuations: continuations)
            #expect(scores.map(\.count) == continuations.map(\.count))
            for (continuation, scores) in zip(continuations, scores) {
                var text = Self.prompt
                for (token, score) in zip(continuation, scores) {
                    let logits = try await engine.logits(after: text).map(Double.init)
                    let logSum = log(logits.reduce(0) { $0 + exp($1) })
                    #expect(abs(logits[Int(token)] - logSum - Double(score)) < 1e-4)
                    text.append(token)
                }
            }
        }
    }

    @Test("more tokens than the context holds is an error that names the numbers")
    func overflow() async throws {
        try await TinyModel().withFile { path in
            let engine = try Engine(modelAt: path, options: EngineOptions(contextLength: 64))
            let request = GenerationRequest(prompt: Self.prompt, maxTokens: 25)
            let error = await #expect(throws: InferenceError.self) { try await Self.collect(engine, request) }
            #expect(error?.code == .contextOverflow)
            for number in ["40", "25", "64"] { #expect(error?.message.contains(number) == true) }
            await #expect(throws: InferenceError.self) {
                try await engine.score(prefix: Self.prompt, continuations: [Passes.text(25)])
            }
        }
    }

    @Test(
        "tokens that the model does not have, and empty prompts, are refused",
        arguments: [[], [-1], [5, 300]] as [[Token]])
    func nonsense(_ prompt: [Token]) async throws {
        try await TinyModel().withFile { path in
            let engine = try Engine(modelAt: path)
            let error = await #expect(throws: InferenceError.self) { try await engine.logits(after: prompt) }
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test("a stop text ends the generation before it and is not emitted")
    func stops() async throws {
        try await TinyModel().withFile { path in
            let engine = try Engine(modelAt: path)
            let request = GenerationRequest(prompt: Self.prompt, maxTokens: 30)
            let whole = try await Self.collect(engine, request).samples[0]
            let characters = Array(whole.text)
            try #require(characters.count > 20)
            var stopping = request
            stopping.stops = ["never there", String(characters[10..<13])]
            let stopped = try await Self.collect(engine, stopping).samples[0]
            let place = try #require(whole.text.range(of: stopping.stops[1]))
            #expect(stopped.finish == .stop(stopping.stops[1]))
            #expect(stopped.text == String(whole.text[..<place.lowerBound]))
        }
    }

    @Test("a consumer that leaves frees the engine for others")
    func cancellation() async throws {
        try await TinyModel(contextLength: 100_000).withFile { path in
            let engine = try Engine(modelAt: path)
            var seen = 0
            for try await _ in engine.generate(GenerationRequest(prompt: Self.prompt, maxTokens: 90_000)) {
                seen += 1
                if seen == 3 { break }
            }
            let (samples, _) = try await Self.collect(engine, GenerationRequest(prompt: Self.prompt, maxTokens: 3))
            #expect(samples[0].tokens.count <= 3)
            let task = Task { try await engine.score(prefix: Self.prompt, continuations: [Passes.text(50_000)]) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
