import Testing

@testable import Inference

@Suite("Architectures")
struct ArchitectureTests {
    @Test("an unknown architecture is named, with those that are known")
    func unknown() async throws {
        try await TinyModel(architecture: "mamba").withFile { path in
            let error = #expect(throws: InferenceError.self) { try Passes(path) }
            #expect(error?.code == .unsupportedArchitecture)
            #expect(error?.message.contains("'mamba'") == true)
            for architecture in Architecture.all { #expect(error?.message.contains(architecture.name) == true) }
        }
    }

    @Test(
        "a missing tensor or number is named",
        arguments: [
            ("blk.1.ffn_down.weight", InferenceError.Code.invalidTensor), ("output_norm.weight", .invalidTensor),
            ("llama.block_count", .invalidMetadata), ("llama.attention.head_count", .invalidMetadata),
        ])
    func missing(_ name: String, _ code: InferenceError.Code) async throws {
        try await TinyModel(missing: [name]).withFile { path in
            let error = #expect(throws: InferenceError.self) { try Passes(path) }
            #expect(error?.code == code)
            #expect(error?.message.contains(name) == true)
        }
    }

    @Test(
        "numbers that no model has are refused",
        arguments: [
            ("llama.block_count", GGUFValue.uint32(0)), ("llama.block_count", .uint64(1 << 60)),
            ("llama.attention.head_count", .uint32(3)), ("llama.attention.head_count_kv", .uint32(3)),
            ("llama.attention.key_length", .uint32(7)), ("llama.embedding_length", .int32(-64)),
            ("llama.rope.dimension_count", .uint32(18)), ("llama.rope.freq_base", .float32(.nan)),
            ("llama.rope.scaling.type", .string("longrope")), ("llama.expert_count", .uint32(5)),
        ])
    func nonsense(_ key: String, _ value: GGUFValue) async throws {
        try await TinyModel(metadata: [(key, value)]).withFile { path in
            _ = #expect(throws: InferenceError.self) { try Passes(path) }
        }
    }

    @Test("a tensor of another shape than the metadata implies is refused, with both shapes")
    func shape() async throws {
        try await TinyModel(metadata: [("llama.feed_forward_length", .uint32(64))]).withFile { path in
            let error = #expect(throws: InferenceError.self) { try Passes(path) }
            #expect(error?.code == .invalidTensor)
            #expect(error?.message.contains("[64, 96]") == true && error?.message.contains("[64, 64]") == true)
        }
    }

    @Test("attention spans begin where they should")
    func spans() {
        #expect(AttentionSpan.all.start(for: 9) == 0)
        #expect(AttentionSpan.window(4).start(for: 9) == 6)
        #expect(AttentionSpan.window(40).start(for: 9) == 0)
        #expect(AttentionSpan.chunk(4).start(for: 9) == 8)
        #expect(AttentionSpan.chunk(4).start(for: 8) == 8)
    }
}
