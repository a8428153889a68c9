/// Applies the hunks of one file to lines of text, as `git apply` does without fuzz: every context line must be there,
/// though the place may have moved.
enum HunkApplication {
    /// - Parameter exactly: the content is the very one the patch was made from, so nothing has moved.
    /// - Returns: the new content.
    /// - Throws: the positions of the hunks that do not fit.
    static func apply(_ hunks: [Hunk], to content: [UInt8], exactly: Bool = false) throws(Misfit) -> [UInt8] {
        let lines = content.linesWithBreaks
        var result: [UInt8] = []
        var misfits: [Int] = []
        // Lines before this one are already in the result.
        var next = 0
        var shift = 0
        for (number, hunk) in hunks.enumerated() {
            let old = hunk.oldLines
            let declared = hunk.oldCount == 0 ? hunk.oldStart : hunk.oldStart - 1
            let place =
                exactly
                ? fits(old, lines, at: declared) && declared >= next ? declared : nil
                : find(hunk, old, in: lines, from: next, near: declared + shift)
            guard let place else {
                misfits.append(number)
                continue
            }
            for line in lines[next..<place] { result += line }
            for line in hunk.newLines { result += line }
            next = place + old.count
            shift = place - declared
        }
        guard misfits.isEmpty else { throw Misfit(hunks: misfits) }
        for line in lines[next...] { result += line }
        return result
    }

    /// Which hunks have no place, 0-based.
    struct Misfit: Error, Hashable {
        let hunks: [Int]
    }

    /// The place nearest to the expected one, not before `first`. A hunk that begins at line 1 belongs at the very
    /// beginning, and one without context after its change at the very end.
    private static func find(
        _ hunk: Hunk, _ old: [[UInt8]], in lines: [ArraySlice<UInt8>], from first: Int, near expected: Int
    ) -> Int? {
        let last = lines.count - old.count
        guard first <= last else { return nil }
        let mustBegin = hunk.oldStart <= 1
        let mustEnd = hunk.lines.last?.kind != .context
        if mustBegin || mustEnd {
            let place = mustBegin ? 0 : last
            let agrees = place >= first && (!mustEnd || place == last)
            return agrees && fits(old, lines, at: place) ? place : nil
        }
        let middle = min(max(expected, first), last)
        for distance in 0...max(middle - first, last - middle) {
            for place in distance == 0 ? [middle] : [middle - distance, middle + distance]
            where (first...last).contains(place) && fits(old, lines, at: place) {
                return place
            }
        }
        return nil
    }

    private static func fits(_ old: [[UInt8]], _ lines: [ArraySlice<UInt8>], at place: Int) -> Bool {
        guard place >= 0, place <= lines.count - old.count else { return false }
        return old.indices.allSatisfy { lines[place + $0].elementsEqual(old[$0]) }
    }
}
