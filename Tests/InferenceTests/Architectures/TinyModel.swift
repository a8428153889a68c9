import Foundation
import Inference
import Testing

/// A model of a few thousand random weights, the same for the same seed, written to a temporary file.
struct TinyModel {
    var architecture = "llama"
    /// F32 or Q8_0.
    var type = TensorType.f32
    var layers = 2
    var width = 64
    var heads = 4
    var keyValueHeads = 2
    var headWidth = 16
    var feedForwardWidth = 96
    var experts = 0
    var contextLength = 512
    var tied = false
    var seed: UInt64 = 1
    /// Beside those that every file has.
    var metadata: [(String, GGUFValue)] = []
    /// Names that are left out, to see what happens.
    var missing: Set<String> = []

    static let vocabulary = 300

    /// One of each architecture.
    static var all: [TinyModel] {
        var models = ["llama", "qwen2", "qwen3", "starcoder2", "granite"].map { TinyModel(architecture: $0) }
        models.append(TinyModel(architecture: "llama", experts: 4))
        models.append(TinyModel(architecture: "qwen3moe", experts: 4))
        models.append(
            TinyModel(
                architecture: "llama4", layers: 4, experts: 4,
                metadata: [
                    ("llama4.attention.chunk_size", .uint32(8)), ("llama4.attention.temperature_length", .uint32(4)),
                    ("llama4.interleave_moe_layer_step", .uint32(2)),
                ]))
        return models
    }

    /// The same with weights in blocks of 32.
    func quantised() -> TinyModel {
        var model = self
        model.type = .q8_0
        return model
    }

