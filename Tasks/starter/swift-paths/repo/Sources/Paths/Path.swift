/// A slash-separated path in its normal form: no empty parts, no ".", and ".." only where a
/// relative path begins with it.
public struct Path: Hashable, Sendable {
    public let isAbsolute: Bool
    public let parts: [String]

    public init(_ text: String) {
        isAbsolute = text.hasPrefix("/")
        parts = Path.normalised(text.split(separator: "/").map(String.init), isAbsolute: isAbsolute)
    }

    private init(isAbsolute: Bool, parts: [String]) {
        self.isAbsolute = isAbsolute
        self.parts = Path.normalised(parts, isAbsolute: isAbsolute)
    }

    /// The last part, or nil for the root and the current folder.
    public var name: String? {
        parts.last
    }

    /// What follows the last dot of the name, where something does and the dot is not its first letter.
    public var fileExtension: String? {
        guard let name, let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        let suffix = name[name.index(after: dot)...]
        return suffix.isEmpty ? nil : String(suffix)
    }

    /// The folder that this path lies in.
    public var parent: Path {
        appending("..")
    }

    /// The path seen from this one; an absolute path is taken as it is.
    public func appending(_ text: String) -> Path {
        let other = Path(text)
        if other.isAbsolute {
            return other
        }
        return Path(isAbsolute: isAbsolute, parts: parts + other.parts)
    }

    /// Whether this path is `folder` or lies somewhere below it.
    public func isInside(_ folder: Path) -> Bool {
        isAbsolute == folder.isAbsolute && parts.starts(with: folder.parts)
    }

    /// How to reach this path from `folder`, or nil where one is absolute and the other is not.
    public func relative(to folder: Path) -> Path? {
        guard isAbsolute == folder.isAbsolute, !folder.parts.contains("..") else { return nil }
        let common = zip(parts, folder.parts).prefix { $0 == $1 }.count
        let climb = Array(repeating: "..", count: folder.parts.count - common)
        return Path(isAbsolute: false, parts: climb + parts[common...])
    }

    private static func normalised(_ parts: [String], isAbsolute: Bool) -> [String] {
        var result: [String] = []
        for part in parts where part != "." {
            if part != ".." {
                result.append(part)
            } else if isAbsolute || !(result.isEmpty || result.last == "..") {
                result.removeLast()
            } else {
                result.append(part)
            }
        }
        return result
    }
}

extension Path: CustomStringConvertible, ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }

    public var description: String {
        if isAbsolute {
            return "/" + parts.joined(separator: "/")
        }
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
