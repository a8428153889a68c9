/// The printable stand-ins under which byte-level vocabularies store bytes: `Ġ` for a space, `Ċ` for a line feed.
///
/// Source: GPT-2's `bytes_to_unicode`. Bytes that are printable in Latin-1 stand for themselves, the others for U+0100 onwards.
enum ByteAlphabet {
    /// The byte for each scalar below U+0144; nil for those that stand for none.
    private static let bytes: [UInt8?] = {
        var bytes = [UInt8?](repeating: nil, count: 256 + 68)
        var next = 256
        for byte in UInt8.min ... .max {
            if isPrintable(byte) {
                bytes[Int(byte)] = byte
            } else {
                bytes[next] = byte
                next += 1
            }
        }
        return bytes
    }()

    private static func isPrintable(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
    }

    /// Appends the bytes that `text` stands for; false, and some of them, where it holds another character.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, into decoded: inout [UInt8]) -> Bool {
        var index = 0
        while index < text.count {
            var code = Int(text[index])
            index += 1
            if code >= 0x80 {
                // Every scalar of the alphabet that is not ASCII has two bytes of UTF-8.
                guard code & 0xE0 == 0xC0, index < text.count, text[index] & 0xC0 == 0x80 else { return false }
                code = (code & 0x1F) << 6 | Int(text[index] & 0x3F)
                index += 1
                guard code >= 0x80 else { return false }
            }
            guard code < bytes.count, let byte = bytes[code] else { return false }
            decoded.append(byte)
        }
        return true
    }
}