    /// Writes the model, hands over its path, and removes it.
    func withFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.path + "/tiny-\(UUID().uuidString).gguf"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(to: path)
        return try await body(path)
    }

    func write(to path: String) throws {
        var writer = GGUFWriter()
        for (key, value) in keys where !missing.contains(key) { writer.set(key, value) }
        var random = SeededGenerator(seed: seed)
        for (name, shape, scale) in tensors {
            let values = (0..<shape.reduce(1, *)).map { _ in
                name.contains("norm.weight") ? 1 + 0.2 * random.normal() : scale * random.normal()
            }
            if missing.contains(name) { continue }
            let isMatrix = shape.count > 1 && !name.contains("ffn_gate_inp")
            let type = isMatrix ? type : .f32
            try writer.add(
                name, type: type, shape: shape, bytes: type == .q8_0 ? Self.eightBit(values) : Self.floats(values))
        }
        try writer.write(to: path)
    }

    private static func floats(_ values: [Float]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    /// Q8_0: 32 elements share a scale, their largest magnitude ÷ 127.
    private static func eightBit(_ values: [Float]) -> [UInt8] {
        stride(from: 0, to: values.count, by: 32).flatMap { start in
            let block = values[start..<start + 32]
            let scale = Float16(block.map(abs).max().map { $0 / 127 } ?? 0)
            let numbers = block.map { UInt8(bitPattern: Int8(($0 / Float(scale)).rounded())) }
            return withUnsafeBytes(of: scale.bitPattern.littleEndian) { Array($0) } + numbers
        }
    }

    private var keys: [(String, GGUFValue)] {
        let pieces =
            ["<unk>", "<s>", "</s>"] + (0..<256).map { "<0x" + String(format: "%02X", $0) + ">" }
            + (259..<Self.vocabulary).map { "▁w\($0)" }
        let kinds: [Int32] =
            [2, 3, 3] + Array(repeating: 6, count: 256) + Array(repeating: 1, count: Self.vocabulary - 259)
        var keys: [(String, GGUFValue)] = [
            ("general.architecture", .string(architecture)),
            (architecture + ".block_count", .uint32(UInt32(layers))),
            (architecture + ".context_length", .uint32(UInt32(contextLength))),
            (architecture + ".embedding_length", .uint32(UInt32(width))),
            (architecture + ".feed_forward_length", .uint32(UInt32(feedForwardWidth))),
            (architecture + ".attention.head_count", .uint32(UInt32(heads))),
            (architecture + ".attention.head_count_kv", .uint32(UInt32(keyValueHeads))),
            (architecture + ".attention.key_length", .uint32(UInt32(headWidth))),
            (architecture + ".attention.value_length", .uint32(UInt32(headWidth))),
            (architecture + ".rope.dimension_count", .uint32(UInt32(headWidth))),
            (architecture + ".attention.layer_norm_rms_epsilon", .float32(1e-5)),
            (architecture + ".attention.layer_norm_epsilon", .float32(1e-5)),
            ("tokenizer.ggml.model", .string("llama")),
            ("tokenizer.ggml.tokens", .array(GGUFArray(pieces))),
            ("tokenizer.ggml.scores", .array(GGUFArray((0..<Self.vocabulary).map { -Float($0) }))),
            ("tokenizer.ggml.token_type", .array(GGUFArray(kinds))),
            ("tokenizer.ggml.bos_token_id", .uint32(1)),
            ("tokenizer.ggml.eos_token_id", .uint32(2)),
        ]
        if experts > 0 {
            keys.append((architecture + ".expert_count", .uint32(UInt32(experts))))
            keys.append((architecture + ".expert_used_count", .uint32(architecture == "llama4" ? 1 : 2)))
            keys.append((architecture + ".expert_feed_forward_length", .uint32(UInt32(feedForwardWidth))))
        }
        if architecture == "granite" {
            keys.append(("granite.embedding_scale", .float32(6)))
            keys.append(("granite.residual_scale", .float32(0.4)))
            keys.append(("granite.attention.scale", .float32(0.1)))
            keys.append(("granite.logit_scale", .float32(2)))
        }
        return keys + metadata
    }

    /// Name, shape, and the deviation of the weights.
    private var tensors: [(String, [Int], Float)] {
        let deviation = 1.1 / Float(width).squareRoot()
        let biased = architecture == "starcoder2"
        var tensors: [(String, [Int], Float)] = []
        func matrix(_ name: String, _ rows: Int, _ columns: Int, bias: Bool) {
            tensors.append((name + ".weight", [columns, rows], 1.1 / Float(columns).squareRoot()))
            if bias { tensors.append((name + ".bias", [rows], 0.2)) }
        }
        func norm(_ name: String) {
            tensors.append((name + ".weight", [width], 1))
            if biased { tensors.append((name + ".bias", [width], 0.2)) }
        }
        tensors.append(("token_embd.weight", [width, Self.vocabulary], tied ? 0.15 : 1))
        norm("output_norm")
        if !tied { tensors.append(("output.weight", [width, Self.vocabulary], 3 * deviation)) }
        for layer in 0..<layers {
            let block = "blk.\(layer)."
            norm(block + "attn_norm")
            norm(block + "ffn_norm")
            matrix(block + "attn_q", heads * headWidth, width, bias: biased || architecture == "qwen2")
            matrix(block + "attn_k", keyValueHeads * headWidth, width, bias: biased || architecture == "qwen2")
            matrix(block + "attn_v", keyValueHeads * headWidth, width, bias: biased || architecture == "qwen2")
            matrix(block + "attn_output", width, heads * headWidth, bias: biased)
            if architecture.hasPrefix("qwen3") {
                tensors.append((block + "attn_q_norm.weight", [headWidth], 1))
                tensors.append((block + "attn_k_norm.weight", [headWidth], 1))
            }
            let hasExperts = experts > 0 && (architecture != "llama4" || layer % 2 == 1)
            if hasExperts {
                tensors.append((block + "ffn_gate_inp.weight", [width, experts], 3 * deviation))
                for name in ["gate", "up"] {
                    tensors.append((block + "ffn_\(name)_exps.weight", [width, feedForwardWidth, experts], deviation))
                }
                tensors.append((block + "ffn_down_exps.weight", [feedForwardWidth, width, experts], deviation))
            }
            guard !hasExperts || architecture == "llama4" else { continue }
            let suffix = hasExperts ? "_shexp" : ""
            if architecture != "starcoder2" {
                matrix(block + "ffn_gate" + suffix, feedForwardWidth, width, bias: false)
            }
            matrix(block + "ffn_up" + suffix, feedForwardWidth, width, bias: biased)
            matrix(block + "ffn_down" + suffix, width, feedForwardWidth, bias: biased)
        }
        return tensors
    }
}

extension TinyModel: CustomTestStringConvertible {
    var testDescription: String {
        architecture + (experts > 0 ? " with experts" : "") + (type == .f32 ? "" : " in \(type.name)")
    }
}
