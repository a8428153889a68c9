/// What went wrong with a repository, a worktree or a patch: one line for people, a stable code for programs.
package struct GitError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Codable {
        case pathNotFound = "path-not-found"
        case notARepository = "not-a-repository"
        /// A repository format that libgit2 cannot read, such as SHA-256 object names or partial clones.
        case unsupportedRepository = "unsupported-repository"
        case invalidName = "invalid-name"
        case malformedPatch = "malformed-patch"
        /// A patch names something outside the working tree, inside `.git`, or behind a symbolic link.
        case unsafePath = "unsafe-path"
        case conflict
        case branchExists = "branch-exists"
        /// The operating system refused; `underlying` holds its words.
        case system
        /// libgit2 refused; `underlying` holds its words.
        case library
    }

    package let code: Code
    /// What failed, where, and what to do, without a line break.
    package let message: String
    package let underlying: String?
    /// For `.conflict`: every place that did not fit.
    package let conflicts: [PatchConflict]

    package init(_ code: Code, _ message: String, underlying: String? = nil, conflicts: [PatchConflict] = []) {
        self.code = code
        self.message = Self.oneLine(message)
        self.underlying = underlying.map(Self.oneLine)
        self.conflicts = conflicts
    }

    package var description: String {
        underlying.map { "\(message): \($0)" } ?? message
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}

/// One place of a patch that does not fit the files it was applied to.
package struct PatchConflict: Sendable, Hashable, Codable, CustomStringConvertible {
    package let path: TreePath
    /// 1-based number of the hunk in its file; nil where the file as a whole does not fit.
    package let hunk: Int?
    /// The line of the old file where the hunk begins; nil with `hunk`.
    package let line: Int?
    package let reason: String

    package var description: String {
        guard let hunk, let line else { return "\(path): \(reason)" }
        return "\(path):\(line): hunk \(hunk): \(reason)"
    }
}
