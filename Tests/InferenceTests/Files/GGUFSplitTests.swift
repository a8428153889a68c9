import Testing

@testable import Inference

@Suite("Split model files")
struct GGUFSplitTests {
    /// Parts of a model with one tensor each, written as `prefix-0000N-of-0000M.gguf`; answers their paths.
    private func writeParts(
        _ count: Int, in folder: String, number: (Int) -> Int = { $0 }, promised: Int? = nil
    ) throws -> [String] {
        try (0..<count).map { index in
            var writer = GGUFWriter()
            if index == 0 { writer.set("general.architecture", .string("llama")) }
            writer.set("split.no", .uint16(UInt16(number(index))))
            writer.set("split.count", .uint16(UInt16(count)))
            writer.set("split.tensors.count", .int32(Int32(promised ?? count)))
            try writer.add("w\(index)", type: .f32, shape: [1], bytes: [UInt8(index), 0, 0, 0])
            let path = "\(folder)/m-0000\(index + 1)-of-0000\(count).gguf"
            try writer.write(to: path)
            return path
        }
    }

    @Test("the first part brings in the others")
    func joined() throws {
        try withTemporaryFolder { folder in
            let paths = try writeParts(3, in: folder)
            let file = try GGUFFile(path: paths[0])
            #expect(file.tensors.map(\.name) == ["w0", "w1", "w2"])
            #expect(try file.requiredTensor("w2").bytes[0] == 2)
            #expect(file.paths == paths)
            #expect(try file.metadata.string("general.architecture") == "llama")
        }
    }

    @Test("another part names the first; a missing or strange one is named")
    func errors() throws {
        try withTemporaryFolder { folder in
            let paths = try writeParts(2, in: folder)
            #expect { try GGUFFile(path: paths[1]) } throws: { "\($0)".hasSuffix("name the first part, \(paths[0])") }
        }
        try withTemporaryFolder { folder in
            let paths = try writeParts(2, in: folder, number: { _ in 0 })
            #expect { try GGUFFile(path: paths[0]) } throws: {
                "\($0)".contains("expected part 2 of 2, found `split.no` 0")
            }
        }
        try withTemporaryFolder { folder in
            let paths = try writeParts(2, in: folder, promised: 5)
            #expect { try GGUFFile(path: paths[0]) } throws: { "\($0)".contains("hold 2 tensors where") }
        }
    }

    @Test("a part that is absent is named")
    func absent() throws {
        try withTemporaryFolder { folder in
            var writer = GGUFWriter()
            writer.set("split.no", .uint16(0))
            writer.set("split.count", .uint16(2))
            let path = folder + "/m-00001-of-00002.gguf"
            try writer.write(to: path)
            #expect { try GGUFFile(path: path) } throws: {
                "\($0)".hasPrefix("cannot open \(folder)/m-00002-of-00002.gguf")
            }
        }
    }
}
