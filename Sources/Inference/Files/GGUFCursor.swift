/// Reads little-endian values from front to back; every step is checked against the end before a byte is touched.
struct GGUFCursor {
    let bytes: UnsafeRawBufferPointer
    let source: String
    private(set) var offset: Int

    var remaining: Int { bytes.count - offset }

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0, source: String) {
        self.bytes = bytes
        self.offset = offset
        self.source = source
    }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type, _ what: @autoclosure () -> String)
        throws(InferenceError) -> Value
    {
        let start = try take(MemoryLayout<Value>.size, what())
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Value.self))
    }

    /// A count or size: 64 bits in the file, rejected where it exceeds what `Int` can hold.
    mutating func count(_ what: @autoclosure () -> String) throws(InferenceError) -> Int {
        let value = try integer(UInt64.self, what())
        guard let count = Int(exactly: value) else { throw malformed("\(what()) is \(value), which no file holds") }
        return count
    }

    /// The range of a string's bytes, after its length.
    mutating func text(_ what: @autoclosure () -> String) throws(InferenceError) -> Range<Int> {
        let length = try count("the length of \(what())")
        let start = try take(length, what())
        return start..<start + length
    }

    /// Steps over `count` bytes and answers where they start.
    mutating func take(_ count: Int, _ what: @autoclosure () -> String) throws(InferenceError) -> Int {
        guard count >= 0, count <= remaining else {
            throw malformed(
                "\(what()) needs \(count) bytes where \(remaining) are left; the file is truncated or damaged")
        }
        defer { offset += count }
        return offset
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    func malformed(_ what: String) -> InferenceError {
        InferenceError(.malformedFile, "\(source): at byte \(offset): \(what)")
    }
}
