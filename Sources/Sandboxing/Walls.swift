import Glibc

/// A profile on this machine: what all its runs have in common, and how a command becomes the launcher's request.
struct Walls: Sendable {
    private let profile: SandboxProfile
    private let host: Host
    private let system: [BubblewrapArguments.SystemPath]
    private let toolchains: [Mount]
    private let environment: [String: String]

    init(profile: SandboxProfile, host: Host) {
        self.profile = profile
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
        environment.merge(profile.environment) { $1 }
        let path = found.flatMap(\.path) + [environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"]
        environment["PATH"] = path.joined(separator: ":")
        self.environment = environment
    }

    func run(
        _ command: Command, in worktree: String, guarantees: [Guarantee]
    ) async throws(SandboxError) -> CommandResult {
        let request = try request(for: command, worktree: worktree)
        let launch = Launch(
            launcher: host.launcher, request: request.bytes, keeping: profile.limits.outputKept,
            hardLimit: profile.limits.output)
        return CommandResult(try await launch.run(), of: command, guarantees: guarantees)
    }

    func request(for command: Command, worktree: String) throws(SandboxError) -> LaunchRequest {
        try check(command)
        guard let worktree = HostFile.resolved(worktree), HostFile.isDirectory(worktree) else {
            throw SandboxError(.command, "\(worktree) is no folder")
        }
        var mounts = toolchains
        mounts.append(Mount(host.launcher, at: BubblewrapArguments.initPath))
        mounts.append(Mount(worktree, at: Sandbox.worktreePath, .writable))
        for (name, path) in command.inputs.sorted(by: { $0.key < $1.key }) {
            guard let input = HostFile.resolved(path) else { throw SandboxError(.command, "there is no input \(path)") }
            mounts.append(Mount(input, at: "\(BubblewrapArguments.inputsPath)/\(name)", .readOnlyAsOwner))
        }
        if let directory = command.outputDirectory {
            guard let output = HostFile.resolved(directory), HostFile.isDirectory(output) else {
                throw SandboxError(.command, "\(directory) is no folder for output")
            }
            mounts.append(Mount(output, at: BubblewrapArguments.outputPath, .writable))
        }
        // As root everything is staged, and bubblewrap finds it there.
        let staged = host.isRoot ? mounts : []
        if host.isRoot {
            mounts = mounts.enumerated().map { Mount(LaunchRequest.stagedPath($0), at: $1.target, $1.access) }
        }
        let hidden = try hiddenRepository(in: worktree)
        let arguments = BubblewrapArguments(
            system: system, mounts: mounts, temporarySpace: profile.temporarySpace,
            files: Self.generatedFiles.map(\.path), hiddenRepository: hidden)
        return LaunchRequest(
            bubblewrap: host.bubblewrap, arguments: arguments, staged: staged,
            users: host.isRoot ? (Host.users.first, Host.users.count, Host.userLocks) : nil,
            groups: host.groups.words(named: RunName.next(), limits: profile.limits),
            // The last one, empty, lies over a `.git` file.
            fileContents: Self.generatedFiles.map(\.content) + [""],
            worktree: worktree,
            wallClock: min(command.wallClock ?? profile.limits.wallClock, profile.limits.wallClock),
            grace: profile.limits.grace,
            directory: command.workingDirectory.isEmpty
                ? Sandbox.worktreePath : "\(Sandbox.worktreePath)/\(command.workingDirectory)",
            limits: resourceLimits, program: command.arguments,
            environment: environment.merging(command.environment) { $1 })
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

    private func hiddenRepository(in worktree: String) throws(SandboxError) -> BubblewrapArguments.HiddenRepository {
        switch HostFile.kind("\(worktree)/.git") {
        case .file: return .file
        // Absent: stage makes a folder there for the time of the run, so that the program cannot make one.
        case .directory, nil: return .directory
        case .link, .other:
            // A mount would follow the link to wherever it leads.
            throw SandboxError(.command, "\(worktree)/.git is neither a file nor a folder, so it cannot be hidden")
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
        if let time = limits.cpuTime { list.append(("cpu", max(1, Int(time.components.seconds)))) }
        // Without a control group each process alone is held to the limit; RLIMIT_DATA, because address space that is
        // only reserved (Swift, node, Java) does not count there.
        if !host.groups.has(.memory) { list.append(("data", limits.memory)) }
        return list
    }

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
