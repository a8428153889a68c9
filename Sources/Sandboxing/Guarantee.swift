/// One promise of the sandbox and whether this machine keeps it, found by trying to break it.
package struct Guarantee: Sendable, Codable, Hashable {
    package enum Name: String, Sendable, Codable, Hashable, CaseIterable {
        /// Nothing of the host is visible but what the profile names; nothing is writable but the worktree.
        case fileSystem
        /// No network, and no socket or pipe of the host; in a worktree that is not Fettle's own and no copy, none of those
        /// that were there when the run began.
        case network
        /// The program sees and signals only its own processes, and their number is bounded.
        case processes
        /// Memory of all processes together is bounded, swap included.
        case memory
        /// Processor time is bounded.
        case cpu
        /// What is written is bounded.
        case disk
        /// When the run is over, nothing of it lives on.
        case kill
        /// System calls that open holes in the other walls are refused.
        case seccomp
        /// Environment and home folder of the user are not visible.
        case secrets
        /// The worktree's `.git` cannot be read or written.
        case git
    }

    package enum Status: Sendable, Codable, Hashable {
        case enforced
        case partial(reason: String)
        case missing(reason: String)
    }

    package let name: Name
    package let status: Status
    /// What would enforce it: a package to install, a setting to change.
    package let remedy: String?

    package init(_ name: Name, _ status: Status, remedy: String? = nil) {
        self.name = name
        self.status = status
        self.remedy = remedy
    }
}
