/// Many short byte strings in one buffer: a vocabulary without an allocation a token.
struct PackedStrings: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each string begins; one more than there are strings.
    private(set) var offsets: [Int] = [0]

    var count: Int { offsets.count - 1 }

    mutating func reserve(strings: Int, bytes byteCount: Int) {
        offsets.reserveCapacity(strings + 1)
        bytes.reserveCapacity(byteCount)
    }

    mutating func append(_ string: some Sequence<UInt8>) {
        bytes.append(contentsOf: string)
        offsets.append(bytes.count)
    }

    func range(_ index: Int) -> Range<Int> { offsets[index]..<offsets[index + 1] }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }
}
