/// A programming language whose sources Fettle can read as tokens.
package enum SourceLanguage: String, Sendable, Hashable, Codable, CaseIterable {
    case python
    case swift
    /// C, C++ and their headers.
    case c
    /// JavaScript and TypeScript.
    case javaScript
    case java
    case rust
    case go

    /// The language of a file by its extension, or nil where Fettle has no tables for it.
    package init?(path: String) {
        guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: "."), dot != name.startIndex,
            let language = Self.byExtension[name[name.index(after: dot)...].lowercased()]
        else { return nil }
        self = language
    }

    /// The tables that the lexer reads this language by.
    package var rules: LexicalRules {
        switch self {
        case .python: .python
        case .swift: .swift
        case .c: .c
        case .javaScript: .javaScript
        case .java: .java
        case .rust: .rust
        case .go: .go
        }
    }

    /// Whether blocks are indented rather than braced.
    package var indentsBlocks: Bool { self == .python }

    /// Whether `if`, `while` and `for` put their condition in round brackets.
    package var parenthesisesConditions: Bool { self == .c || self == .javaScript || self == .java }

    /// Whether a statement must end with a semicolon.
    package var requiresSemicolons: Bool { self == .c || self == .java || self == .rust }

    private static let byExtension: [String: SourceLanguage] = [
        "py": .python, "pyi": .python,
        "swift": .swift,
        "c": .c, "h": .c, "cc": .c, "cpp": .c, "cxx": .c, "hh": .c, "hpp": .c, "hxx": .c, "inl": .c,
        "js": .javaScript, "jsx": .javaScript, "mjs": .javaScript, "cjs": .javaScript,
        "ts": .javaScript, "tsx": .javaScript, "mts": .javaScript, "cts": .javaScript,
        "java": .java,
        "rs": .rust,
        "go": .go,
    ]
}
