extension PatchParser {
    mutating func parseHunks() throws(GitError) -> [Hunk] {
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

    // MARK: - Binary content

    private static let sizeLimit = 256 << 20

    /// One or two parts, each `literal N` or `delta N`, base-85 lines and an empty line.
    mutating func parseBinary() throws(GitError) -> BinaryChange {
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
}
