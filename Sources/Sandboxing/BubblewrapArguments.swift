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

    /// How the worktree's `.git` is hidden: with what is there already, since a mount needs something to lie on.
    package enum HiddenRepository: Sendable, Hashable { case directory, file }

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
    package var hiddenRepository: HiddenRepository

    package init(
        system: [SystemPath], mounts: [Mount], temporarySpace: SandboxProfile.TemporarySpace, files: [String],
        hiddenRepository: HiddenRepository
    ) {
        self.system = system
        self.mounts = mounts
        self.temporarySpace = temporarySpace
        self.files = files
        self.hiddenRepository = hiddenRepository
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
        words += ["--proc", "/proc", "--dev", "/dev"]
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
        words += hidden(Sandbox.worktreePath + "/.git")
        words += ["--remount-ro", "/"]
        return words
    }

    private func temporary(_ path: String, _ bytes: Int) -> [String] {
        ["--size", "\(bytes)", "--tmpfs", path]
    }

    /// Through a worktree's `.git` a test would reach the shared repository's hooks and objects.
    private func hidden(_ path: String) -> [String] {
        switch hiddenRepository {
        // Read-only too: the folder belongs to the sandbox's user, who could otherwise open it up again.
        case .directory: ["--perms", "0000", "--size", "4096", "--tmpfs", path, "--remount-ro", path]
        case .file: ["--perms", "0000", "--ro-bind-data", "\(Self.firstFileDescriptor + files.count)", path]
        }
    }
}
