/// The lines of source that swiftc prints under a diagnostic, with notes drawn between them:
///
/// ```
/// 11 |         let total = 0
///    |         `- note: change 'let' to 'var' to make it mutable
/// ```
/// Such a note has no place of its own but the numbered line above it, and that line is often where the remedy belongs.
struct SourceExcerpt {
    let path: String
    private var line: Int?

    init(path: String) {
        self.path = path
    }

    /// The note that the next line of output draws, if it draws one.
    mutating func note(on output: Substring) -> Diagnostic? {
        guard let bar = output.firstIndex(of: "|") else { return nil }
        let gutter = output[..<bar].filter { $0 != " " }
        if let number = Int(gutter), number > 0 {
            line = number
            return nil
        }
        let drawing = output[output.index(after: bar)...].drop { $0 == " " || $0 == "|" }
        guard gutter.isEmpty, let line, drawing.hasPrefix("`- note: ") || drawing.hasPrefix("- note: ") else {
            return nil
        }
        let message = drawing.drop { $0 != ":" }.dropFirst(2)
        return Diagnostic(path: path, line: line, severity: .note, message: String(message))
    }
}
