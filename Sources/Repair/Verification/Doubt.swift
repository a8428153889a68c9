import Editing

/// Edits that weak tests most often take for a fix: those that only take code away, and those that leave early.
///
/// The anti-patterns of Tan, Yoshida, Prasad and Roychoudhury, "Anti-patterns in search-based program repair" (FSE 2016), as far as
/// they can be told by counting tokens. Such an edit may be right; another one that passes the same tests is more often so.
package enum Doubt {
    private static let exits: Set<String> = [
        "return", "break", "continue", "raise", "throw", "exit", "abort", "pass", "goto", "panic", "fatalError",
    ]

    package static func isDoubtful(base: ChangedFiles, changed: ChangedFiles) -> Bool {
        changed.allSatisfy { path, bytes in
            guard let language = SourceLanguage(path: path) else { return false }
            return isDoubtful(
                SourceFile(path: path, bytes: base[path] ?? [], language: language),
                SourceFile(path: path, bytes: bytes, language: language))
        }
    }

    private static func isDoubtful(_ old: SourceFile, _ new: SourceFile) -> Bool {
        let difference = TokenDistance.difference(from: old.text, to: new.text)
        if difference.added.contains(where: exits.contains), !difference.removed.contains(where: exits.contains) {
            return true
        }
        return difference.added.isEmpty && new.statements.count < old.statements.count
    }
}
