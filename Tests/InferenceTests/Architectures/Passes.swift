@testable import Inference

/// A model file, loaded, with what a test needs to drive it by hand.
struct Passes {
    let pass: ForwardPass
    let pool: CachePool

    init(_ path: String, threads: Int = 2, cacheType: CacheType = .f16, rows: Int = 64) throws {
        let workers = WorkerPool(threads: threads)
        let transformer = try Transformer(GGUFFile(path: path), pool: workers)
        let geometry = try CacheGeometry(transformer.model, type: cacheType)
        pass = ForwardPass(transformer, geometry, pool: workers, rows: rows)
        pool = CachePool(geometry)
    }

    private var vocabulary: Int { pass.transformer.vocabulary }

    func sequence() -> CachedSequence { CachedSequence(in: pool) }

    /// Feeds tokens in chunks, as a prompt or as if they had been generated; the logits after each.
    func logits(
        _ tokens: [Token], to sequence: CachedSequence, chunk: Int = 16, asPrompt: Bool = true, atATime: Int = 1
    ) -> [[Float]] {
        stride(from: 0, to: tokens.count, by: chunk).flatMap { start in
            let part = (sequence, Array(tokens[start..<min(start + chunk, tokens.count)]))
            return asPrompt ? run(prompts: [part], atATime: atATime)[0] : run([part], atATime: atATime)[0]
        }
    }

    typealias Entry = (sequence: CachedSequence, tokens: [Token])

    /// One batch of several sequences' tokens, those that were generated first; for each sequence the logits after each of
    /// its tokens, some computed at a time.
    func run(_ generated: [Entry] = [], prompts: [Entry] = [], atATime: Int = 1) -> [[[Float]]] {
        let batch = Batch()
        var outputs = generated.map { batch.append($0.tokens, to: $0.sequence, wanted: .all) }
        batch.beginPrompts()
        outputs += prompts.map { batch.append($0.tokens, to: $0.sequence, wanted: .all) }
        pass.run(batch)
        return outputs.map { outputs in
            stride(from: outputs.lowerBound, to: outputs.upperBound, by: atATime).flatMap { start in
                let logits = Array(pass.logits(start..<min(start + atATime, outputs.upperBound)))
                return stride(from: 0, to: logits.count, by: vocabulary).map { Array(logits[$0..<$0 + vocabulary]) }
            }
        }
    }

    static func text(_ count: Int, seed: UInt64 = 3) -> [Token] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Token(3 + random.below(TinyModel.vocabulary - 3)) }
    }
}
