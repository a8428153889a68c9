import CLauncher
import Glibc

/// A profile on this machine: what all its runs have in common, and how a command becomes the launcher's request.
struct Walls: Sendable {
    private let profile: SandboxProfile
    private let host: Host
    private let directory: String
    private let system: [BubblewrapArguments.SystemPath]
    private let toolchains: [Mount]
    private let environment: [String: String]

    /// `directory` takes the folders of runs that need one.
    init(profile: SandboxProfile, host: Host, directory: String) {
        self.profile = profile
        self.directory = directory
        self.host = host
        system = profile.systemPaths.compactMap { path in
            switch HostFile.kind(path) {
            case .link(let target): .link(path, to: target)
            case .some: .mount(path)
            case nil: nil
            }
        }
        let discovery = ToolchainDiscovery(environment: host.environment, systemPaths: profile.systemPaths)
        let found = profile.toolchains.map(discovery.find)
        toolchains = Self.withoutNested(found.flatMap(\.mounts))

        var environment = [
            "HOME": BubblewrapArguments.home, "USER": "fettle", "LOGNAME": "fettle", "SHELL": "/bin/sh",
            "TMPDIR": "/tmp",
            "TERM": "dumb", "LANG": "C.UTF-8",
        ]
        for name in profile.passedEnvironment { environment[name] = host.environment[name] }
        for one in found { environment.merge(one.environment) { $1 } }
        let heap = (profile.limits.memory / 100 * profile.heap.share) >> 20
        for (name, value) in profile.heap.set {
            environment[name] = value.split(separator: "{MiB}", omittingEmptySubsequences: false)
                .joined(separator: "\(heap)")
        }
        environment.merge(profile.environment) { $1 }
        let path = found.flatMap(\.path) + [environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"]
        environment["PATH"] = path.joined(separator: ":")
        self.environment = environment
    }

    /// Runs one command, from a warm stage where there is one, and sees to the next.
    func run(
        _ command: Command, in worktree: String, guarantees: [Guarantee], warm: WarmStages? = nil
    ) async throws(SandboxError) -> CommandResult {
        try check(command)
        let site = try Site(worktree)
        let work = command.work ?? profile.work
        if profile.tier == .landlock { return try await runAlone(command, at: site, work, guarantees) }
        let program = program(for: command, work: work)
        guard let warm, let key = warmKey(for: command, at: site, work: work) else {
            let stage = try stage(at: site, work: work, exchange: Exchange(of: command))
            return CommandResult(try await launch(stage, program), of: command, guarantees: guarantees)
        }
        let prepared = warm.take(key, handing: command)
        let stage: Stage
        if let prepared {
            stage = prepared.stage
        } else {
            stage = try self.stage(at: site, work: work, exchange: Exchange(of: command), isPrompt: true)
        }
        let outcome = try await launch(stage, program) {
            prepared?.clear()
            refill(warm, key)
        }
        // Walls that could not be built ahead say nothing about walls that are built now.
        if prepared != nil, outcome.report.map({ fettle_ending(UInt32($0.header.ending)) }) == FETTLE_SANDBOX_FAILED {
            let stage = try self.stage(at: site, work: work, exchange: Exchange(of: command))
            return CommandResult(try await launch(stage, program), of: command, guarantees: guarantees)
        }
        return CommandResult(outcome, of: command, guarantees: guarantees)
    }

    /// In the Landlock tier: with a folder of the host for home and temporary files, and at the host's own paths.
    private func runAlone(
        _ command: Command, at site: Site, _ work: SandboxProfile.Work, _ guarantees: [Guarantee]
    ) async throws(SandboxError) -> CommandResult {
        guard command.inputs.isEmpty, command.outputDirectory == nil else {
            throw SandboxError(
                .command, "the Landlock tier can show no inputs and no output folder at paths of its own")
        }
        let home = "\(directory)/\(RunName.next())"
        guard HostFile.makeDirectories(home) else { throw .machinery("cannot make \(home)", errno) }
        defer { _ = TreeRemoval.remove(home) }
        var program = program(for: command, work: work)
        program.directory =
            command.workingDirectory.isEmpty ? site.path : "\(site.path)/\(command.workingDirectory)"
        program.environment["HOME"] = home
        program.environment["TMPDIR"] = home
        program.refusesSockets = true
        if let index = program.limits.firstIndex(where: { $0.name == "processes" }) {
            program.limits[index].value += LandlockTier.processesOfUser()
        }
        let rules = try LandlockTier.rules(
            site: site, work: work, home: home,
            readable: profile.systemPaths + toolchains.map(\.source) + [host.launcher])
        let walls = LaunchRequest.Walls(
            bubblewrap: "", arguments: nil, rules: rules,
            groups: host.groups.words(named: RunName.next(), limits: profile.limits), grace: profile.limits.grace)
        let stage = try Stage(launcher: host.launcher, walls: walls)
        return CommandResult(try await launch(stage, program), of: command, guarantees: guarantees)
    }

    private func launch(
        _ stage: Stage, _ program: LaunchRequest.Program, afterwards: (@Sendable () -> Void)? = nil
    ) async throws(SandboxError) -> Launch.Outcome {
        try await Launch(
            stage, program, keeping: profile.limits.outputKept, hardLimit: profile.limits.output,
            afterwards: afterwards
        ).run()
    }

    // MARK: - Ahead of time

    func prepare(for command: Command, in worktree: String, warm: WarmStages) throws(SandboxError) {
        let site = try Site(worktree)
        if let key = warmKey(for: command, at: site, work: command.work ?? profile.work) { refill(warm, key) }
    }

    /// What a stage must have been built for to run `command`; nil where it cannot be built ahead.
    func warmKey(for command: Command, at site: Site, work: SandboxProfile.Work) -> WarmStages.Key? {
        // A repository of the program's own must be as new as the run, and where a `.git` must be made for the time of
        // the run, that time should be short.
        guard profile.repository == .hidden, site.repository != nil || work != .bind else { return nil }
        // What can be lent to one run only must not wait with another.
        guard !host.isRoot || HostFile.mapsOwners(site.path) else { return nil }
        return WarmStages.Key(site: site, work: work, hasOutput: command.outputDirectory != nil)
    }

    func refill(_ warm: WarmStages, _ key: WarmStages.Key) {
        warm.fill(key) { exchange throws(SandboxError) in
            try stage(at: key.site, work: key.work, exchange: exchange, isPrompt: true)
        }
    }

    // MARK: - Requests

    private func stage(
        at site: Site, work: SandboxProfile.Work, exchange: Exchange, isPrompt: Bool = false
    ) throws(SandboxError) -> Stage {
        var walls = try walls(at: site, work: work, exchange: exchange)
        walls.isPrompt = isPrompt
        return try Stage(launcher: host.launcher, walls: walls)
    }

    private func program(for command: Command, work: SandboxProfile.Work) -> LaunchRequest.Program {
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
        // As root everything is staged, and bubblewrap finds it there; otherwise only where it cannot do by itself.
        let isStaged = host.isRoot || work == .copyOnWrite
        let staged = mounts.enumerated().map { index, mount in
            let isCopied = index == worktree && work == .copyOnWrite
            return staging(of: mount, isCopied: isCopied)
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
    private func staging(
        of mount: Mount, isCopied: Bool
    ) -> (source: String, how: LaunchRequest.Walls.Staging, lends: Bool) {
        let lends = host.isRoot && mount.access != .readOnly && !HostFile.mapsOwners(mount.source)
        if isCopied {
            return (mount.source, .copyOnWrite(bytes: profile.limits.disk, inodes: profile.limits.inodes), lends)
        }
        // What everyone can read needs no lending.
        let isOpen = lends && mount.access == .readOnlyAsOwner && HostFile.isReadableByAll(mount.source)
        return (mount.source, mount.access == .readOnly || isOpen ? .readOnly : .owned, lends && !isOpen)
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

    private func check(_ command: Command) throws(SandboxError) {
        guard let program = command.arguments.first, !program.isEmpty else {
            throw SandboxError(.command, "there is no program to run")
        }
        // What the C side reads ends at a NUL: a text with one inside would say something else there.
        let texts =
            command.arguments + command.environment.flatMap { [$0.key, $0.value] }
            + command.inputs.flatMap { [$0.key, $0.value] } + [command.workingDirectory, command.outputDirectory ?? ""]
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw SandboxError(.command, "a command may not contain NUL")
        }
        for name in command.environment.keys where name.isEmpty || name.contains("=") {
            throw SandboxError(.command, "`\(name)` is no name for a variable")
        }
        for name in command.inputs.keys where name.isEmpty || name.contains("/") || name == "." || name == ".." {
            throw SandboxError(.command, "`\(name)` is no name for an input")
        }
        let steps = command.workingDirectory.split(separator: "/")
        guard !command.workingDirectory.hasPrefix("/"), !steps.contains("..") else {
            throw SandboxError(.command, "`\(command.workingDirectory)` is no folder inside the worktree")
        }
    }

    private var resourceLimits: [(name: String, value: Int)] {
        let limits = profile.limits
        // Set by init, inside the user namespace: outside it they would count what other runs of the user have.
        var list: [(name: String, value: Int)] = [
            ("core", 0),
            ("processes", limits.processes + 1),
            ("file-size", limits.fileSize),
            ("open-files", limits.openFiles),
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

    /// A folder inside another that is mounted anyway cannot be mounted, and need not be.
    static func withoutNested(_ mounts: [Mount]) -> [Mount] {
        var kept: [Mount] = []
        for mount in mounts.sorted(by: { $0.target.utf8.count < $1.target.utf8.count }) {
            if !kept.contains(where: { mount.target == $0.target || mount.target.hasPrefix($0.target + "/") }) {
                kept.append(mount)
            }
        }
        return kept
    }
}
