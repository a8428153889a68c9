/// Reads the text of a patch. Foreign input: every line may be anything.
struct PatchParser {
    private let lines: [ArraySlice<UInt8>]
    /// The line to be read next, 0-based.
    private var position = 0

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

    // MARK: - Hunks

    private mutating func parseHunks() throws(GitError) -> [Hunk] {
        var hunks: [Hunk] = []
        while starts("@@ -") {
            let hunk = try parseHunk()
            if let last = hunks.last, hunk.oldStart < last.oldStart + last.oldCount {
                throw malformed("hunks overlap or are out of order")
            }
            hunks.append(hunk)
        }
        guard !hunks.isEmpty else { throw malformed("expected a hunk, `@@ -line,count +line,count @@`") }
        return hunks
    }

    private mutating func parseHunk() throws(GitError) -> Hunk {
        let header = text(after: "@@ -")
        let fields = header.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[1].first == UInt8(ascii: "+"), fields[2].starts(with: "@@".utf8),
            let (oldStart, oldCount) = range(fields[0]), let (newStart, newCount) = range(fields[1].dropFirst()),
            oldStart > 0 || oldCount == 0, newStart > 0 || newCount == 0
        else { throw malformed("expected `@@ -line,count +line,count @@`") }
        var section = fields[2].dropFirst(2)
        if section.first == UInt8(ascii: " ") { section = section.dropFirst() }
        position += 1
        var hunk = Hunk(
            oldStart: oldStart, oldCount: oldCount, newStart: newStart, newCount: newCount, section: Array(section),
            lines: [])
        var (oldLeft, newLeft) = (oldCount, newCount)
        while oldLeft > 0 || newLeft > 0 {
            guard position < lines.count else { throw malformed("the hunk ends early") }
            let line = lines[position]
            switch line.first {
            case UInt8(ascii: " "): hunk.lines.append(Hunk.Line(.context, Array(line.dropFirst())))
            case UInt8(ascii: "+"): hunk.lines.append(Hunk.Line(.added, Array(line.dropFirst())))
            case UInt8(ascii: "-"): hunk.lines.append(Hunk.Line(.removed, Array(line.dropFirst())))
            // An empty context line that lost its space on the way.
            case UInt8(ascii: "\n"): hunk.lines.append(Hunk.Line(.context, Array(line)))
            case UInt8(ascii: "\\"):
                try dropLineBreak(of: &hunk)
                continue
            default: throw malformed("a line of a hunk begins with a space, `+`, `-` or `\\`")
            }
            if let kind = hunk.lines.last?.kind {
                oldLeft -= kind == .added ? 0 : 1
                newLeft -= kind == .removed ? 0 : 1
            }
            guard oldLeft >= 0, newLeft >= 0 else { throw malformed("the hunk has more lines than it declares") }
            position += 1
        }
        if position < lines.count, lines[position].first == UInt8(ascii: "\\") { try dropLineBreak(of: &hunk) }
        // A line that the patch's own last byte cut short has its line break.
        if let last = hunk.lines.indices.last, position == lines.count, lines[position - 1].first != UInt8(ascii: "\\"),
            hunk.lines[last].bytes.last != UInt8(ascii: "\n")
        {
            hunk.lines[last].bytes.append(UInt8(ascii: "\n"))
        }
        guard hunk.lines.contains(where: { $0.kind != .context }) else { throw malformed("the hunk changes nothing") }
        try requireLineBreaks(in: hunk)
        return hunk
    }

    /// Takes up `\ No newline at end of file`, in whatever language.
    private mutating func dropLineBreak(of hunk: inout Hunk) throws(GitError) {
        guard let last = hunk.lines.indices.last, hunk.lines[last].bytes.last == UInt8(ascii: "\n") else {
            throw malformed("`\\` follows no line")
        }
        hunk.lines[last].bytes.removeLast()
        position += 1
    }

    /// Only the last line of each side may lack its line break.
    private func requireLineBreaks(in hunk: Hunk) throws(GitError) {
        for side in [hunk.oldLines, hunk.newLines] {
            guard side.dropLast().allSatisfy({ $0.last == UInt8(ascii: "\n") }) else {
                throw malformed("the file goes on after its last line")
            }
        }
    }

    private func range(_ text: ArraySlice<UInt8>) -> (start: Int, count: Int)? {
        let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard let start = parts.first.flatMap(number), parts.count <= 2 else { return nil }
        if parts.count == 1 { return (start, 1) }
        return number(parts[1]).map { (start, $0) }
    }

