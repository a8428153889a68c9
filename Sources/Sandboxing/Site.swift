import Glibc

/// A worktree as it is right now: which folder, and what stands at its `.git`.
struct Site: Sendable, Hashable {
    enum RepositoryKind: Sendable, Hashable { case file, directory }

    /// Absolute, without links.
    let path: String
    /// Nil where there is none.
    let repository: RepositoryKind?
    /// Another folder under the same name is another site.
    private let device: UInt
    private let number: UInt

    init(_ worktree: String) throws(SandboxError) {
        var status = stat()
        guard let path = HostFile.resolved(worktree), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR
        else { throw SandboxError(.command, "\(worktree) is no folder") }
        self.path = path
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
        switch HostFile.kind("\(path)/.git") {
        case .file: repository = .file
        // An empty one is no repository. Another run that is under way here may have made it for its cover, and will
        // remove it.
        case .directory: repository = HostFile.names(in: "\(path)/.git").isEmpty ? nil : .directory
        case nil: repository = nil
        case .link, .other:
            // A mount would follow the link to wherever it leads.
            throw SandboxError(.command, "\(path)/.git is neither a file nor a folder, so it cannot be hidden")
        }
    }
}
