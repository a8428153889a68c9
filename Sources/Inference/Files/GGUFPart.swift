/// One GGUF file on its own: a whole model, or one part of a split one. Everything it says is checked here.
///
/// Layout (GGUF specification): magic, version, tensor count, metadata count; the metadata; the tensors' names, shapes, types and
/// offsets; padding to `general.alignment`; the tensors' bytes. Versions 2 and 3 differ only in that 3 may be big-endian.
struct GGUFPart {
    let version: Int
    let metadata: GGUFMetadata
    let tensors: [GGUFTensorInfo]
    let byteCount: Int
    let storage: FileBytes

    /// ggml's own bound.
    private static let maximumDimensions = 4
    /// The specification's bound on a key; tensor names are 64 bytes there.
    private static let maximumNameLength = 65_535

    init(_ storage: FileBytes, source: String) throws(InferenceError) {
        self.storage = storage
        var cursor = GGUFCursor(storage.buffer, source: source)
        version = try Self.readVersion(&cursor)
        let tensorCount = try cursor.count("the number of tensors")
        let entryCount = try cursor.count("the number of metadata entries")
        // A tensor takes 24 bytes at least, an entry 13: absurd counts are found before anything is allocated for them.
        guard tensorCount <= cursor.remaining / 24, entryCount <= cursor.remaining / 13 else {
            throw cursor.malformed(
                "\(tensorCount) tensors and \(entryCount) metadata entries do not fit the \(cursor.remaining) bytes that follow"
            )
        }
        var entries: [GGUFMetadata.Entry] = []
        entries.reserveCapacity(entryCount)
        for index in 0..<entryCount {
            entries.append(try Self.readEntry(&cursor, storage, at: index))
        }
        metadata = try GGUFMetadata(entries: entries, source: source)
        tensors = try Self.readTensors(tensorCount, &cursor, storage, alignment: Self.alignment(of: metadata))
        byteCount = storage.count
    }

    private static func readVersion(_ cursor: inout GGUFCursor) throws(InferenceError) -> Int {
        guard cursor.remaining >= 8 else {
            throw InferenceError(.malformedFile, "\(cursor.source): too short to be a GGUF file")
        }
        let magic = try cursor.integer(UInt32.self, "the magic number")
        guard magic == 0x4655_4747 else {
            throw InferenceError(
                .malformedFile, "\(cursor.source): not a GGUF file; its first four bytes are not `GGUF`")
        }
        let version = try cursor.integer(UInt32.self, "the version")
        if version != 0, version.byteSwapped <= 3 {
            throw InferenceError(
                .unsupportedFile,
                "\(cursor.source): the file is big-endian; convert it again for a little-endian machine")
        }
        guard version == 2 || version == 3 else {
            throw InferenceError(
                .unsupportedFile, "\(cursor.source): GGUF version \(version) is not supported; versions 2 and 3 are")
        }
        return Int(version)
    }

    private static func readName(_ cursor: inout GGUFCursor, _ what: String) throws(InferenceError) -> String {
        let range = try cursor.text(what)
        guard range.count <= maximumNameLength else { throw cursor.malformed("\(what) is \(range.count) bytes long") }
        return cursor.string(range)
    }

    private static func readEntry(_ cursor: inout GGUFCursor, _ storage: FileBytes, at index: Int)
        throws(InferenceError) -> GGUFMetadata.Entry
    {
        let key = try readName(&cursor, "the key of metadata entry \(index)")
        let code = try cursor.integer(UInt32.self, "the type of `\(key)`")
        guard let type = GGUFValueType(rawValue: code) else {
            throw cursor.malformed("`\(key)` is of type \(code), which does not exist")
        }
        let start = cursor.offset
        switch type {
        case .string: _ = try cursor.text("`\(key)`")
        case .array: _ = try GGUFArray(reading: &cursor, storage: storage, depth: 0)
        default: _ = try cursor.take(type.byteCount ?? 0, "`\(key)`")
        }
        return GGUFMetadata.Entry(key: key, type: type, storage: storage, payload: start..<cursor.offset)
    }

