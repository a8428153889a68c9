import Editing

/// A small real-looking bug: a function whose line marked `▶` is at fault, and what should stand in that line's place.
struct BugPair: Sendable, CustomStringConvertible {
    let language: SourceLanguage
    let source: String
    /// The 1-based marked line.
    let line: Int
    /// The whole text after the fix.
    let fixed: String

    init(_ language: SourceLanguage, _ marked: String, _ fix: String...) {
        self.language = language
        let lines = marked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let index = lines.firstIndex { $0.hasPrefix("▶") } ?? 0
        line = index + 1
        let bare = lines.map { $0.hasPrefix("▶") ? String($0.dropFirst()) : $0 }
        source = bare.joined(separator: "\n") + "\n"
        // A fix of one line stands in the marked line's place; of more, it is the whole text.
        fixed =
            fix.first?.contains("\n") == true
            ? fix[0] + "\n" : (bare[..<index] + fix + bare[(index + 1)...]).joined(separator: "\n") + "\n"
    }

    var description: String {
        "\(language): \(source.split(separator: "\n", omittingEmptySubsequences: false)[line - 1])"
    }
}

extension BugPair {
    static let all = python + swift + c + others
}

extension String {
    /// The text with its first line marked.
    func replacingFirstLine() -> String { "▶" + self }

    /// The text with one stretch exchanged for another.
    func replacingFirst(_ part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
