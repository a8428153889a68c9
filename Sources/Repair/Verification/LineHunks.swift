/// One changed run of lines of one file: the unit in which a fix is minimised.
package struct LineHunk: Sendable, Hashable {
    package let path: String
    /// 0-based lines of the base that are replaced; empty for an insertion.
    package let baseLines: Range<Int>
    /// What stands there instead, each with its line ending.
    package let replacement: [[UInt8]]
}

package enum LineHunks {
    /// The runs of lines in which `changed` differs from `base` (Myers' difference), in order of path and line.
    package static func between(base: ChangedFiles, changed: ChangedFiles) -> [LineHunk] {
        changed.sorted { $0.key < $1.key }.flatMap { path, bytes in
            hunks(path: path, base: lines(of: base[path] ?? []), changed: lines(of: bytes))
        }
    }

    /// The base with only `hunks` applied.
    package static func apply(_ hunks: [LineHunk], to base: ChangedFiles) -> ChangedFiles {
        var result: ChangedFiles = [:]
        for (path, fileHunks) in Dictionary(grouping: hunks, by: \.path) {
            var lines = lines(of: base[path] ?? [])
            for hunk in fileHunks.sorted(by: { $0.baseLines.lowerBound > $1.baseLines.lowerBound }) {
                lines.replaceSubrange(hunk.baseLines, with: hunk.replacement)
            }
            result[path] = Array(lines.joined())
        }
        return result
    }

    /// Where a 1-based line of the base stands after `hunks`; a replaced line counts as its replacement's first.
    package static func line(_ line: Int, of path: String, after hunks: [LineHunk]) -> Int {
        hunks.filter { $0.path == path && $0.baseLines.upperBound < line }
            .reduce(line) { $0 + $1.replacement.count - $1.baseLines.count }
    }

    private static func hunks(path: String, base: [[UInt8]], changed: [[UInt8]]) -> [LineHunk] {
        var removed = Set<Int>()
        var inserted = Set<Int>()
        for change in changed.difference(from: base) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var hunks: [LineHunk] = []
        var old = 0
        var new = 0
        while old < base.count || new < changed.count {
            let start = old
            var replacement: [[UInt8]] = []
            while removed.contains(old) || inserted.contains(new) {
                if removed.contains(old) {
                    old += 1
                } else {
                    replacement.append(changed[new])
                    new += 1
                }
            }
            if old > start || !replacement.isEmpty {
                hunks.append(LineHunk(path: path, baseLines: start..<old, replacement: replacement))
            } else {
                old += 1
                new += 1
            }
        }
        return hunks
    }

    /// Split after each line feed, so that joining gives the same bytes.
    private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            lines.append(Array(bytes[start...index]))
            start = index + 1
        }
        if start < bytes.count { lines.append(Array(bytes[start...])) }
        return lines
    }
}
