/// A model file's keys and values, in the file's order; values are decoded when they are asked for.
///
///     let layers = try metadata.int("llama.block_count")
///     let theta = try metadata.optionalFloat("llama.rope.freq_base") ?? 10_000
package struct GGUFMetadata: Sendable {
    /// A key and where its encoded value lies.
    package struct Entry: Sendable {
        package let key: String
        package let type: GGUFValueType
        let storage: FileBytes
        let payload: Range<Int>

        /// The value's bytes as in the file, without its type.
        package var encoded: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage.buffer[payload]) }
    }

    package let entries: [Entry]
    /// What error messages call the file.
    package let source: String
    private let indexOfKey: [String: Int]

    package var keys: [String] { entries.map(\.key) }

    package subscript(key: String) -> GGUFValue? {
        indexOfKey[key].map { entries[$0].value }
    }

    init(entries: [Entry], source: String) throws(InferenceError) {
        var indexOfKey: [String: Int] = [:]
        indexOfKey.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() where indexOfKey.updateValue(index, forKey: entry.key) != nil {
            throw InferenceError(.malformedFile, "\(source): the metadata key `\(entry.key)` is there twice")
        }
        self.entries = entries
        self.source = source
        self.indexOfKey = indexOfKey
    }

    /// Metadata that no file holds, for tools and tests.
    package init(_ values: [(String, GGUFValue)], source: String = "metadata") throws(InferenceError) {
        var entries: [Entry] = []
        for (key, value) in values {
            var encoded: [UInt8] = []
            encoded.append(value)
            entries.append(
                Entry(key: key, type: value.type, storage: FileBytes(copying: encoded), payload: 0..<encoded.count))
        }
        try self.init(entries: entries, source: source)
    }
}

extension GGUFMetadata.Entry {
    package var value: GGUFValue {
        let bytes = encoded
        func bits<Bits: FixedWidthInteger>(_: Bits.Type) -> Bits {
            Bits(littleEndian: bytes.loadUnaligned(as: Bits.self))
        }
        switch type {
        case .uint8: return .uint8(bits(UInt8.self))
        case .int8: return .int8(bits(Int8.self))
        case .uint16: return .uint16(bits(UInt16.self))
        case .int16: return .int16(bits(Int16.self))
        case .uint32: return .uint32(bits(UInt32.self))
        case .int32: return .int32(bits(Int32.self))
        case .float32: return .float32(Float(bitPattern: bits(UInt32.self)))
        case .bool: return .bool(bits(UInt8.self) != 0)
        case .uint64: return .uint64(bits(UInt64.self))
        case .int64: return .int64(bits(Int64.self))
        case .float64: return .float64(Double(bitPattern: bits(UInt64.self)))
        case .string: return .string(String(decoding: bytes.dropFirst(8), as: UTF8.self))
        case .array: return .array(array)
        }
    }

    private var array: GGUFArray {
        let bytes = encoded
        // Both were checked when the file was opened.
        let type = GGUFValueType(rawValue: UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))) ?? .uint8
        let count = Int(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt64.self)))
        return GGUFArray(
            elementType: type, count: count, storage: storage, payload: payload.lowerBound + 12..<payload.upperBound)
    }
}

// MARK: - Values of a known type

extension GGUFMetadata {
    package func optionalInt(_ key: String) throws(InferenceError) -> Int? {
        try typed(key, "a whole number", \.int)
    }

    package func optionalFloat(_ key: String) throws(InferenceError) -> Float? {
        try typed(key, "a number") { $0.double.map { Float($0) } ?? $0.int.map { Float($0) } }
    }

    package func optionalString(_ key: String) throws(InferenceError) -> String? {
        try typed(key, "a string", \.string)
    }

    package func optionalBool(_ key: String) throws(InferenceError) -> Bool? {
        try typed(key, "true or false", \.bool)
    }

    package func optionalInts(_ key: String) throws(InferenceError) -> [Int]? {
        try typed(key, "an array of whole numbers") { $0.array?.ints() }
    }

    package func optionalFloats(_ key: String) throws(InferenceError) -> [Float]? {
        try typed(key, "an array of numbers") { $0.array?.floats() }
    }

    package func optionalStrings(_ key: String) throws(InferenceError) -> [String]? {
        try typed(key, "an array of strings") { $0.array?.strings() }
    }

    package func optionalArray(_ key: String, of type: GGUFValueType) throws(InferenceError) -> GGUFArray? {
        try typed(key, "an array of \(type) values") { value in
            value.array.flatMap { $0.elementType == type ? $0 : nil }
        }
    }

    package func int(_ key: String) throws(InferenceError) -> Int { try required(key, optionalInt(key)) }
    package func float(_ key: String) throws(InferenceError) -> Float { try required(key, optionalFloat(key)) }
    package func string(_ key: String) throws(InferenceError) -> String { try required(key, optionalString(key)) }
    package func ints(_ key: String) throws(InferenceError) -> [Int] { try required(key, optionalInts(key)) }
    package func floats(_ key: String) throws(InferenceError) -> [Float] { try required(key, optionalFloats(key)) }
    package func strings(_ key: String) throws(InferenceError) -> [String] { try required(key, optionalStrings(key)) }

    private func required<Value>(_ key: String, _ value: Value?) throws(InferenceError) -> Value {
        guard let value else {
            throw InferenceError(
                .invalidMetadata,
                "\(source): the metadata has no `\(key)`; convert the model again with a current converter")
        }
        return value
    }

    private func typed<Value>(_ key: String, _ wanted: String, _ convert: (GGUFValue) -> Value?) throws(InferenceError)
        -> Value?
    {
        guard let value = self[key] else { return nil }
        guard let converted = convert(value) else {
            throw InferenceError(.invalidMetadata, "\(source): `\(key)` is of type \(value.type), not \(wanted)")
        }
        return converted
    }
}
