import CLauncher
import Glibc

/// A profile on this machine: what all its runs have in common, and how a command becomes the launcher's request.
struct Walls: Sendable {
    let profile: SandboxProfile
    let host: Host
    let directory: String
    /// Whether nobody on the host makes sockets or pipes in the worktrees.
    let ownsWorktrees: Bool
    let system: [BubblewrapArguments.SystemPath]
    let toolchains: [Mount]
    let environment: [String: String]

    /// `directory` takes the folders of runs that need one.
    init(profile: SandboxProfile, host: Host, directory: String, ownsWorktrees: Bool) {
        self.profile = profile
        self.ownsWorktrees = ownsWorktrees
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

    /// Runs one command, and looks afterwards through what stays of what it wrote.
    func run(
        _ command: Command, in worktree: String, guarantees: [Guarantee], warm: WarmStages? = nil
    ) async throws(SandboxError) -> CommandResult {
        try check(command)
        let site = try Site(worktree)
        let work = command.work ?? profile.work
        let start = Sweep.clock
        var result =
            switch profile.tier {
            case .landlock: try await runAlone(command, at: site, work, guarantees)
            case .namespaces: try await runContained(command, at: site, work, guarantees, warm: warm)
            }
        guard work == .bind else { return result }
        var sweep = Sweep()
        // With namespaces the program cannot make one, and where it can, one that is new is its doing.
        sweep.hasRepository = site.repository != nil || profile.tier == .namespaces
        result.findings = await sweep.sweepApart(site.path, changedSince: start)
        return result
    }

    /// From a warm stage where there is one, and sees to the next.
    private func runContained(
        _ command: Command, at site: Site, _ work: SandboxProfile.Work, _ guarantees: [Guarantee], warm: WarmStages?
    ) async throws(SandboxError) -> CommandResult {
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

    // MARK: - Checks

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
