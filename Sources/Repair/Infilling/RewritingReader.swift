import Editing

/// Reads edits of a file as other lines for a hole in one function: what a model can say how likely it is.
struct RewritingReader {
    /// Holes of equal places are the same hole.
    struct Place: Hashable {
        let path: String
        /// The region's first line in the file, and which of its lines are in the hole.
        let region: Int
        let lines: Range<Int>
    }

    struct Rewriting {
        let place: Place
        let hole: PlacedHole
        let lines: [String]
    }

    private let sources: ChangedFiles
    private var files: [String: SourceFile] = [:]
    private var regions: [SourceLine: CodeRegion] = [:]

    init(sources: ChangedFiles) {
        self.sources = sources
    }

    /// Nil where the edits reach over several files, over more than a few lines, or beyond one function.
    mutating func read(_ edits: [FileEdit]) -> Rewriting? {
        guard let path = edits.first?.path, edits.allSatisfy({ $0.path == path }), let file = file(path) else {
            return nil
        }
        let lines = edits.map { Self.lines(of: $0, in: file) }
        guard let first = lines.map(\.lowerBound).min(), let end = lines.map(\.upperBound).max(),
            end - first <= HoleFinder.mostLines
        else { return nil }
        let region = region(around: first < end ? first : max(1, first - 1), in: file)
        let lower = region.lines.firstIndex { $0.number >= first } ?? region.lines.count
        let upper = region.lines.firstIndex { $0.number >= end } ?? region.lines.count
        guard lower > 0, let start = region.lines.first?.number else { return nil }
        let bytes = file.bytes(ofLine: first).lowerBound..<file.bytes(ofLine: end).lowerBound
        guard let text = Self.text(of: bytes, after: edits, in: file) else { return nil }
        let hole = PlacedHole(first < end ? .line : .before, line: first, in: file, region, range: lower..<upper)
        return Rewriting(
            place: Place(path: path, region: start, lines: lower..<upper), hole: hole,
            lines: CodeRegion.lines(ofText: text, in: file, indentedBy: region.indentation))
    }

    /// The lines that an edit touches, 1-based; empty where it inserts whole lines.
    private static func lines(of edit: FileEdit, in file: SourceFile) -> Range<Int> {
        let first = file.line(ofByte: edit.range.lowerBound)
        let beginsLine = file.bytes(ofLine: first).lowerBound == edit.range.lowerBound
        if edit.range.isEmpty, beginsLine, edit.replacement.hasSuffix("\n") { return first..<first }
        return first..<file.line(ofByte: max(edit.range.lowerBound, edit.range.upperBound - 1)) + 1
    }

    private static func text(of bytes: Range<Int>, after edits: [FileEdit], in file: SourceFile) -> [UInt8]? {
        let moved = edits.map {
            FileEdit(
                path: $0.path,
                range: $0.range.lowerBound - bytes.lowerBound..<$0.range.upperBound - bytes.lowerBound,
                replacement: $0.replacement)
        }
        return try? FileEdit.apply(moved, to: Array(file.bytes[bytes]))
    }

    private mutating func file(_ path: String) -> SourceFile? {
        if let file = files[path] { return file }
        guard let bytes = sources[path], let file = SourceFile(path: path, bytes: bytes) else { return nil }
        files[path] = file
        return file
    }

    private mutating func region(around line: Int, in file: SourceFile) -> CodeRegion {
        let place = SourceLine(path: file.path, line: line)
        if let region = regions[place] { return region }
        let region = CodeRegion(around: line, in: file)
        regions[place] = region
        return region
    }
}
