/// Reads the text of a patch. Foreign input: every line may be anything.
struct PatchParser {
    let lines: [ArraySlice<UInt8>]
    /// The line to be read next, 0-based.
    var position = 0

    /// Each line keeps its line break.
    init(_ bytes: [UInt8]) {
        lines = bytes.linesWithBreaks
    }

    mutating func parse() throws(GitError) -> [PatchedFile] {
        var files: [PatchedFile] = []
        while position < lines.count {
            let first = position
            var file: PatchedFile
            if starts("diff --git ") {
                file = try parseGitFile()
            } else if starts("--- "), position + 1 < lines.count, lines[position + 1].starts(with: "+++ ".utf8) {
                file = try parsePlainFile()
            } else {
                if starts("@@ -") { throw malformed("a hunk before any file") }
                position += 1
                continue
            }
            try validate(&file, at: first)
            files.append(file)
        }
        try validatePaths(of: files)
        return files
    }

    /// Reads the content of the first file only, whatever its headers say.
    mutating func parseContent() throws(GitError) -> PatchedFile.Content {
        while position < lines.count {
            if starts("@@ -") { return .text(try parseHunks()) }
            position += 1
            if lines[position - 1].starts(with: "GIT binary patch".utf8) { return .binary(try parseBinary()) }
        }
        return .unchanged
    }

    // MARK: - Files

    private mutating func parseGitFile() throws(GitError) -> PatchedFile {
        let header = try parseNames(text(after: "diff --git "))
        position += 1
        var file = PatchedFile(
            change: .modified, oldPath: header.old, newPath: header.new, content: .unchanged)
        var isAdded = false
        var isDeleted = false
        var similarity = 0
        var move: (isCopy: Bool, from: TreePath?, to: TreePath?)?
        header: while position < lines.count {
            if starts("old mode ") {
                file.oldMode = try parseMode(text(after: "old mode "))
            } else if starts("new mode ") {
                file.newMode = try parseMode(text(after: "new mode "))
            } else if starts("new file mode ") {
                file.newMode = try parseMode(text(after: "new file mode "))
                isAdded = true
            } else if starts("deleted file mode ") {
                file.oldMode = try parseMode(text(after: "deleted file mode "))
                isDeleted = true
            } else if starts("similarity index ") {
                let digits = text(after: "similarity index ").prefix { $0 != UInt8(ascii: "%") }
                guard let number = number(digits), number <= 100 else { throw malformed("expected a percentage") }
                similarity = number
            } else if starts("dissimilarity index ") {
                // Says nothing that the hunks do not.
            } else if starts("rename from ") {
                move = (false, try parsePath(text(after: "rename from ")), move?.to)
            } else if starts("rename to ") {
                move = (false, move?.from, try parsePath(text(after: "rename to ")))
            } else if starts("copy from ") {
                move = (true, try parsePath(text(after: "copy from ")), move?.to)
            } else if starts("copy to ") {
                move = (true, move?.from, try parsePath(text(after: "copy to ")))
            } else if starts("index ") {
                try parseIndex(&file)
            } else {
                break header
            }
            position += 1
        }
        if let move {
            guard let from = move.from, let to = move.to else {
                throw malformed("a rename or copy names one side only")
            }
            (file.oldPath, file.newPath) = (from, to)
            file.change = move.isCopy ? .copied(similarity: similarity) : .renamed(similarity: similarity)
        }
        if isAdded || isDeleted {
            guard move == nil, isAdded != isDeleted else { throw malformed("contradictory headers") }
            file.change = isAdded ? .added : .deleted
        }
        if starts("--- ") {
            try skipNameLines(of: file)
            file.content = .text(try parseHunks())
        } else if starts("GIT binary patch") {
            position += 1
            file.content = .binary(try parseBinary())
        } else if starts("Binary files ") {
            throw malformed("a binary file without its content; make the patch with `git diff --binary`")
        }
        return file
    }

    /// Passes over `---` and `+++`, which say again what the headers said, and checks which side is missing.
    private mutating func skipNameLines(of file: PatchedFile) throws(GitError) {
        let oldIsMissing = plainName(text(after: "--- ")) == nil
        position += 1
        guard starts("+++ ") else { throw malformed("expected `+++`") }
        let newIsMissing = plainName(text(after: "+++ ")) == nil
        guard oldIsMissing == (file.change == .added), newIsMissing == (file.change == .deleted) else {
            throw malformed("the names contradict the headers")
        }
        position += 1
    }

    /// `--- a/x` and `+++ b/x`, with dates perhaps, as `diff -u` writes them.
    private mutating func parsePlainFile() throws(GitError) -> PatchedFile {
        let old = plainName(text(after: "--- "))
        let new = plainName(text(after: "+++ ", ahead: 1))
        position += 2
        guard let either = old ?? new else { throw malformed("both sides are /dev/null") }
        let names = Self.withoutPrefixes(old ?? either, new ?? either)
        let change: PatchedFile.Change = old == nil ? .added : new == nil ? .deleted : .modified
        // Where the names differ, as in `x.orig` and `x`, the new one counts.
        let path = TreePath(bytes: change == .deleted ? names.old : names.new)
        return PatchedFile(change: change, oldPath: path, newPath: path, content: .text(try parseHunks()))
    }

