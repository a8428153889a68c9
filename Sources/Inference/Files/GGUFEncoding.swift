/// How values are laid out in a GGUF file, little-endian throughout.
extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    mutating func append(string bytes: some Collection<UInt8>) {
        append(littleEndian: UInt64(bytes.count))
        append(contentsOf: bytes)
    }

    mutating func append(array: GGUFArray) {
        append(littleEndian: array.elementType.rawValue)
        append(littleEndian: UInt64(array.count))
        append(contentsOf: array.encoded)
    }

    /// The value without its type code.
    mutating func append(_ value: GGUFValue) {
        switch value {
        case .uint8(let value): append(littleEndian: value)
        case .int8(let value): append(littleEndian: value)
        case .uint16(let value): append(littleEndian: value)
        case .int16(let value): append(littleEndian: value)
        case .uint32(let value): append(littleEndian: value)
        case .int32(let value): append(littleEndian: value)
        case .float32(let value): append(littleEndian: value.bitPattern)
        case .bool(let value): append(littleEndian: value ? 1 as UInt8 : 0)
        case .string(let value): append(string: value.utf8)
        case .array(let value): append(array: value)
        case .uint64(let value): append(littleEndian: value)
        case .int64(let value): append(littleEndian: value)
        case .float64(let value): append(littleEndian: value.bitPattern)
        }
    }
}
