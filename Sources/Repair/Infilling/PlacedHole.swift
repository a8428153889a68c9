import Editing
import LanguageModels

/// A hole in a region of a file, and how what a model writes for it becomes an edit of the file.
struct PlacedHole: Sendable {
    /// What is asked of the model.
    enum Shape: String, Sendable, CaseIterable {
        /// Other lines for the suspect's statement.
        case line
        /// The same with another expression: a condition, what is assigned or returned, the arguments of a call.
        case expression
        /// Lines to stand before it.
        case before
        /// Lines to stand after it.
        case after
        /// Other lines for the statement and the one above.
        case withAbove = "with-above"
        /// Other lines for the statement and the one below.
        case withBelow = "with-below"
        /// The whole of a small function.
        case body
    }

    let shape: Shape
    /// The suspect's line, 1-based.
    let line: Int
    private let file: SourceFile
    private let region: CodeRegion
    /// Indices of the region's lines that are in the hole.
    let range: Range<Int>
    /// What its first line keeps.
    private let opening: String

    /// - Parameter range: indices of the region's lines; empty where something is to be inserted before its lower bound.
    init(
        _ shape: Shape, line: Int, in file: SourceFile, _ region: CodeRegion, range: Range<Int>, opening: String = ""
    ) {
        self.shape = shape
        self.line = line
        self.file = file
        self.region = region
        self.range = range
        self.opening = opening
    }

    /// The region's lines in the hole.
    var lines: [String] { region.lines[range].map(\.text) }

    func hole(facts: [String]) -> Hole {
        Hole(
            commentSign: file.language == .python ? "#" : "//", facts: facts,
            above: region.lines[..<range.lowerBound].map(\.text), lines: lines,
            below: region.lines[range.upperBound...].map(\.text), opening: opening)
    }

    /// The edit that puts `rewriting` in the hole's place, or nil where it says nothing new.
    ///
    /// Lines that stay as they are at either end are not touched, and with them the comments between them.
    func edit(for rewriting: [String]) -> FileEdit? {
        let old = lines
        var new = rewriting.map { $0.droppingTrailingSpace }.filter { !$0.isEmpty }
        guard old != new else { return nil }
        var kept = range
        while let line = new.first, kept.lowerBound < kept.upperBound, line == region.lines[kept.lowerBound].text {
            new.removeFirst()
            kept = kept.lowerBound + 1..<kept.upperBound
        }
        while let line = new.last, kept.lowerBound < kept.upperBound, line == region.lines[kept.upperBound - 1].text {
            new.removeLast()
            kept = kept.lowerBound..<kept.upperBound - 1
        }
        let bytes = bytes(of: kept)
        let needsBreak = bytes.lowerBound > 0 && file.bytes[bytes.lowerBound - 1] != UInt8(ascii: "\n")
        let text = new.map { region.indentation + $0 + file.lineBreak }.joined()
        return FileEdit(path: file.path, range: bytes, replacement: (needsBreak ? file.lineBreak : "") + text)
    }

    /// What an edit changes, for people.
    func summary(of edit: FileEdit) -> String {
        let old = file.text(ofBytes: edit.range)
        if old.isEmpty { return "\(TemplateSite.quoted(edit.replacement)) inserted" }
        if edit.replacement.isEmpty { return "\(TemplateSite.quoted(old)) removed" }
        return "\(TemplateSite.quoted(old)) → \(TemplateSite.quoted(edit.replacement))"
    }

    /// The whole lines of the file that some lines of the region span; where there are none, the place before or after a line.
    private func bytes(of range: Range<Int>) -> Range<Int> {
        guard let first = range.first, let last = range.last else {
            // What follows a line stands right below it, before any comment on the line that comes next.
            let above =
                range.lowerBound > 0 ? file.bytes(ofLine: region.lines[range.lowerBound - 1].number).upperBound : 0
            let below =
                range.lowerBound < region.lines.count
                ? file.bytes(ofLine: region.lines[range.lowerBound].number).lowerBound : above
            let place = shape == .before ? below : above
            return place..<place
        }
        return file.bytes(ofLine: region.lines[first].number)
            .lowerBound..<file.bytes(ofLine: region.lines[last].number).upperBound
    }

    /// Whether a rewriting opens and closes brackets as the lines do that it stands for.
    func keepsBrackets(_ rewriting: [String]) -> Bool {
        Self.balance(of: rewriting, file.language) == Self.balance(of: lines, file.language)
    }

    private static func balance(of lines: [String], _ language: SourceLanguage) -> [String: Int] {
        let text = SourceFile(path: "", bytes: Array(lines.joined(separator: "\n").utf8), language: language)
        var balance: [String: Int] = [:]
        for token in text.code.indices where text.code[token].kind == .punctuation {
            switch text.text[token] {
            case "(", "[", "{": balance[text.text[token], default: 0] += 1
            case ")": balance["(", default: 0] -= 1
            case "]": balance["[", default: 0] -= 1
            case "}": balance["{", default: 0] -= 1
            default: continue
            }
        }
        return balance.filter { $0.value != 0 }
    }
}

extension String {
    fileprivate var droppingTrailingSpace: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
