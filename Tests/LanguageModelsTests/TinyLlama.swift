import Inference
import LanguageModels

/// A Llama of one layer and random weights over a toy vocabulary, in memory.
struct TinyLlama {
    var vocabulary: [(String, GGUFValue)]
    var contextLength = 512
    var metadata: [(String, GGUFValue)] = []

    /// The vocabulary that repair models have, of single bytes.
    static func withFIM(_ metadata: [(String, GGUFValue)] = []) throws -> TinyLlama {
        TinyLlama(
            vocabulary: try ToyVocabulary.byteLevel(
                RepairReference.special, [("tokenizer.ggml.eos_token_id", .uint32(0))]), metadata: metadata)
    }

    var model: LocalModel { get throws { try LocalModel(GGUFFile(bytes: encoded, source: "tiny.gguf")) } }

    var encoded: [UInt8] {
        get throws {
            var writer = GGUFWriter()
            let width = 32
            let count = try vocabulary.tokenizer.count
            for (key, value) in vocabulary + keys + metadata { writer.set(key, value) }
            var state: UInt64 = 7
            func add(_ name: String, _ shape: [Int], isNorm: Bool = false) throws {
                let deviation = 1.5 / Float(shape[0]).squareRoot()
                let values = (0..<shape.reduce(1, *)).map { _ -> Float in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let uniform = Float(state >> 40) / Float(1 << 24) * 2 - 1
                    return isNorm ? 1 + 0.2 * uniform : deviation * uniform * 1.7
                }
                try writer.add(name, type: .f32, shape: shape, bytes: values.withUnsafeBytes { Array($0) })
            }
            try add("token_embd.weight", [width, count])
            try add("output_norm.weight", [width], isNorm: true)
            try add("output.weight", [width, count])
            try add("blk.0.attn_norm.weight", [width], isNorm: true)
            try add("blk.0.ffn_norm.weight", [width], isNorm: true)
            for name in ["attn_q", "attn_k", "attn_v", "attn_output"] {
                try add("blk.0.\(name).weight", [width, width])
            }
            for name in ["ffn_gate", "ffn_up"] { try add("blk.0.\(name).weight", [width, 64]) }
            try add("blk.0.ffn_down.weight", [64, width])
            return try writer.encoded()
        }
    }

    private var keys: [(String, GGUFValue)] {
        [
            ("general.architecture", .string("llama")), ("llama.block_count", .uint32(1)),
            ("llama.context_length", .uint32(UInt32(contextLength))), ("llama.embedding_length", .uint32(32)),
            ("llama.feed_forward_length", .uint32(64)), ("llama.attention.head_count", .uint32(2)),
            ("llama.attention.head_count_kv", .uint32(2)), ("llama.attention.layer_norm_rms_epsilon", .float32(1e-5)),
        ]
    }
}

/// A generation as its consumer sees it.
struct Collected: Equatable {
    struct Sample: Equatable {
        var text = ""
        var ending: TextEvent.Ending?
        var logLikelihood: Double?
    }

    var samples: [Int: Sample] = [:]
    var usage: TokenUsage?

    init(_ stream: TextStream) async throws {
        for try await event in stream {
            switch event {
            case .text(let sample, let text): samples[sample, default: Sample()].text += text
            case .finished(let sample, let ending, let likelihood):
                samples[sample, default: Sample()].ending = ending
                samples[sample]?.logLikelihood = likelihood
            case .usage(let bill): usage = bill
            }
        }
    }
}
