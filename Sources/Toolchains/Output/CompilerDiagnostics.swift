/// Messages of gcc, clang and swiftc: `path:line:column: error: message`, and the linker's about undefined symbols.
enum CompilerDiagnostics {
    /// Each message once, in order; at most `limit`.
    ///
    /// - Parameter folder: Where the compiler ran, relative to the worktree, for its relative paths.
    static func parse(_ text: String, folder: String = "", limit: Int = 200) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var seen: Set<Diagnostic> = []
        var excerpt: SourceExcerpt?
        for line in text.split(whereSeparator: \.isNewline) {
            guard found.count < limit else { break }
            let line = line.prefix(4000)
            let diagnostic: Diagnostic?
            if let stated = Self.diagnostic(line, folder: folder) {
                diagnostic = stated
                excerpt = SourceExcerpt(path: stated.path)
            } else {
                diagnostic = excerpt?.note(on: line)
            }
            guard let diagnostic, seen.insert(diagnostic).inserted else { continue }
            found.append(diagnostic)
        }
        return found
    }

    private static let severities: [(mark: String, Diagnostic.Severity)] = [
        (" fatal error: ", .error), (" error: ", .error), (" warning: ", .warning), (" note: ", .note),
    ]

    private static func diagnostic(_ line: Substring, folder: String) -> Diagnostic? {
        let marks = severities.lazy.compactMap { mark, severity in
            line.firstRange(of: mark).map { (range: $0, severity: severity) }
        }
        if let mark = marks.min(by: { $0.range.lowerBound < $1.range.lowerBound }),
            let place = SourcePlace(line[..<mark.range.lowerBound], folder: folder)
        {
            return Diagnostic(
                path: place.path, line: place.line, column: place.column, severity: mark.severity,
                message: String(line[mark.range.upperBound...]))
        }
        guard let reference = line.firstRange(of: ": undefined reference to ") else { return nil }
        // `/usr/bin/ld: main.o: in function` comes before; this one has the place: `/worktree/a.c:12: undefined …`.
        let place = line[..<reference.lowerBound].drop { $0 == " " }.split(separator: " ").last ?? ""
        guard let source = SourcePlace(place[...], folder: folder) else { return nil }
        return Diagnostic(
            path: source.path, line: source.line, message: String(line[reference.lowerBound...].dropFirst(2)))
    }
}

/// `path:line` or `path:line:column`, with or without a colon at the end.
struct SourcePlace: Hashable {
    var path: String
    var line: Int
    var column: Int?

    init?(_ text: Substring, folder: String = "") {
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        var numbers: [Int] = []
        while numbers.count < 2, parts.count > 1, let last = parts.last, let number = Self.number(last) {
            numbers.insert(number, at: 0)
            parts.removeLast()
        }
        guard let line = numbers.first, line > 0,
            let path = RelativePath.inWorktree(parts.joined(separator: ":"), folder: folder)
        else { return nil }
        self.path = path
        self.line = line
        column = numbers.count > 1 ? numbers[1] : nil
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}

extension Substring {
    /// Where `text` first stands; a search in the standard library, without Foundation.
    func firstRange(of text: String) -> Range<Index>? {
        let haystack = utf8
        let needle = Array(text.utf8)
        guard let first = needle.first else { return nil }
        var start = haystack.startIndex
        while let found = haystack[start...].firstIndex(of: first) {
            if haystack[found...].starts(with: needle) {
                return found..<haystack.index(found, offsetBy: needle.count)
            }
            start = haystack.index(after: found)
        }
        return nil
    }
}
