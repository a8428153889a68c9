import CLauncher

/// A profile and a command as bubblewrap's arguments: the policy of the walls, in one place.
///
/// Pure: the same input gives the same arguments, and nothing is looked up.
package struct BubblewrapArguments: Sendable, Hashable {
    static let home = "/home/fettle"
    static let initPath = "/fettle/init"
    static let inputsPath = "/fettle/in"
    static let outputPath = "/fettle/out"
    static let user = 1000
    static let firstFileDescriptor = Int(fettle_data_descriptor(0))

    /// What lies over the worktree's `.git`: of the kind that is there already, since a mount needs something to lie on.
    package enum RepositoryCover: Sendable, Hashable {
        /// An empty folder, or an empty file, that nobody can open.
        case directory, file
        /// There is none, and the program cannot make one.
        case none
        /// A repository of the program's own, whose files' contents arrive after those of ``files``, in place of a
        /// folder or, by way of a file that names it, in place of a file.
        case snapshotDirectory(files: [String])
        case snapshotFile(files: [String])
    }

    static let snapshotPath = "/fettle/git"
    /// Room for what a program commits to a repository of its own.
    static let snapshotBytes = 64 << 20

    /// Paths of the system, in order: mounted, or made again as the link that they are.
    package enum SystemPath: Sendable, Hashable {
        case mount(String)
        case link(String, to: String)
    }

    package var system: [SystemPath]
    /// Their sources are where bubblewrap finds them, which is not where the host has them when we stage.
    package var mounts: [Mount]
    package var temporarySpace: SandboxProfile.TemporarySpace
    /// Small generated files, whose contents arrive at descriptors counted from ``firstFileDescriptor``.
    package var files: [String]
    package var repository: RepositoryCover
    /// Files of `/proc` that cannot be read.
    package var masked: [String]

    package init(
        system: [SystemPath], mounts: [Mount], temporarySpace: SandboxProfile.TemporarySpace, files: [String],
        repository: RepositoryCover, masked: [String] = []
    ) {
        self.system = system
        self.mounts = mounts
        self.temporarySpace = temporarySpace
        self.files = files
        self.repository = repository
        self.masked = masked
    }

    package var words: [String] {
        var words = [
            // Every namespace, the network's among them: an empty one with only a loopback.
            "--unshare-all", "--unshare-user",
            // The program can make no user namespace of its own, and so never gets back a capability.
            "--disable-userns",
            "--uid", "\(Self.user)", "--gid", "\(Self.user)", "--hostname", "fettle",
            // When stage dies, bubblewrap dies, then init, then the whole process namespace.
            "--die-with-parent",
            // A session of its own: no terminal to push characters into (TIOCSTI).
            "--new-session",
            // Our init reports the program's own wait status; bubblewrap's reports 137 for a signal and for an exit.
            "--as-pid-1",
        ]
        for path in system {
            switch path {
            case .mount(let path): words += ["--ro-bind", path, path]
            case .link(let path, let target): words += ["--symlink", target, path]
            }
        }
        words += ["--proc", "/proc"]
        for path in masked { words += ["--ro-bind", "/dev/null", path] }
        words += ["--dev", "/dev"]
        words += temporary("/dev/shm", temporarySpace.sharedMemory)
        // /dev is a file system in memory without a size: nothing may be added to it. Devices stay usable.
        words += ["--remount-ro", "/dev"]
        words += temporary("/tmp", temporarySpace.tmp)
        words += temporary(Self.home, temporarySpace.home)
        for (index, file) in files.enumerated() {
            words += ["--perms", "0444", "--file", "\(Self.firstFileDescriptor + index)", file]
        }
        for mount in mounts {
            words += [mount.access == .writable ? "--bind" : "--ro-bind", mount.source, mount.target]
        }
        words += cover(Sandbox.worktreePath + "/.git")
        words += ["--remount-ro", "/"]
        return words
    }

    private func temporary(_ path: String, _ bytes: Int) -> [String] {
        ["--size", "\(bytes)", "--tmpfs", path]
    }

    /// Through a worktree's `.git` a test would reach the shared repository's hooks and objects.
    private func cover(_ path: String) -> [String] {
        let descriptor = Self.firstFileDescriptor + files.count
        switch repository {
        case .none: return []
        // Empty and not closed, since tools that walk the tree would stumble over a closed one; read-only, since it
        // belongs to the sandbox's user.
        case .directory: return ["--perms", "0555", "--size", "4096", "--tmpfs", path, "--remount-ro", path]
        case .file: return ["--perms", "0444", "--ro-bind-data", "\(descriptor)", path]
        case .snapshotDirectory(let files): return snapshot(files, at: path, from: descriptor)
        case .snapshotFile(let files):
            return snapshot(files, at: Self.snapshotPath, from: descriptor + 1)
                + ["--perms", "0444", "--ro-bind-data", "\(descriptor)", path]
        }
    }

    private func snapshot(_ files: [String], at path: String, from descriptor: Int) -> [String] {
        var words = temporary(path, Self.snapshotBytes)
        for directory in ["objects", "objects/info", "objects/pack", "refs", "refs/heads", "refs/tags", "info"] {
            words += ["--dir", "\(path)/\(directory)"]
        }
        for (index, file) in files.enumerated() {
            words += ["--perms", "0644", "--file", "\(descriptor + index)", "\(path)/\(file)"]
        }
        return words
    }
}
