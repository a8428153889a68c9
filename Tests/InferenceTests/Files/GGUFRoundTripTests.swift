import Foundation
import Testing

@testable import Inference

@Suite("GGUF, written and read")
struct GGUFRoundTripTests {
    @Test("every type of value comes back as it was")
    func values() throws {
        var writer = GGUFWriter()
        let values: [(String, GGUFValue)] = [
            ("u8", .uint8(200)), ("i8", .int8(-100)), ("u16", .uint16(60_000)), ("i16", .int16(-30_000)),
            ("u32", .uint32(4_000_000_000)), ("i32", .int32(-2_000_000_000)), ("f32", .float32(1.5)),
            ("bool", .bool(true)),
            ("string", .string("grün\n")), ("u64", .uint64(1 << 60)), ("i64", .int64(-1 << 60)), ("f64", .float64(0.1)),
        ]
        for (key, value) in values { writer.set(key, value) }
        let metadata = try GGUFFile(bytes: writer.encoded()).metadata
        #expect(metadata.keys == values.map(\.0))
        for (key, value) in values { #expect(metadata[key].map { "\($0)" } == "\(value)") }
    }

    @Test("arrays of every kind come back, nested ones too")
    func arrays() throws {
        var writer = GGUFWriter()
        writer.set("strings", .array(GGUFArray(["a", "", "ß"])))
        writer.set("ints", .array(GGUFArray([-1, 2] as [Int32])))
        writer.set("floats", .array(GGUFArray([0.5, -2] as [Float])))
        writer.set("bools", .array(GGUFArray([true, false])))
        writer.set("nested", .array(GGUFArray([GGUFArray([7] as [UInt32]), GGUFArray(["x", "y"])])))
        let metadata = try GGUFFile(bytes: writer.encoded()).metadata
        #expect(try metadata.strings("strings") == ["a", "", "ß"])
        #expect(try metadata.ints("ints") == [-1, 2])
        #expect(try metadata.floats("floats") == [0.5, -2])
        #expect(metadata["bools"]?.array?.bools() == [true, false])
        let nested = try #require(metadata["nested"]?.array?.arrays())
        #expect(nested.map(\.count) == [1, 2])
        #expect(nested[0].ints() == [7])
        #expect(nested[1].strings() == ["x", "y"])
    }

    @Test("tensors come back with names, shapes, types and bytes, each at a multiple of the alignment")
    func tensors() throws {
        var writer = GGUFWriter()
        let row = (0..<34).map { UInt8($0) }
        try writer.add("blk.0.w", type: .q8_0, shape: [32, 3], bytes: row + row + row)
        try writer.add("norm", type: .f32, shape: [2], bytes: [0, 0, 128, 63, 0, 0, 0, 64])
        let file = try GGUFFile(bytes: writer.encoded())
        let weights = try file.requiredTensor("blk.0.w")
        #expect(weights.type == .q8_0)
        #expect(weights.shape == [32, 3])
        #expect((weights.rowLength, weights.rowCount, weights.elementCount) == (32, 3, 96))
        #expect(Array(weights.bytes) == row + row + row)
        #expect(Array(try file.requiredTensor("norm").bytes) == [0, 0, 128, 63, 0, 0, 0, 64])
        #expect(file.version == 3)
        #expect(try file.tensor("absent") == nil)
    }

    @Test("a mapped file outlives the object that opened it as long as a tensor is held")
    func mapping() throws {
        try withTemporaryFolder { folder in
            var writer = GGUFWriter()
            try writer.add("w", type: .f16, shape: [2], bytes: [1, 2, 3, 4])
            try writer.write(to: folder + "/m.gguf")
            let tensor = try GGUFFile(path: folder + "/m.gguf").requiredTensor("w")
            #expect(Array(tensor.bytes) == [1, 2, 3, 4])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["m.gguf"])
        }
    }

    @Test("version 2 reads like version 3")
    func versionTwo() throws {
        var writer = GGUFWriter()
        writer.set("general.name", .string("old"))
        try writer.add("w", type: .f32, shape: [1], bytes: [0, 0, 0, 0])
        var bytes = try writer.encoded()
        bytes[4] = 2
        let file = try GGUFFile(bytes: bytes)
        #expect(file.version == 2)
        #expect(try file.metadata.string("general.name") == "old")
    }

    @Test("copied metadata is the same but for what concerns the file alone")
    func copying() throws {
        var original = GGUFWriter()
        original.set("general.name", .string("a"))
        original.set("general.alignment", .uint32(64))
        original.set("split.count", .uint16(1))
        original.set("tokens", .array(GGUFArray(bytes: [[0xFF], []])))
        var copy = GGUFWriter()
        copy.copy(try GGUFFile(bytes: original.encoded()).metadata)
        copy.set("general.name", .string("b"))
        let metadata = try GGUFFile(bytes: copy.encoded()).metadata
        #expect(metadata.keys == ["general.name", "tokens"])
        #expect(try metadata.string("general.name") == "b")
        #expect(
            metadata["tokens"]?.array.map { Array($0.encoded) } == [
                1, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0,
            ])
    }

    @Test("a file that could not be written whole is not there, and neither is its beginning")
    func failedWrite() throws {
        struct Stop: Error {}
        try withTemporaryFolder { folder in
            var writer = GGUFWriter()
            try writer.add("a", type: .f32, shape: [1], bytes: [0, 0, 0, 0])
            try writer.add("b", type: .f32, shape: [1]) { _ in throw Stop() }
            #expect(throws: Stop.self) { try writer.write(to: folder + "/m.gguf") }
            var short = GGUFWriter()
            try short.add("c", type: .f32, shape: [2], bytes: [0])
            #expect { try short.write(to: folder + "/m.gguf") } throws: {
                "\($0)" == "tensor c needs 8 bytes, 1 were given"
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }
}
