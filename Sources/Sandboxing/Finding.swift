/// Something that a program left in its worktree and that could harm whoever uses the folder next.
package struct Finding: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
        /// A symbolic link that leads out of the worktree.
        case linkLeadingOut
        /// A device, a pipe or a socket.
        case specialFile
        /// A file that runs with its owner's or group's rights.
        case setUserID
        /// A file with several names: a change under one of them is a change under all.
        case hardLink
        /// A repository that was not there: its hooks and filters would run.
        case nestedRepository
        /// A name with control characters or direction marks, which a terminal would obey, or one that is no UTF-8.
        case controlCharacters
        /// A folder that forbids its owner to read or to enter it.
        case closedFolder
        /// A file that could not be looked at.
        case unreadable
        /// The look ended before it had seen everything: too many entries, too deep, or more findings than are kept.
        case incomplete
    }

    package let kind: Kind
    /// Relative to the worktree, with escapes for what a terminal would obey, and without its middle when it is long.
    package let path: String
    /// Where a link leads, what kind of special file; as safe to show as the path.
    package let detail: String?

    package init(_ kind: Kind, _ path: String, detail: String? = nil) {
        self.kind = kind
        self.path = path
        self.detail = detail
    }
}
