import CKernels
import Foundation
import Testing

@testable import Inference

@Suite("Quantising a model")
struct ModelQuantiserTests {
    /// F32 weights of these names and shapes, values small and varied.
    private func model(_ tensors: [(name: String, shape: [Int])], layers: UInt32 = 8) throws -> GGUFFile {
        var writer = GGUFWriter()
        writer.set("general.architecture", .string("llama"))
        writer.set("general.file_type", .uint32(0))
        writer.set("llama.block_count", .uint32(layers))
        for (name, shape) in tensors {
            var bytes: [UInt8] = []
            for index in 0..<shape.reduce(1, *) {
                bytes.append(littleEndian: (Float(index * 37 % 101) / 101 - 0.5).bitPattern)
            }
            try writer.add(name, type: .f32, shape: shape, bytes: bytes)
        }
        return try GGUFFile(bytes: writer.encoded(), source: "m.gguf")
    }

    private func types(_ file: GGUFFile, _ recipe: QuantisationRecipe) throws -> [String] {
        try ModelQuantiser(file, recipe: recipe).steps.map { $0.type?.name ?? "kept" }
    }

    @Test("norms, biases and routers stay; the output matrix and some layers get a better type")
    func recipe() throws {
        let file = try model([
            ("token_embd.weight", [256, 4]), ("output.weight", [256, 4]), ("output_norm.weight", [256]),
            ("blk.0.attn_q.weight", [256, 2]), ("blk.0.attn_v.weight", [256, 2]), ("blk.1.attn_v.weight", [256, 2]),
            ("blk.0.attn_q.bias", [256]), ("blk.0.ffn_gate_inp.weight", [256, 2]),
        ])
        #expect(try types(file, .q80) == ["Q8_0", "Q8_0", "kept", "Q8_0", "Q8_0", "Q8_0", "kept", "kept"])
        #expect(try types(file, .q40) == ["Q4_0", "Q6_K", "kept", "Q4_0", "Q4_0", "Q4_0", "kept", "kept"])
        #expect(try types(file, .q4K) == ["Q4_K", "Q6_K", "kept", "Q4_K", "Q6_K", "Q4_K", "kept", "kept"])
        #expect(try types(file, .q6K) == ["Q6_K", "Q6_K", "kept", "Q6_K", "Q6_K", "Q6_K", "kept", "kept"])
    }

    @Test("embeddings that serve as the output get the output's type")
    func tied() throws {
        #expect(try types(model([("token_embd.weight", [256, 4])]), .q4K) == ["Q6_K"])
    }

    @Test("rows that do not fit a type's blocks get a larger one, and that is said")
    func fallback() throws {
        let file = try model([
            ("output.weight", [256, 2]), ("blk.0.ffn_up.weight", [96, 2]), ("blk.0.attn_k.weight", [40, 2]),
        ])
        let steps = try ModelQuantiser(file, recipe: .q4K).steps
        #expect(steps.map { $0.type?.name } == ["Q6_K", "Q8_0", "F16"])
        #expect(steps.map(\.isFallback) == [false, true, true])
    }

    @Test("values come back as near as the type allows, whatever the number of threads", arguments: [1, 3])
    func values(threads: Int) throws {
        try withTemporaryFolder { folder in
            let file = try model([
                ("output.weight", [256, 7]), ("norm.weight", [4]), ("blk.0.ffn_up.weight", [64, 5, 3]),
            ])
            let path = folder + "/q.gguf"
            try ModelQuantiser(file, recipe: .q80).write(to: path, pool: WorkerPool(threads: threads)) { _ in }
            let written = try GGUFFile(path: path)
            #expect(try written.metadata.int("general.file_type") == 7)
            #expect(try written.metadata.int("general.quantization_version") == 2)
            #expect(written.tensors.map(\.shape) == file.tensors.map(\.shape))
            for name in ["output.weight", "blk.0.ffn_up.weight"] {
                let (before, after) = (try file.requiredTensor(name), try written.requiredTensor(name))
                #expect(after.type == .q8_0)
                for (x, y) in zip(dequantised(before), dequantised(after)) { #expect(abs(x - y) < 0.003) }
            }
            #expect(
                Array(try written.requiredTensor("norm.weight").bytes)
                    == Array(try file.requiredTensor("norm.weight").bytes))
        }
    }

    private func dequantised(_ tensor: GGUFTensor) -> [Float] {
        [Float](unsafeUninitializedCapacity: tensor.elementCount) { floats, count in
            if let start = floats.baseAddress, let bytes = tensor.bytes.baseAddress {
                ck_dequantise(tensor.type.kernelType, bytes, Int64(tensor.elementCount), start)
            }
            count = tensor.elementCount
        }
    }

    @Test("what is quantised already, or has no weights, is refused")
    func refused() throws {
        var writer = GGUFWriter()
        try writer.add("output.weight", type: .q4_K, shape: [256, 1], bytes: Array(repeating: 0, count: 144))
        let quantised = try GGUFFile(bytes: writer.encoded(), source: "m.gguf")
        #expect { try ModelQuantiser(quantised, recipe: .q80) } throws: {
            "\($0)" == "m.gguf: tensor output.weight is Q4_K already; quantise the F16 or F32 model instead"
        }
        let vocabulary = try GGUFFile(bytes: GGUFWriter().encoded(), source: "v.gguf")
        #expect { try ModelQuantiser(vocabulary, recipe: .q80) } throws: {
            "\($0)".contains("there are no weights to quantise")
        }
    }

    @Test("an interruption leaves nothing behind")
    func interruption() throws {
        try withTemporaryFolder { folder in
            let file = try model([("output.weight", [256, 2]), ("blk.0.ffn_up.weight", [256, 2])])
            let quantiser = try ModelQuantiser(file, recipe: .q80)
            #expect(throws: CancellationError.self) {
                try quantiser.write(to: folder + "/q.gguf", pool: WorkerPool(threads: 1)) { step in
                    if step.tensor.name == "blk.0.ffn_up.weight" { throw CancellationError() }
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }
}
