/// A file's path inside a repository: bytes, as git has them, with `/` between components.
///
/// Most are UTF-8 and read as `path.description`; those that are not, or that hold a quote or a control character, are
/// written the way git writes them: in double quotes, with octal escapes.
package struct TreePath: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    package init(_ string: String) { bytes = Array(string.utf8) }
    package init(stringLiteral string: String) { self.init(string) }

    package static func < (a: TreePath, b: TreePath) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }

    /// The path as text; nil where its bytes are not UTF-8.
    package var string: String? { String(validating: bytes, as: UTF8.self) }

    package var description: String {
        let plain = !bytes.contains { $0 < 0x20 || $0 == 0x7f || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        if plain, let string { return string }
        return String(decoding: Self.quote(bytes), as: UTF8.self)
    }

    /// Why no patch may name this path, or nil where it is harmless.
    var danger: String? {
        if bytes.isEmpty { return "the path is empty" }
        if bytes.contains(0) { return "the path holds a NUL byte" }
        if bytes.first == UInt8(ascii: "/") { return "the path is absolute" }
        for component in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if component.isEmpty { return "the path holds an empty component" }
            if component.elementsEqual([UInt8(ascii: ".")]) || component.elementsEqual("..".utf8) {
                return "the path leaves or repeats a folder"
            }
            if Self.isGitDirectoryName(component) { return "the path is inside .git" }
        }
        return nil
    }

    /// The folders on the way to this path, the deepest first.
    var folders: [TreePath] {
        bytes.indices.reversed().filter { bytes[$0] == UInt8(ascii: "/") }.map { TreePath(bytes: bytes[..<$0]) }
    }

    /// Whether some file system would take this name for `.git`: in any case, and with the trailing dots and spaces
    /// and the short form that Windows' file systems overlook.
    static func isGitDirectoryName(_ name: some BidirectionalCollection<UInt8>) -> Bool {
        let lower = name.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        if lower.elementsEqual("git~1".utf8) { return true }
        guard lower.starts(with: ".git".utf8) else { return false }
        return lower.dropFirst(4).allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: " ") }
    }
}

// MARK: - Git's quoting

extension TreePath {
    private static let escapes: [UInt8: UInt8] = [
        0x07: UInt8(ascii: "a"), 0x08: UInt8(ascii: "b"), 0x09: UInt8(ascii: "t"), 0x0a: UInt8(ascii: "n"),
        0x0b: UInt8(ascii: "v"), 0x0c: UInt8(ascii: "f"), 0x0d: UInt8(ascii: "r"),
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]

    /// The bytes in double quotes, everything outside printable ASCII escaped.
    static func quote(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var quoted = [UInt8(ascii: "\"")]
        for byte in bytes {
            if let letter = escapes[byte] {
                quoted += [UInt8(ascii: "\\"), letter]
            } else if byte < 0x20 || byte >= 0x7f {
                let digits = [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
                quoted += [UInt8(ascii: "\\")] + digits
            } else {
                quoted.append(byte)
            }
        }
        return quoted + [UInt8(ascii: "\"")]
    }

    /// The bytes as git prints them in a patch: quoted where anything needs an escape.
    static func quoteIfNeeded(_ bytes: [UInt8]) -> [UInt8] {
        let plain = bytes.allSatisfy { (0x20..<0x7f).contains($0) && escapes[$0] == nil }
        return plain ? bytes : quote(bytes)
    }

    /// Reads a quoted name at the start of `text`; nil where it is not one. Gives the bytes and how much was read.
    static func unquote(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        guard text.first == UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        var index = text.startIndex + 1
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return (bytes, index - text.startIndex) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard index < text.endIndex else { return nil }
            let escape = text[index]
            if let known = escapes.first(where: { $0.value == escape }) {
                bytes.append(known.key)
                index += 1
            } else {
                let digits = text[index...].prefix(3)
                guard digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
                let value = digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
                guard value <= 0xff else { return nil }
                bytes.append(UInt8(value))
                index += 3
            }
        }
        return nil
    }
}

extension TreePath: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        if let quoted = Self.unquote(Array(text.utf8)[...]), quoted.length == text.utf8.count {
            bytes = quoted.bytes
        } else {
            bytes = Array(text.utf8)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
