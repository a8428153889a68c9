/// What a file says about one of its tensors, whether or not its type can be computed with.
package struct GGUFTensorInfo: Sendable {
    package let name: String
    package let layout: GGUFTensorLayout
    /// In the file's order: `shape[0]` is the length of a row.
    package let shape: [Int]
    let storage: FileBytes
    let range: Range<Int>

    package var byteCount: Int { range.count }
    /// Cannot overflow: the bytes of the tensor were counted when the file was opened.
    package var elementCount: Int { shape.reduce(1, *) }
    /// Valid for as long as the file, or this value, is referred to.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage.buffer[range]) }
}

/// A tensor of a type that the kernels read.
package struct GGUFTensor: Sendable {
    package let name: String
    package let type: TensorType
    /// In the file's order: `shape[0]` is the length of a row, `shape[1]` how many rows there are.
    package let shape: [Int]
    private let storage: FileBytes
    private let range: Range<Int>

    /// The encoded rows, one after another. Valid while this value, another of the same file, or the file itself is held.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage.buffer[range]) }
    package var elementCount: Int { shape.reduce(1, *) }
    package var rowLength: Int { shape[0] }
    package var rowCount: Int { shape.dropFirst().reduce(1, *) }

    package init(_ info: GGUFTensorInfo, source: String) throws(InferenceError) {
        guard let type = TensorType(rawValue: info.layout.code) else {
            let known = TensorType.allCases.map(\.name).joined(separator: ", ")
            throw InferenceError(
                .unsupportedType,
                "\(source): tensor \(info.name) is of type \(info.layout.name), which is not supported; use a file of \(known)"
            )
        }
        name = info.name
        self.type = type
        shape = info.shape
        storage = info.storage
        range = info.range
    }
}
