/// Text as code points with their classes: what the patterns of pre-tokenizers run over.
struct ScalarText {
    /// The text as UTF-8: as it came, but that each byte that is no UTF-8 became U+FFFD, as models saw it in training.
    private(set) var bytes: [UInt8] = []
    private(set) var codes: [UInt32] = []
    private(set) var classes: [CharacterClass] = []
    /// Where each code point begins in `bytes`, and where the last one ends.
    private(set) var offsets: [Int] = []

    var count: Int { codes.count }

    init(_ utf8: ArraySlice<UInt8>) {
        bytes.reserveCapacity(utf8.count)
        codes.reserveCapacity(utf8.count)
        classes.reserveCapacity(utf8.count)
        offsets.reserveCapacity(utf8.count + 1)
        let basicPlane = CharacterClass.basicPlane
        utf8.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                if buffer[index] < 0x80 {
                    append(ascii: buffer[index], basicPlane[Int(buffer[index])])
                    index += 1
                } else {
                    let (code, length) = Self.decode(buffer, at: index)
                    append(code)
                    index += length
                }
            }
        }
        offsets.append(bytes.count)
    }

    private mutating func append(ascii byte: UInt8, _ class: CharacterClass) {
        offsets.append(bytes.count)
        bytes.append(byte)
        codes.append(UInt32(byte))
        classes.append(`class`)
    }

    private mutating func append(_ code: UInt32) {
        offsets.append(bytes.count)
        if code < 0x80 {
            bytes.append(UInt8(code))
        } else if code < 0x800 {
            bytes.append(0xC0 | UInt8(code >> 6))
            bytes.append(0x80 | UInt8(code & 0x3F))
        } else if code < 0x1_0000 {
            bytes.append(0xE0 | UInt8(code >> 12))
            bytes.append(0x80 | UInt8(code >> 6 & 0x3F))
            bytes.append(0x80 | UInt8(code & 0x3F))
        } else {
            bytes.append(0xF0 | UInt8(code >> 18))
            bytes.append(0x80 | UInt8(code >> 12 & 0x3F))
            bytes.append(0x80 | UInt8(code >> 6 & 0x3F))
            bytes.append(0x80 | UInt8(code & 0x3F))
        }
        codes.append(code)
        classes.append(CharacterClass(of: code))
    }

    /// The code point at `index` and its bytes. Lenient like the reference: overlong forms and surrogates are read for what they say.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (code: UInt32, length: Int) {
        let lead = bytes[index]
        let length = lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0
        guard length > 0, index + length <= bytes.count else { return (0xFFFD, 1) }
        var code = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            code = code << 6 | UInt32(byte & 0x3F)
        }
        return code <= 0x10_FFFF ? (code, length) : (0xFFFD, 1)
    }
}
