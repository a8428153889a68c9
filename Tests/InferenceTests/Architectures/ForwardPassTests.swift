import Testing

@testable import Inference

@Suite("The forward pass")
struct ForwardPassTests {
    /// One of each architecture, in floats and in blocks of 32.
    static let both = TinyModel.all + TinyModel.all.map { $0.quantised() }

    /// Their feed-forward layers are computed in slices where rows are many, the last slice a narrow one.
    static let wide = [("llama", 0), ("starcoder2", 0), ("llama", 4)].flatMap { architecture, experts in
        let model = TinyModel(architecture: architecture, feedForwardWidth: 2_080, experts: experts)
        return [model, model.quantised()]
    }

    @Test("a prompt gives the same bits in chunks of any size", arguments: both + wide)
    func chunks(_ model: TinyModel) async throws {
        try await model.withFile { path in
            let passes = try Passes(path)
            let text = Passes.text(70)
            let whole = passes.logits(text, to: passes.sequence(), chunk: 64)
            #expect(whole.allSatisfy { $0.allSatisfy(\.isFinite) })
            #expect(passes.logits(text, to: passes.sequence(), chunk: 1) == whole)
            #expect(passes.logits(text, to: passes.sequence(), chunk: 7) == whole)
        }
    }

    @Test("generated tokens give the same bits in chunks of any size", arguments: wide)
    func generatedChunks(_ model: TinyModel) async throws {
        try await model.withFile { path in
            let passes = try Passes(path)
            let text = Passes.text(70)
            let whole = passes.logits(text, to: passes.sequence(), chunk: 64, asPrompt: false)
            #expect(passes.logits(text, to: passes.sequence(), chunk: 7, asPrompt: false) == whole)
        }
    }

    @Test("as many logits at a time as there is room for leave those of the next batch alone")
    func windows() async throws {
        try await TinyModel(keyValueHeads: 1, feedForwardWidth: 32).withFile { path in
            let passes = try Passes(path, rows: ForwardPass.logitRows)
            let text = Passes.text(2 * ForwardPass.logitRows)
            let (first, second) = (passes.sequence(), passes.sequence())
            let together = passes.logits(text, to: first, chunk: ForwardPass.logitRows, atATime: ForwardPass.logitRows)
            #expect(passes.logits(text, to: second, chunk: ForwardPass.logitRows) == together)
        }
    }

    @Test("a text gives the same bits alone and beside others, of its kind and of the other", arguments: both + wide)
    func neighbours(_ model: TinyModel) async throws {
        try await model.withFile { path in
            let passes = try Passes(path)
            let texts = [7, 1, 12, 5].map { Passes.text($0, seed: UInt64($0)) }
            let generated = texts.map { passes.logits($0, to: passes.sequence(), asPrompt: false) }
            let read = texts.map { passes.logits($0, to: passes.sequence(), chunk: 2) }
            let together = passes.run(
                texts.map { (passes.sequence(), $0) }, prompts: texts.map { (passes.sequence(), $0) })
            #expect(together == generated + read)
        }
    }

    @Test("a prompt's logits are near those of the same tokens generated", arguments: both)
    func precision(_ model: TinyModel) async throws {
        try await model.withFile { path in
            let passes = try Passes(path)
            let text = Passes.text(40)
            let read = passes.logits(text, to: passes.sequence())
            let generated = passes.logits(text, to: passes.sequence(), asPrompt: false)
            let size = read.joined().reduce(0) { $0 + $1 * $1 }
            let error = zip(read.joined(), generated.joined()).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            // What rounding inputs to eight bits costs; nothing where the weights are floats, or where experts are chosen.
            #expect(error <= (model.type == .f32 || model.experts > 0 ? 0 : 0.05 * 0.05 * size))
        }
    }

    @Test(
        "forks go on as if each had read the prefix itself", arguments: [TensorType.f32, .q8_0], [CacheType.f16, .q8_0])
    func forks(_ type: TensorType, _ cacheType: CacheType) async throws {
        try await TinyModel(type: type, headWidth: 32).withFile { path in
            let passes = try Passes(path, cacheType: cacheType)
            // The prefix ends within a page, which the forks must copy, after one that they share.
            let prefix = Passes.text(CacheGeometry.positions + 20)
            let texts = (1...5).map { Passes.text(50, seed: UInt64($0)) }
            let shared = passes.sequence()
            _ = passes.logits(prefix, to: shared)
            let forks = texts.map { _ in shared.fork() }
            var forked = texts.map { _ in [[Float]]() }
            for place in 0..<50 {
                let step = passes.run(zip(forks, texts).map { ($0, [$1[place]]) })
                for index in forked.indices { forked[index] += step[index] }
            }
            for (text, logits) in zip(texts, forked) {
                let alone = passes.sequence()
                _ = passes.logits(prefix, to: alone, chunk: 32)
                #expect(passes.logits(text, to: alone, chunk: 32, asPrompt: false) == logits)
            }
        }
    }

    @Test("a truncated sequence goes on as if the rest had never been")
    func truncation() async throws {
        try await TinyModel().withFile { path in
            let passes = try Passes(path)
            let text = Passes.text(100)
            let sequence = passes.sequence()
            _ = passes.logits(Array(text.prefix(30)) + Passes.text(60, seed: 9), to: sequence)
            sequence.truncate(to: 30)
            let rest = passes.logits(Array(text.dropFirst(30)), to: sequence)
            let whole = passes.logits(text, to: passes.sequence())
            #expect(rest == Array(whole.dropFirst(30)))
        }
    }

    @Test("the number of threads does not change a bit", arguments: TinyModel.all)
    func threads(_ model: TinyModel) async throws {
        try await model.withFile { path in
            let one = try Passes(path, threads: 1)
            let three = try Passes(path, threads: 3)
            let text = Passes.text(40)
            #expect(one.logits(text, to: one.sequence()) == three.logits(text, to: three.sequence()))
        }
    }

    @Test("a layer with a window forgets what lies before it")
    func window() async throws {
        var model = TinyModel(layers: 1)
        model.metadata = [("llama.attention.sliding_window", .uint32(6))]
        try await model.withFile { path in
            let passes = try Passes(path)
            let end = Passes.text(6, seed: 4)
            // Rope turns by differences of position only: equal tokens at equal distances score alike.
            let first = passes.logits(Passes.text(10, seed: 1) + end, to: passes.sequence())
            let second = passes.logits(Passes.text(10, seed: 2) + end, to: passes.sequence())
            #expect(first[15] == second[15])
            #expect(first[14] != second[14])
        }
    }
}
