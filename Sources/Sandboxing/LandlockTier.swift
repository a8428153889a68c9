import Glibc

/// Walls without namespaces, for machines that close them and only where a person asks: Landlock (landlock(7)) in place
/// of bubblewrap, beside the same system-call filter, limits and init.
///
/// A program sees the host's own paths: its worktree is where it is, there is no `/worktree`, no `/fettle/in` and no
/// `/fettle/out`, so toolchains that exchange files with a test run cannot use it.
package enum LandlockTier {
    /// What each guarantee is worth here at best, where that is less than with namespaces.
    package static let losses: [Guarantee.Name: String] = [
        .fileSystem:
            "nothing outside can be opened, but names, sizes and dates of the host's files can be looked up; permissions and dates of whatever the user owns can be changed; /dev/shm is closed; beside a repository the worktree's top folder takes no new files",
        .network: "there are no sockets at all, so the loopback is lost too; named pipes in the worktree can be opened",
        .processes:
            "other processes can be seen in /proc, though neither signalled nor traced; the limit counts all of the user's",
        .kill: "processes are ended one by one, not by the kernel all at once",
        .secrets: "names in the home folder can be seen, though nothing there can be read",
        .git:
            "names in the repository can be seen and permissions changed, though nothing there can be read or written",
        .disk: "each file is bounded, neither the worktree nor /tmp and home are",
    ]

    /// One line for whoever chose it.
    package static let warning =
        "the Landlock tier holds less than namespaces do: "
        + Guarantee.Name.allCases.compactMap { name in losses[name].map { "\(name.rawValue): \($0)" } }
        .joined(separator: "; ")

    /// What a probe found, as what it is worth here.
    static func weighed(_ probed: [Guarantee]) -> [Guarantee] {
        probed.map { guarantee in
            guard let loss = losses[guarantee.name] else { return guarantee }
            switch guarantee.status {
            case .enforced, .partial: return Guarantee(guarantee.name, .partial(reason: loss), remedy: remedy)
            case .missing(let reason):
                // The only attacks that are expected to succeed.
                let known = ["the repository can be opened up", "a pipe in the worktree can be opened"]
                let isKnown = reason.hasPrefix("names in ") || known.contains(reason)
                return isKnown ? Guarantee(guarantee.name, .partial(reason: loss), remedy: remedy) : guarantee
            }
        }
    }

    private static let remedy = "open user namespaces and leave out `tier: landlock`"

    /// Landlock's rules for one run; `home` is a folder of its own.
    static func rules(
        site: Site, work: SandboxProfile.Work, home: String, readable: [String]
    ) throws(SandboxError) -> [LaunchRequest.Walls.Rule] {
        var rules: [LaunchRequest.Walls.Rule] = (readable + system).map { .readable($0) }
        rules += (devices + [home]).map { .writable($0) }
        switch (work, site.repository) {
        case (.copyOnWrite, _):
            throw SandboxError(.command, "the Landlock tier cannot keep a worktree's changes apart; use `work: bind`")
        case (.readOnly, nil): rules.append(.readable(site.path))
        case (.bind, nil): rules.append(.writable(site.path))
        case (_, .some):
            // A rule holds for all below, so that a repository is only left out by naming everything else.
            rules.append(.listable(site.path))
            let entries = HostFile.names(in: site.path).filter { $0 != ".git" }
            guard entries.count <= 256 else {
                throw SandboxError(.command, "\(site.path) has more entries than the Landlock tier can name")
            }
            rules += entries.map {
                work == .bind ? .writable("\(site.path)/\($0)") : .readable("\(site.path)/\($0)")
            }
        }
        return rules
    }

    private static let devices = ["/dev/null", "/dev/zero", "/dev/full"]
    private static let system = [
        "/proc", "/dev/random", "/dev/urandom", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/hosts",
        "/etc/ld.so.conf",
    ]

    /// How many processes and threads the user has already, which the kernel's limit counts without a namespace.
    static func processesOfUser() -> Int {
        HostFile.names(in: "/proc").reduce(0) { count, name in
            var status = stat()
            guard pid_t(name) != nil, stat("/proc/\(name)", &status) == 0, status.st_uid == getuid() else {
                return count
            }
            return count + max(1, HostFile.names(in: "/proc/\(name)/task").count)
        }
    }
}
