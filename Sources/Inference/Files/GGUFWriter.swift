/// Writes GGUF version 3: metadata and tensors in the order in which they were added.
///
///     var writer = GGUFWriter()
///     writer.set("general.architecture", .string("llama"))
///     writer.add("token_embd.weight", type: .f32, shape: [64, 1000], bytes: weights)
///     try writer.write(to: "model.gguf")
///
/// The file appears under its name only when it is whole.
package struct GGUFWriter {
    /// Produces a tensor's bytes piecewise; called once, while the file is written.
    package typealias Producer = (_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void

    private struct Tensor {
        let name: String
        let layout: GGUFTensorLayout
        let shape: [Int]
        let byteCount: Int
        let produce: Producer
    }

    package static let alignment = 32
    private var entries: [(key: String, type: GGUFValueType, encoded: [UInt8])] = []
    private var tensors: [Tensor] = []

    package init() {}

    /// Adds a key, or replaces its value in place.
    package mutating func set(_ key: String, _ value: GGUFValue) {
        var encoded: [UInt8] = []
        encoded.append(value)
        set(key, value.type, encoded)
    }

    /// Adds every entry exactly as it is in another file, but for those that concern the file and not the model.
    package mutating func copy(_ metadata: GGUFMetadata) {
        for entry in metadata.entries where entry.key != "general.alignment" && !entry.key.hasPrefix("split.") {
            set(entry.key, entry.type, Array(entry.encoded))
        }
    }

    private mutating func set(_ key: String, _ type: GGUFValueType, _ encoded: [UInt8]) {
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = (key, type, encoded)
        } else {
            entries.append((key, type, encoded))
        }
    }

    /// `shape[0]` is the row length. `bytes` are the encoded rows, exactly as many as type and shape need.
    package mutating func add(_ name: String, type: TensorType, shape: [Int], bytes: [UInt8]) throws(InferenceError) {
        try add(name, layoutCode: type.rawValue, shape: shape) { write in try bytes.withUnsafeBytes(write) }
    }

    package mutating func add(_ name: String, type: TensorType, shape: [Int], producing: @escaping Producer)
        throws(InferenceError)
    {
        try add(name, layoutCode: type.rawValue, shape: shape, producing: producing)
    }

    /// Adds a tensor of another file as it is, whatever its type.
    package mutating func add(_ tensor: GGUFTensorInfo) throws(InferenceError) {
        try add(tensor.name, layoutCode: tensor.layout.code, shape: tensor.shape) { write in try write(tensor.bytes) }
    }

    /// Adds a tensor like another file's, with bytes that `producing` gives.
    mutating func add(_ tensor: GGUFTensorInfo, producing: @escaping Producer) throws(InferenceError) {
        try add(tensor.name, layoutCode: tensor.layout.code, shape: tensor.shape, producing: producing)
    }

    private mutating func add(_ name: String, layoutCode: UInt32, shape: [Int], producing: @escaping Producer)
        throws(InferenceError)
    {
        guard let layout = GGUFTensorLayout(code: layoutCode), let byteCount = layout.byteCount(shape: shape) else {
            throw InferenceError(
                .invalidTensor, "tensor \(name) cannot be stored: its rows of \(shape.first ?? 0) are no whole blocks")
        }
        tensors.append(
            Tensor(name: name, layout: layout, shape: shape, byteCount: byteCount, produce: producing))
    }

    /// Writes to a temporary name beside `path`, then renames; whatever is thrown, nothing is left behind.
    package func write(to path: String) throws {
        let file = try PartialFile(for: path)
        try write(file.append)
        try file.complete()
    }

    /// The file's bytes, for tests and small files.
    package func encoded() throws -> [UInt8] {
        var bytes: [UInt8] = []
        try write { bytes.append(contentsOf: $0) }
        return bytes
    }

    private func write(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let header = header()
        try header.withUnsafeBytes(sink)
        for tensor in tensors {
            var written = 0
            try tensor.produce { bytes in
                written += bytes.count
                try sink(bytes)
            }
            guard written == tensor.byteCount else {
                throw InferenceError(
                    .invalidTensor, "tensor \(tensor.name) needs \(tensor.byteCount) bytes, \(written) were given")
            }
            try Self.padding(after: written).withUnsafeBytes(sink)
        }
    }

    private func header() -> [UInt8] {
        var bytes = Array("GGUF".utf8)
        bytes.append(littleEndian: 3 as UInt32)
        bytes.append(littleEndian: UInt64(tensors.count))
        bytes.append(littleEndian: UInt64(entries.count))
        for entry in entries {
            bytes.append(string: entry.key.utf8)
            bytes.append(littleEndian: entry.type.rawValue)
            bytes.append(contentsOf: entry.encoded)
        }
        var offset = 0
        for tensor in tensors {
            bytes.append(string: tensor.name.utf8)
            bytes.append(littleEndian: UInt32(tensor.shape.count))
            for dimension in tensor.shape { bytes.append(littleEndian: UInt64(dimension)) }
            bytes.append(littleEndian: tensor.layout.code)
            bytes.append(littleEndian: UInt64(offset))
            offset += tensor.byteCount + Self.padding(after: tensor.byteCount).count
        }
        return bytes + Self.padding(after: bytes.count)
    }

    private static func padding(after count: Int) -> [UInt8] {
        Array(repeating: 0, count: (alignment - count % alignment) % alignment)
    }
}