    private static func alignment(of metadata: GGUFMetadata) throws(InferenceError) -> Int {
        let alignment = try metadata.optionalInt("general.alignment") ?? 32
        guard alignment > 0, alignment & (alignment - 1) == 0, alignment <= 1 << 30 else {
            throw InferenceError(
                .malformedFile, "\(metadata.source): `general.alignment` is \(alignment), which is not a power of two")
        }
        return alignment
    }

    private static func readTensors(_ count: Int, _ cursor: inout GGUFCursor, _ storage: FileBytes, alignment: Int)
        throws(InferenceError) -> [GGUFTensorInfo]
    {
        var headers: [TensorHeader] = []
        headers.reserveCapacity(count)
        for index in 0..<count { headers.append(try readHeader(&cursor, at: index)) }
        guard !headers.isEmpty else { return [] }
        // Without overflow: both are at most the file's size and 2^30.
        let dataStart = (cursor.offset + alignment - 1) & ~(alignment - 1)
        return try headers.map { header throws(InferenceError) in
            try header.place(in: storage, dataStart: dataStart, alignment: alignment, source: cursor.source)
        }
    }

    private static func readHeader(_ cursor: inout GGUFCursor, at index: Int) throws(InferenceError) -> TensorHeader {
        let name = try readName(&cursor, "the name of tensor \(index)")
        let dimensions = try cursor.integer(UInt32.self, "the number of dimensions of tensor \(name)")
        guard dimensions <= maximumDimensions else {
            throw cursor.malformed("tensor \(name) has \(dimensions) dimensions; \(maximumDimensions) are the most")
        }
        var shape: [Int] = []
        for _ in 0..<dimensions { shape.append(try cursor.count("a dimension of tensor \(name)")) }
        guard !shape.contains(0) else { throw cursor.malformed("tensor \(name) has a dimension of 0") }
        let code = try cursor.integer(UInt32.self, "the type of tensor \(name)")
        guard let layout = GGUFTensorLayout(code: code) else {
            throw InferenceError(
                .unsupportedType,
                "\(cursor.source): tensor \(name) is of type \(code), which is unknown here; the file may need a newer version"
            )
        }
        let offset = try cursor.count("the offset of tensor \(name)")
        return TensorHeader(name: name, shape: shape.isEmpty ? [1] : shape, layout: layout, offset: offset)
    }
}

/// A tensor as the header describes it, before its bytes are known to exist.
private struct TensorHeader {
    let name: String
    let shape: [Int]
    let layout: GGUFTensorLayout
    /// From the start of the tensors' bytes.
    let offset: Int

    func place(in storage: FileBytes, dataStart: Int, alignment: Int, source: String) throws(InferenceError)
        -> GGUFTensorInfo
    {
        let dimensions = shape.map(String.init).joined(separator: "×")
        guard let byteCount = layout.byteCount(shape: shape) else {
            throw InferenceError(
                .malformedFile,
                "\(source): tensor \(name) of \(dimensions) \(layout.name) has no whole blocks of \(layout.blockElements), or is too large"
            )
        }
        guard offset % alignment == 0 else {
            throw InferenceError(
                .malformedFile, "\(source): tensor \(name) starts at \(offset), which is not a multiple of \(alignment)"
            )
        }
        let (start, overflow) = dataStart.addingReportingOverflow(offset)
        guard !overflow, start <= storage.count, byteCount <= storage.count - start else {
            throw InferenceError(
                .malformedFile,
                "\(source): tensor \(name) needs \(byteCount) bytes from \(offset) on, which the file's \(storage.count) bytes do not hold; download or copy it again"
            )
        }
        return GGUFTensorInfo(
            name: name, layout: layout, shape: shape, storage: storage, range: start..<start + byteCount)
    }
}