    private func parseNames(_ text: ArraySlice<UInt8>) throws(GitError) -> (old: TreePath, new: TreePath) {
        guard let (old, new) = splitNames(text) else { throw malformed("cannot tell the two names apart") }
        let names = Self.withoutPrefixes(old, new)
        return (TreePath(bytes: names.old), TreePath(bytes: names.new))
    }

    private func splitNames(_ text: ArraySlice<UInt8>) -> (old: [UInt8], new: [UInt8])? {
        let space = UInt8(ascii: " ")
        if let old = TreePath.unquote(text) {
            let rest = text.dropFirst(old.length)
            guard rest.first == space else { return nil }
            let second = rest.dropFirst()
            if second.first == UInt8(ascii: "\"") {
                guard let new = TreePath.unquote(second), new.length == second.count else { return nil }
                return (old.bytes, new.bytes)
            }
            return (old.bytes, Array(second))
        }
        if text.last == UInt8(ascii: "\"") {
            guard let quote = text.firstIndex(of: UInt8(ascii: "\"")), quote > text.startIndex,
                text[quote - 1] == space, let new = TreePath.unquote(text[quote...]), new.length == text[quote...].count
            else { return nil }
            return (Array(text[..<(quote - 1)]), new.bytes)
        }
        // Unquoted names may hold spaces: the middle is where both halves name the same file.
        let spaces = text.indices.filter { text[$0] == space }
        for split in spaces where split - text.startIndex == text.endIndex - split - 1 {
            let (old, new) = (Array(text[..<split]), Array(text[(split + 1)...]))
            let names = Self.withoutPrefixes(old, new)
            if names.old == names.new { return (old, new) }
        }
        // Else `rename from` and its like will say; any split serves until then.
        guard let split = spaces.first else { return nil }
        return (Array(text[..<split]), Array(text[(split + 1)...]))
    }

    /// Drops `a/` and `b/`, or one of git's other pairs, where both names have them.
    private static func withoutPrefixes(_ old: [UInt8], _ new: [UInt8]) -> (old: [UInt8], new: [UInt8]) {
        func hasPrefix(_ name: [UInt8]) -> Bool {
            name.count > 2 && name[1] == UInt8(ascii: "/") && "abciow12".utf8.contains(name[0])
        }
        guard hasPrefix(old), hasPrefix(new) else { return (old, new) }
        return (Array(old.dropFirst(2)), Array(new.dropFirst(2)))
    }

    /// The name in a `---` or `+++` line, without the date after it; nil for /dev/null.
    private func plainName(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let name = TreePath.unquote(text)?.bytes ?? Array(text.prefix { $0 != UInt8(ascii: "\t") && $0 != 0x0d })
        return name.elementsEqual("/dev/null".utf8) ? nil : name
    }

    private func parsePath(_ text: ArraySlice<UInt8>) throws(GitError) -> TreePath {
        guard text.first == UInt8(ascii: "\"") else { return TreePath(bytes: text) }
        guard let quoted = TreePath.unquote(text), quoted.length == text.count else {
            throw malformed("a name is badly quoted")
        }
        return TreePath(bytes: quoted.bytes)
    }

    private func parseMode(_ text: ArraySlice<UInt8>) throws(GitError) -> FileMode {
        let digits = text.prefix { $0 != 0x0d }
        guard digits.count == 6, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 8) else {
            throw malformed("expected a mode of six octal digits")
        }
        switch value & 0o170000 {
        case 0o100000: return value & 0o100 != 0 ? .executable : .file
        case 0o120000: return .symbolicLink
        case 0o160000: throw malformed("a change of a submodule, which Fettle does not apply")
        default: throw malformed("an unknown file mode")
        }
    }

    private mutating func parseIndex(_ file: inout PatchedFile) throws(GitError) {
        let words = text(after: "index ").split(separator: UInt8(ascii: " "))
        let names = (words.first ?? []).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard names.count == 3, names[1].isEmpty,
            [names[0], names[2]].allSatisfy({ (4...40).contains($0.count) && $0.allSatisfy { $0.hexValue != nil } })
        else { throw malformed("expected two object names") }
        file.oldBlob = String(decoding: names[0], as: UTF8.self)
        file.newBlob = String(decoding: names[2], as: UTF8.self)
        guard words.count > 1 else { return }
        let mode = try parseMode(words[1])
        file.oldMode = file.oldMode ?? mode
        file.newMode = file.newMode ?? mode
    }

    // MARK: - Lines

    func starts(_ prefix: String) -> Bool {
        position < lines.count && lines[position].starts(with: prefix.utf8)
    }

    /// The rest of a line that begins with `prefix`, without its line break.
    func text(after prefix: String, ahead: Int = 0) -> ArraySlice<UInt8> {
        let line = lines[position + ahead].dropFirst(prefix.utf8.count)
        return line.last == UInt8(ascii: "\n") ? line.dropLast() : line
    }

    func malformed(_ reason: String, at line: Int? = nil) -> GitError {
        GitError(.malformedPatch, "line \((line ?? position) + 1) of the patch: \(reason)")
    }

    /// A decimal number below 2³¹.
    func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...10).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return value <= Int(Int32.max) ? value : nil
    }
}

extension Collection<UInt8> {
    /// The lines, each with its line break, save a last one that has none.
    var linesWithBreaks: [SubSequence] {
        var lines: [SubSequence] = []
        var start = startIndex
        while let end = self[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(self[start...end])
            start = index(after: end)
        }
        if start < endIndex { lines.append(self[start...]) }
        return lines
    }
}
