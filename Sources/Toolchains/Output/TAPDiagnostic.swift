/// The YAML block below a TAP result, as node and other runners write it (TAP 13, "YAML blocks"): why the test failed.
///
/// ```
/// not ok 2 - merges touching
///   ---
///   error: |-
///     Expected values to be strictly equal
///   expected: 6
///   actual: 5
///   stack: |-
///     total (/worktree/lib/intervals.js:31:10)
///   ...
/// ```
struct TAPDiagnostic {
    /// Of the line that begins the block.
    let indentation: Int
    private let folder: String
    private var key = ""
    private var keyIndentation = 0
    private var values: [String: String] = [:]
    private var frames: [StackFrame] = []

    init(folder: String, indentation: Int) {
        self.folder = folder
        self.indentation = indentation
    }

    mutating func take(_ line: Substring) {
        let bare = line.drop { $0 == " " }
        let indentation = line.count - bare.count
        if key.isEmpty || indentation <= keyIndentation, let colon = bare.firstIndex(of: ":") {
            key = String(bare[..<colon])
            keyIndentation = indentation
            let value = bare[bare.index(after: colon)...].drop { $0 == " " }
            if !["|-", "|", ">", ">-", ""].contains(value) { values[key] = Self.unquoted(value) }
        } else if key == "error" || key == "message" {
            let known = values[key].map { $0 + "\n" } ?? ""
            if known.count < 4000 { values[key] = known + bare }
        } else if key == "stack", frames.count < 60, let place = Self.place(in: bare, folder: folder) {
            frames.append(StackFrame(path: place.path, line: place.line))
        }
    }

    /// What is told goes beside what the program had said before.
    func complete(_ failure: TestFailure) -> TestFailure {
        var failure = failure
        if let message = values["error"] ?? values["message"] { failure.message = message }
        failure.expected = failure.expected ?? values["expected"]
        failure.actual = failure.actual ?? values["actual"]
        failure.frames += frames.filter { !failure.frames.contains($0) }
        return failure
    }

    /// `total (/worktree/lib/a.js:31:10)`, `at file:///worktree/lib/a.mjs:3:1`
    private static func place(in line: Substring, folder: String) -> SourcePlace? {
        var word = line.split(separator: " ").last ?? ""
        word = word.drop { $0 == "(" }
        while word.last == ")" { word.removeLast() }
        guard !word.hasPrefix("node:") else { return nil }
        return SourcePlace(word.hasPrefix("file://") ? word.dropFirst(7) : word, folder: folder)
    }

    private static func unquoted(_ value: Substring) -> String {
        guard value.count >= 2, let first = value.first, first == value.last, "'\"".contains(first) else {
            return String(value)
        }
        return String(value.dropFirst().dropLast())
    }
}
