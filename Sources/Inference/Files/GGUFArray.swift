/// A metadata array, left in the file's bytes until an element is asked for: a vocabulary of 150,000 tokens costs nothing to hold.
package struct GGUFArray: Sendable {
    package let elementType: GGUFValueType
    package let count: Int
    /// The elements as they are encoded in the file, without the array's own header; every length in them is already checked.
    let storage: FileBytes
    let payload: Range<Int>

    var encoded: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage.buffer[payload]) }

    /// Whole numbers of any width; nil for other elements and for a number beyond `Int`.
    package func ints() -> [Int]? {
        switch elementType {
        case .uint8: map(UInt8.self) { Int($0) }
        case .int8: map(Int8.self) { Int($0) }
        case .uint16: map(UInt16.self) { Int($0) }
        case .int16: map(Int16.self) { Int($0) }
        case .uint32: map(UInt32.self) { Int($0) }
        case .int32: map(Int32.self) { Int($0) }
        case .int64: map(Int64.self) { Int($0) }
        case .uint64: map(UInt64.self) { Int(exactly: $0) }
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    package func floats() -> [Float]? {
        switch elementType {
        case .float32: map(UInt32.self) { Float(bitPattern: $0) }
        case .float64: map(UInt64.self) { Float(Double(bitPattern: $0)) }
        default: nil
        }
    }

    package func bools() -> [Bool]? {
        elementType == .bool ? map(UInt8.self) { $0 != 0 } : nil
    }

    package func strings() -> [String]? {
        guard elementType == .string else { return nil }
        var strings: [String] = []
        strings.reserveCapacity(count)
        forEachString { strings.append(String(decoding: $0, as: UTF8.self)) }
        return strings
    }

    /// The bytes of each string in turn; nothing for other elements.
    package func forEachString(_ body: (UnsafeRawBufferPointer) -> Void) {
        guard elementType == .string else { return }
        let bytes = encoded
        var offset = 0
        for _ in 0..<count {
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndianValue)
            offset += 8
            body(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
            offset += length
        }
    }

    /// The arrays of an array of arrays.
    package func arrays() -> [GGUFArray]? {
        guard elementType == .array else { return nil }
        var cursor = GGUFCursor(storage.buffer, from: payload.lowerBound, source: "an array of arrays")
        // Checked when the file was opened: the same steps cannot fail now.
        return try? (0..<count).map { _ in try GGUFArray(reading: &cursor, storage: storage, depth: 0) }
    }

    private func map<Bits: FixedWidthInteger, Value>(_: Bits.Type, _ transform: (Bits) -> Value?) -> [Value]? {
        let bytes = encoded
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            let bits = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
            guard let value = transform(Bits(littleEndian: bits)) else { return nil }
            values.append(value)
        }
        return values
    }
}

extension UInt64 {
    fileprivate var littleEndianValue: UInt64 { UInt64(littleEndian: self) }
}

extension GGUFArray {
    /// How deep arrays may nest: the format sets no bound, and a file must not choose how much stack reading it takes.
    static let maximumDepth = 16

    /// Reads an array's header and steps over its elements, checking every length on the way.
    init(reading cursor: inout GGUFCursor, storage: FileBytes, depth: Int) throws(InferenceError) {
        guard depth < Self.maximumDepth else {
            throw cursor.malformed("arrays are nested deeper than \(Self.maximumDepth)")
        }
        let code = try cursor.integer(UInt32.self, "an array's element type")
        guard let type = GGUFValueType(rawValue: code) else {
            throw cursor.malformed("\(code) is no type of array element")
        }
        let count = try cursor.count("an array's length")
        let start = cursor.offset
        try Self.skip(type, count: count, &cursor, storage: storage, depth: depth)
        self.init(elementType: type, count: count, storage: storage, payload: start..<cursor.offset)
    }

    private static func skip(
        _ type: GGUFValueType, count: Int, _ cursor: inout GGUFCursor, storage: FileBytes, depth: Int
    ) throws(InferenceError) {
        if let size = type.byteCount {
            let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { throw cursor.malformed("an array of \(count) elements is longer than any file") }
            _ = try cursor.take(bytes, "an array of \(count) elements")
            return
        }
        // A string is 8 bytes at least, an array 12: a count beyond that is found before the loop.
        let smallest = type == .string ? 8 : 12
        guard count <= cursor.remaining / smallest else {
            throw cursor.malformed(
                "an array of \(count) elements does not fit the \(cursor.remaining) bytes that are left")
        }
        for _ in 0..<count {
            if type == .string {
                _ = try cursor.text("a string of an array")
            } else {
                _ = try GGUFArray(reading: &cursor, storage: storage, depth: depth + 1)
            }
        }
    }
}

extension GGUFArray {
    package init(_ strings: [String]) {
        self.init(bytes: strings.map { Array($0.utf8) })
    }

    /// Strings that need not be UTF-8, such as the pieces of a vocabulary.
    package init(bytes strings: [[UInt8]]) {
        var encoded: [UInt8] = []
        for string in strings { encoded.append(string: string) }
        self.init(.string, count: strings.count, encoded)
    }

    package init(_ values: [Int32]) {
        var encoded: [UInt8] = []
        for value in values { encoded.append(littleEndian: value) }
        self.init(.int32, count: values.count, encoded)
    }

    package init(_ values: [UInt32]) {
        var encoded: [UInt8] = []
        for value in values { encoded.append(littleEndian: value) }
        self.init(.uint32, count: values.count, encoded)
    }

    package init(_ values: [Float]) {
        var encoded: [UInt8] = []
        for value in values { encoded.append(littleEndian: value.bitPattern) }
        self.init(.float32, count: values.count, encoded)
    }

    package init(_ values: [Bool]) {
        self.init(.bool, count: values.count, values.map { $0 ? 1 : 0 })
    }

    package init(_ arrays: [GGUFArray]) {
        var encoded: [UInt8] = []
        for array in arrays { encoded.append(array: array) }
        self.init(.array, count: arrays.count, encoded)
    }

    private init(_ type: GGUFValueType, count: Int, _ encoded: [UInt8]) {
        self.init(
            elementType: type, count: count, storage: FileBytes(copying: encoded), payload: 0..<encoded.count)
    }
}
