/// Something that a run left in its worktree and that could surprise whoever touches the worktree next.
package struct SweepFinding: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
        /// A symbolic link that leads out of the worktree, or that is absolute, which outside means something else.
        case linkLeadingOut
        /// Opening one waits for ever.
        case namedPipe
        case socket
        case device
        /// A program that runs as its owner or its group: set-user-id or set-group-id.
        case setUserID
        /// A file with several names: a change under one of them is a change under all.
        case hardLink
        /// A repository inside the worktree, whose hooks and settings git would obey there.
        case nestedRepository
        /// A name with control or invisible characters, or one that is no UTF-8.
        case hazardousName
        /// A folder that forbids its owner to read or enter it.
        case closedFolder
        /// What could not be looked at; says why.
        case unreadable
        /// The sweep ended before it had seen everything: too many entries, or too deep.
        case incomplete
    }

    package let kind: Kind
    /// Below the worktree, with escapes for what a terminal would obey, and without its middle when it is long.
    package let path: String
    /// What exactly, in a few words, as safe to show as the path.
    package let detail: String

    package init(_ kind: Kind, _ path: String, _ detail: String) {
        self.kind = kind
        self.path = path
        self.detail = detail
    }
}

extension SweepFinding: CustomStringConvertible {
    package var description: String { "\(kind.rawValue): \(path.isEmpty ? "." : path) \(detail)" }
}

/// All that one sweep found, and how much it looked at.
package struct SweepResult: Sendable, Codable, Hashable {
    /// In the order in which they were met.
    package var findings: [SweepFinding] = []
    /// Findings beyond the bound, which only count.
    package var omitted = 0
    /// Files, folders and links that were looked at.
    package var entries = 0

    package init() {}
}
