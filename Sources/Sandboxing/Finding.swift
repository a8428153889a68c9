/// Something that a program left in its worktree and that could harm whoever uses the folder next.
package struct Finding: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
        /// A symbolic link that leads out of the worktree.
        case linkLeadingOut
        /// A device, a pipe or a socket.
        case specialFile
        /// A file that runs with its owner's or group's rights.
        case setUserID
        /// A file with another name elsewhere.
        case hardLink
        /// A repository that was not there: its hooks and filters would run.
        case nestedRepository
        /// A name with control characters or direction marks, which a terminal would obey.
        case controlCharacters
        /// A file that could not be looked at.
        case unreadable
    }

    package let kind: Kind
    /// Relative to the worktree, as it is; show it through ``TerminalText``.
    package let path: String
    /// Where a link leads, what kind of special file.
    package let detail: String?

    package init(_ kind: Kind, _ path: String, detail: String? = nil) {
        self.kind = kind
        self.path = path
        self.detail = detail
    }
}
