/// One output stream of a program: its first and its last bytes, and how many there were. Bytes are data, never trusted.
package struct CapturedOutput: Sendable, Hashable {
    package let head: [UInt8]
    /// Empty unless bytes were left out or the head is full.
    package let tail: [UInt8]
    package let bytesSeen: Int

    package init(head: [UInt8], tail: [UInt8] = [], bytesSeen: Int) {
        self.head = head
        self.tail = tail
        self.bytesSeen = bytesSeen
    }

    package var bytesKept: Int { head.count + tail.count }
    package var isTruncated: Bool { bytesKept < bytesSeen }

    /// Head, a line that says how much is left out, and tail, as UTF-8 with repairs.
    package var text: String {
        guard isTruncated else { return String(decoding: head + tail, as: UTF8.self) }
        let marker = "\n[… \(bytesSeen - bytesKept) bytes left out …]\n"
        return String(decoding: head, as: UTF8.self) + marker + String(decoding: tail, as: UTF8.self)
    }

    /// ``text`` with nothing in it that a terminal would obey. Use this wherever a person looks.
    package var sanitisedText: String { TerminalText.sanitised(text) }
}

extension CapturedOutput: Codable {
    private enum CodingKeys: String, CodingKey { case head, headBytes, tail, tailBytes, bytesSeen, bytesKept }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func bytes(_ text: CodingKeys, _ raw: CodingKeys) throws -> [UInt8] {
            if let text = try values.decodeIfPresent(String.self, forKey: text) { return Array(text.utf8) }
            return try values.decode([UInt8].self, forKey: raw)
        }
        head = try bytes(.head, .headBytes)
        tail = try bytes(.tail, .tailBytes)
        bytesSeen = try values.decode(Int.self, forKey: .bytesSeen)
    }

    /// As text where it is UTF-8, which it nearly always is, as a list of bytes where it is not.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        func encode(_ bytes: [UInt8], _ text: CodingKeys, _ raw: CodingKeys) throws {
            if let valid = String(validating: bytes, as: UTF8.self) {
                try values.encode(valid, forKey: text)
            } else {
                try values.encode(bytes, forKey: raw)
            }
        }
        try encode(head, .head, .headBytes)
        try encode(tail, .tail, .tailBytes)
        try values.encode(bytesSeen, forKey: .bytesSeen)
        try values.encode(bytesKept, forKey: .bytesKept)
    }
}
