import Foundation
import Testing

@testable import Inference

@Suite("GGUF files that cannot be used")
struct GGUFErrorTests {
    private func message(_ bytes: [UInt8]) -> String {
        do {
            _ = try GGUFFile(bytes: bytes, source: "m.gguf")
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    /// A header with these fields, and what follows them.
    private func header(tensors: UInt64 = 0, entries: UInt64 = 0, _ rest: [UInt8] = []) -> [UInt8] {
        var bytes = Array("GGUF".utf8) + [3, 0, 0, 0]
        bytes.append(littleEndian: tensors)
        bytes.append(littleEndian: entries)
        return bytes + rest
    }

    private func tensor(_ name: String, _ shape: [UInt64], type: UInt32, offset: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(string: name.utf8)
        bytes.append(littleEndian: UInt32(shape.count))
        for dimension in shape { bytes.append(littleEndian: dimension) }
        bytes.append(littleEndian: type)
        bytes.append(littleEndian: offset)
        return bytes
    }

    private func entry(_ key: String, _ type: UInt32, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(string: key.utf8)
        bytes.append(littleEndian: type)
        return bytes + payload
    }

    @Test("what is no GGUF file is said to be none")
    func notGGUF() {
        #expect(message([]) == "m.gguf: too short to be a GGUF file")
        #expect(
            message(Array("PK\u{3}\u{4}aaaaaaaaaaaaaaaaaaaaaaaa".utf8)).contains("its first four bytes are not `GGUF`"))
        #expect(
            message(Array("GGUF".utf8) + [1, 0, 0, 0])
                == "m.gguf: GGUF version 1 is not supported; versions 2 and 3 are")
        #expect(message(Array("GGUF".utf8) + [0, 0, 0, 3]).contains("is big-endian"))
    }

    @Test("counts that no file holds are refused before anything is allocated")
    func absurdCounts() {
        #expect(message(header(tensors: 1 << 40)).contains("do not fit the 0 bytes"))
        #expect(message(header(tensors: .max)).contains("which no file holds"))
        #expect(message(header(entries: 1 << 62)).contains("do not fit"))
        var strings: [UInt8] = []
        strings.append(littleEndian: GGUFValueType.string.rawValue)
        strings.append(littleEndian: 1 << 61 as UInt64)
        #expect(message(header(entries: 1, entry("k", 9, strings))).contains("does not fit"))
        var floats: [UInt8] = []
        floats.append(littleEndian: GGUFValueType.float64.rawValue)
        floats.append(littleEndian: 1 << 61 as UInt64)
        #expect(message(header(entries: 1, entry("k", 9, floats))).contains("longer than any file"))
    }

    @Test("nonsense in the metadata is named with its key")
    func metadata() {
        #expect(
            message(header(entries: 1, entry("k", 99, [0, 0, 0, 0]))).contains(
                "`k` is of type 99, which does not exist"))
        let twice = entry("k", 7, [1]) + entry("k", 7, [1])
        #expect(message(header(entries: 2, twice)).contains("the metadata key `k` is there twice"))
        let alignment = entry("general.alignment", 4, [48, 0, 0, 0])
        #expect(
            message(header(entries: 1, alignment)).contains("`general.alignment` is 48, which is not a power of two"))
        #expect(message(header(entries: 1, entry("k\u{1B}[2J\n", 99, []))).contains("`k [2J `"))
    }

    @Test("arrays nest only so deep")
    func depth() {
        var nested: [UInt8] = []
        for _ in 0..<100_000 {
            nested.append(littleEndian: GGUFValueType.array.rawValue)
            nested.append(littleEndian: 1 as UInt64)
        }
        #expect(message(header(entries: 1, entry("k", 9, nested))).contains("nested deeper than 16"))
    }

    @Test("a tensor beyond the end, off the alignment, too large or of no whole blocks is named")
    func tensors() {
        let room = [UInt8](repeating: 0, count: 128)
        func one(_ shape: [UInt64], type: UInt32, offset: UInt64) -> String {
            message(header(tensors: 1, tensor("w", shape, type: type, offset: offset) + room))
        }
        #expect(one([1000], type: 0, offset: 0).contains("tensor w needs 4000 bytes from 0 on"))
        #expect(one([1], type: 0, offset: 1 << 40).contains("do not hold"))
        #expect(one([1], type: 0, offset: .max / 2 - 31).contains("do not hold"))
        #expect(one([1], type: 0, offset: 4).contains("starts at 4, which is not a multiple of 32"))
        #expect(one([33], type: 8, offset: 0).contains("33 Q8_0 has no whole blocks of 32"))
        #expect(one([1 << 32, 1 << 32], type: 0, offset: 0).contains("too large"))
        #expect(one([0], type: 0, offset: 0).contains("a dimension of 0"))
        #expect(one([1, 1, 1, 1, 1], type: 0, offset: 0).contains("5 dimensions; 4 are the most"))
        #expect(one([32], type: 77, offset: 0).contains("type 77, which is unknown here"))
        let twice = tensor("w", [1], type: 0, offset: 0) + tensor("w", [1], type: 0, offset: 32)
        #expect(message(header(tensors: 2, twice + room)).contains("the tensor w is there twice"))
    }

    @Test("a type without kernels is listed, and named when the tensor is asked for")
    func unsupportedType() throws {
        let bytes = header(tensors: 1, tensor("w", [256], type: 17, offset: 0) + [UInt8](repeating: 0, count: 256))
        let file = try GGUFFile(bytes: bytes, source: "m.gguf")
        #expect(file.tensors.map(\.layout.name) == ["IQ2_XS"])
        #expect { try file.tensor("w") } throws: {
            "\($0)".hasPrefix("m.gguf: tensor w is of type IQ2_XS, which is not supported; use a file of F32, F16,")
        }
    }

    @Test("every truncation of a file is refused with one line")
    func truncations() throws {
        var writer = GGUFWriter()
        writer.set("a.number", .uint32(3))
        writer.set("a.strings", .array(GGUFArray(["a", "", "bc"])))
        writer.set("a.nested", .array(GGUFArray([GGUFArray([1, 2] as [Int32]), GGUFArray(["x"])])))
        try writer.add("norm", type: .f32, shape: [4], bytes: Array(repeating: 1, count: 16))
        try writer.add("w", type: .q8_0, shape: [32, 2], bytes: Array(repeating: 2, count: 68))
        let whole = try writer.encoded()
        for length in 0..<whole.count - 32 {
            let message = message(Array(whole[..<length]))
            #expect(message.hasPrefix("m.gguf: ") && !message.contains("\n"), "at \(length): \(message)")
        }
    }

    @Test("values of another type and absent keys are named")
    func typedValues() throws {
        let metadata = try GGUFMetadata([("llama.block_count", .string("six"))], source: "m.gguf")
        #expect { try metadata.int("llama.block_count") } throws: {
            "\($0)" == "m.gguf: `llama.block_count` is of type string, not a whole number"
        }
        #expect { try metadata.float("llama.rope.freq_base") } throws: {
            "\($0)".contains("has no `llama.rope.freq_base`")
        }
    }

    @Test("a path that cannot be mapped says why")
    func paths() throws {
        #expect { try GGUFFile(path: "/nonexistent.gguf") } throws: {
            "\($0)" == "cannot open /nonexistent.gguf: No such file or directory"
        }
        try withTemporaryFolder { folder in
            let error = #expect(throws: InferenceError.self) { try GGUFFile(path: folder) }
            #expect(error?.message == "\(folder) is not a regular file; name a GGUF model file")
        }
    }
}
