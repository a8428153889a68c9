/// How a command becomes the launcher's request.
extension Walls {
    func stage(
        at site: Site, work: SandboxProfile.Work, exchange: Exchange, isPrompt: Bool = false
    ) throws(SandboxError) -> Stage {
        var walls = try walls(at: site, work: work, exchange: exchange)
        walls.isPrompt = isPrompt
        return try Stage(launcher: host.launcher, walls: walls)
    }

    func program(for command: Command, work: SandboxProfile.Work) -> LaunchRequest.Program {
        LaunchRequest.Program(
            arguments: command.arguments, environment: environment.merging(command.environment) { $1 },
            directory: command.workingDirectory.isEmpty
                ? Sandbox.worktreePath : "\(Sandbox.worktreePath)/\(command.workingDirectory)",
            wallClock: min(command.wallClock ?? profile.limits.wallClock, profile.limits.wallClock),
            limits: resourceLimits, processorTime: profile.limits.cpuTime, copiesOnWrite: work == .copyOnWrite,
            allowedCalls: profile.allowedCalls)
    }

    private func walls(
        at site: Site, work: SandboxProfile.Work, exchange: Exchange
    ) throws(SandboxError) -> LaunchRequest.Walls {
        var mounts = toolchains
        mounts.append(Mount(host.launcher, at: BubblewrapArguments.initPath))
        let worktree = mounts.count
        mounts.append(Mount(site.path, at: Sandbox.worktreePath, work == .readOnly ? .readOnlyAsOwner : .writable))
        mounts += try exchange.mounts()
        let cover = try cover(at: site, work: work)
        mounts += cover.mounts
        // In a copy the kernel has files of its own in their place.
        let covered = ownsWorktrees || work == .copyOnWrite ? [] : try SpecialFiles.paths(in: site)
        // As root everything is staged, and bubblewrap finds it there; otherwise only where it cannot do by itself.
        let isStaged = host.isRoot || work == .copyOnWrite || !covered.isEmpty
        let staged = mounts.enumerated().map { index, mount in
            var staged = staging(of: mount, isCopied: index == worktree && work == .copyOnWrite)
            if index == worktree { staged.covered = covered }
            return staged
        }
        if isStaged {
            mounts = mounts.enumerated().map {
                Mount(LaunchRequest.Walls.stagedPath($0), at: $1.target, $1.access)
            }
        }
        let arguments = BubblewrapArguments(
            system: system, mounts: mounts, temporarySpace: profile.temporarySpace,
            files: Self.generatedFiles.map(\.path), repository: cover.repository,
            masked: Self.kernelFiles.filter(HostFile.exists))
        return LaunchRequest.Walls(
            bubblewrap: host.bubblewrap, arguments: arguments, staged: isStaged ? staged : [],
            users: host.isRoot ? (Host.users.first, Host.users.count, Host.userLocks) : nil,
            groups: host.groups.words(named: RunName.next(), limits: profile.limits),
            fileContents: Self.generatedFiles.map { .text($0.content) } + cover.contents,
            placeholder: site.repository == nil && work == .bind ? (site.path, "\(directory)/placeholders") : nil,
            grace: profile.limits.grace)
    }

    /// How stage shows a mount's source to the sandbox's user, who is not its owner.
    private func staging(of mount: Mount, isCopied: Bool) -> LaunchRequest.Walls.Staged {
        let lends = host.isRoot && mount.access != .readOnly && !HostFile.mapsOwners(mount.source)
        if isCopied {
            let how = LaunchRequest.Walls.Staging.copyOnWrite(
                bytes: profile.limits.disk, inodes: profile.limits.inodes)
            return .init(source: mount.source, how: how, lends: lends)
        }
        // What everyone can read needs no lending.
        let isOpen = lends && mount.access == .readOnlyAsOwner && HostFile.isReadableByAll(mount.source)
        return .init(
            source: mount.source, how: mount.access == .readOnly || isOpen ? .readOnly : .owned,
            lends: lends && !isOpen)
    }

    private struct Cover {
        var repository: BubblewrapArguments.RepositoryCover
        var contents: [LaunchRequest.Walls.FileContent] = []
        var mounts: [Mount] = []
    }

    private func cover(at site: Site, work: SandboxProfile.Work) throws(SandboxError) -> Cover {
        if profile.repository == .snapshot, let snapshot = try GitSnapshot(of: site) {
            let files = snapshot.files.map(\.path)
            let contents = snapshot.files.map(\.content)
            let mounts = snapshot.objects.enumerated().map {
                Mount(
                    $1, at: GitSnapshot.objectsPath($0), HostFile.mapsOwners($1) ? .readOnlyAsOwner : .readOnly)
            }
            if site.repository == .directory {
                return Cover(repository: .snapshotDirectory(files: files), contents: contents, mounts: mounts)
            }
            let link = LaunchRequest.Walls.FileContent.text("gitdir: \(BubblewrapArguments.snapshotPath)\n")
            return Cover(repository: .snapshotFile(files: files), contents: [link] + contents, mounts: mounts)
        }
        switch site.repository {
        case .file: return Cover(repository: .file, contents: [.text("")])
        case .directory: return Cover(repository: .directory)
        // Stage makes a folder there for the time of the run, so that the program cannot make one. In a copy the
        // cover itself makes it, and where nothing can be written there is no need.
        case nil: return Cover(repository: work == .readOnly ? .none : .directory)
        }
    }

    private var resourceLimits: [(name: String, value: Int)] {
        let limits = profile.limits
        // Set by init, inside the user namespace: outside it they would count what other runs of the user have.
        var list: [(name: String, value: Int)] = [
            // Of none the kernel would still start the host's crash handler, where it has one (core(5)); of one it does not.
            ("core", 1),
            ("processes", limits.processes + 1),
            ("file-size", limits.fileSize),
            ("open-files", limits.openFiles),
            // What a user's settings for sound or desktop grant is no program's under test: to run before everybody else.
            ("nice", 20),
            ("real-time", 0),
        ]
        // Init adds up what all processes use; this ends a single one even if init is slow to look.
        if let time = limits.cpuTime { list.append(("cpu", Int(time.components.seconds) + 2)) }
        // Without a control group each process alone is held to the limit; RLIMIT_DATA, because address space that is
        // only reserved (Swift, node, Java) does not count there.
        if !host.groups.has(.memory) { list.append(("data", limits.memory)) }
        return list
    }

    /// Files of the kernel that tell about the machine and not about the run: how it was started, where it lies in memory,
    /// which keys the user has.
    private static let kernelFiles = [
        "cmdline", "config.gz", "kallsyms", "kcore", "key-users", "keys", "latency_stats", "sched_debug", "timer_list",
    ].map { "/proc/\($0)" }

    /// What programs look up about users and hosts, without the host's own.
    private static let generatedFiles: [(path: String, content: String)] = [
        (
            "/etc/passwd",
            "root:x:0:0:root:/nonexistent:/usr/sbin/nologin\nfettle:x:1000:1000:fettle:/home/fettle:/bin/sh\n"
                + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
        ),
        ("/etc/group", "root:x:0:\nfettle:x:1000:\nnogroup:x:65534:\n"),
        ("/etc/hosts", "127.0.0.1 localhost fettle\n::1 localhost\n"),
        ("/etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\n"),
    ]
}
