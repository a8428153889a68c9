/// Retrieval by the issue text: suspects where coverage and traces say nothing.
///
/// Sources are cut into overlapping windows of lines; a ranked full-text search (BM25, given in by the caller, since this module knows no
/// database) orders the windows; the best ones' lines become suspects, the first window at 0.3 and each further one a little less.
package struct IssueLocaliser: Sendable {
    /// Ranks documents by a free text: indices of `documents`, best first, only those that match at all.
    package typealias Search = @Sendable (_ query: String, _ documents: [String]) async throws -> [Int]

    private static let windowLines = 12
    private static let windowStep = 6
    private static let windowsKept = 8

    package let search: Search

    package init(search: @escaping Search) {
        self.search = search
    }

    /// `sources` are editable files; `query` joins the issue text and the failing tests' names and messages.
    package func suspects(for query: String, in sources: [String: [UInt8]]) async throws -> [Suspect] {
        let windows = sources.sorted { $0.key < $1.key }.flatMap { Self.windows(path: $0.key, bytes: $0.value) }
        let ranked = try await search(query, windows.map(\.text))
        return ranked.prefix(Self.windowsKept).enumerated().flatMap { rank, index in
            let window = windows[index]
            return window.lines.map {
                Suspect(
                    path: window.path, line: $0, suspiciousness: 0.3 / (1 + 0.25 * Double(rank)),
                    reasons: ["matches the issue's words (rank \(rank + 1))"])
            }
        }
    }

    private struct Window {
        let path: String
        /// 1-based.
        let lines: ClosedRange<Int>
        let text: String
    }

    private static func windows(path: String, bytes: [UInt8]) -> [Window] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return stride(from: 0, to: lines.count, by: windowStep).map { start in
            let end = min(start + windowLines, lines.count)
            let text = "\(path)\n" + lines[start..<end].joined(separator: "\n")
            return Window(path: path, lines: start + 1...end, text: splitWords(text))
        }
    }

    /// `overlap_count` and `overlapCount` also as `overlap count`, so that prose meets identifiers.
    package static func splitWords(_ text: String) -> String {
        var result = ""
        var previous: Character = " "
        for character in text {
            if character == "_" {
                result.append(" ")
            } else {
                if character.isUppercase && previous.isLowercase { result.append(" ") }
                result.append(character)
            }
            previous = character
        }
        return result
    }
}