    /// A decimal number below 2³¹.
    private func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...10).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return value <= Int(Int32.max) ? value : nil
    }

    // MARK: - Binary content

    private static let sizeLimit = 256 << 20

    /// One or two parts, each `literal N` or `delta N`, base-85 lines and an empty line.
    private mutating func parseBinary() throws(GitError) -> BinaryChange {
        let first = position
        var largest = 0
        var parts = 0
        while parts < 2, position < lines.count {
            let word = ["literal ", "delta "].first { starts($0) }
            guard let word else { break }
            guard let size = number(text(after: word)), size <= Self.sizeLimit else {
                throw malformed("expected a size of at most \(Self.sizeLimit) bytes")
            }
            largest = max(largest, size)
            position += 1
            while position < lines.count, lines[position].count > 1 {
                guard Self.isBase85Line(lines[position]) else { throw malformed("not a line of base-85 text") }
                position += 1
            }
            guard position < lines.count else { throw malformed("the binary content ends early") }
            position += 1
            parts += 1
        }
        guard parts > 0 else { throw malformed("expected `literal` or `delta`") }
        return BinaryChange(encoded: Array(lines[first..<position].joined()), largestSize: largest)
    }

    /// A letter that says how many bytes follow, `A`–`Z` for 1–26 and `a`–`z` for 27–52, then five characters for
    /// every four of them.
    private static func isBase85Line(_ line: ArraySlice<UInt8>) -> Bool {
        guard let letter = line.first, line.last == UInt8(ascii: "\n") else { return false }
        let count: Int
        switch letter {
        case 0x41...0x5a: count = Int(letter) - 0x41 + 1
        case 0x61...0x7a: count = Int(letter) - 0x61 + 27
        default: return false
        }
        let digits = line.dropFirst().dropLast()
        return digits.count == (count + 3) / 4 * 5 && digits.allSatisfy { (0x21...0x7e).contains($0) }
    }

    // MARK: - Checks

    private func validate(_ file: inout PatchedFile, at line: Int) throws(GitError) {
        for path in [file.oldPath, file.newPath] {
            if let danger = path.danger {
                throw GitError(.unsafePath, "line \(line + 1) of the patch: \(path): \(danger)")
            }
        }
        if !file.change.isMove, file.oldPath != file.newPath { throw malformed("the two names differ", at: line) }
        if file.change.isMove, file.oldPath == file.newPath { throw malformed("a file is moved onto itself", at: line) }
        if case .modified = file.change, case .unchanged = file.content, file.oldMode == file.newMode {
            throw malformed("nothing happens to \(file.path)", at: line)
        }
        for hunk in file.hunks {
            if file.change == .added, hunk.oldCount > 0 { throw malformed("a new file has old lines", at: line) }
            if file.change == .deleted, hunk.newCount > 0 { throw malformed("a deleted file has new lines", at: line) }
        }
    }

    /// Each path is written once and taken away once, so that the order of the files says nothing.
    private func validatePaths(of files: [PatchedFile]) throws(GitError) {
        var written: Set<TreePath> = []
        var removed: Set<TreePath> = []
        for file in files {
            if file.change != .deleted, !written.insert(file.newPath).inserted {
                throw GitError(.malformedPatch, "the patch changes \(file.newPath) twice")
            }
            if !file.keepsOldFile, !removed.insert(file.oldPath).inserted {
                throw GitError(.malformedPatch, "the patch changes \(file.oldPath) twice")
            }
        }
        for path in written {
            var folder = path.bytes[...]
            while let slash = folder.lastIndex(of: UInt8(ascii: "/")) {
                folder = folder[..<slash]
                guard !written.contains(TreePath(bytes: folder)) else {
                    throw GitError(
                        .unsafePath, "the patch makes \(TreePath(bytes: folder)) both a file and a folder")
                }
            }
        }
    }

    // MARK: - Lines

    private func starts(_ prefix: String) -> Bool {
        position < lines.count && lines[position].starts(with: prefix.utf8)
    }

    /// The rest of a line that begins with `prefix`, without its line break.
    private func text(after prefix: String, ahead: Int = 0) -> ArraySlice<UInt8> {
        let line = lines[position + ahead].dropFirst(prefix.utf8.count)
        return line.last == UInt8(ascii: "\n") ? line.dropLast() : line
    }

    private func malformed(_ reason: String, at line: Int? = nil) -> GitError {
        GitError(.malformedPatch, "line \((line ?? position) + 1) of the patch: \(reason)")
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
