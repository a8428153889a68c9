import Glibc

/// Finds out what the walls hold on this machine, by small real attacks from inside.
struct Probe {
    private let host: Host
    private let directory: String
    /// Small limits, so that going beyond them is quick.
    private let profile: SandboxProfile

    /// `directory` takes the answer, and while the probe runs its scene.
    init(host: Host, directory: String, tier: SandboxProfile.Tier) {
        var environment = host.environment
        environment["FETTLE_PROBE_SECRET"] = "seen"
        self.host = host.with(environment: environment)
        self.directory = directory
        var profile = SandboxProfile(name: "probe")
        profile.tier = tier
        profile.systemPaths = tier == .namespaces ? ["/usr"] : ["/usr", "/lib", "/lib64"]
        profile.limits.processes = 16
        profile.limits.memory = 64 << 20
        // Only for what hangs: a busy machine is no machine without a sandbox.
        profile.limits.wallClock = .seconds(120)
        self.profile = profile
    }

    /// From the cache, unless the machine has started anew or the walls have changed.
    func guarantees() async throws(SandboxError) -> [Guarantee] {
        let cache = ProbeCache(directory: directory, host: host, tier: profile.tier)
        if let known = cache.read() { return known }
        // Many that start at once on a machine not probed yet would hold each other up until probes time out.
        let turn = try ProbeTurn(in: directory)
        while !turn.isOurs, !Task.isCancelled {
            do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
            if let known = cache.read() { return known }
        }
        if let known = cache.read() { return known }
        var found = try await attack()
        if profile.tier == .landlock { found = LandlockTier.weighed(found) }
        try cache.write(found)
        return found
    }

    private func attack() async throws(SandboxError) -> [Guarantee] {
        let scene = try ProbeScene(in: directory)
        var arguments = [
            scene.secret, scene.socketName, "\(getpid())", treasure, "\(profile.limits.processes)",
        ]
        // There the limit counts what else the user runs, and some of that may end while the probe tries it.
        if profile.tier == .landlock { arguments.append("shared") }
        let result = try await run(arguments, in: scene.worktree)
        guard result.ending == .exited(0) else {
            throw SandboxError(.guarantee, explanation, cause: Self.words(result))
        }
        var found = Self.verdicts(result.standardOutput.text)
        // Its children outlived it and held its output: that we are here says that they were ended.
        found.append(Guarantee(.kill, .enforced))
        found.append(try await memory(in: scene.worktree))
        found.append(try await processor(in: scene.worktree))
        found.append(try await disk(in: scene.worktree))
        return found
    }

    /// Something in the user's home folder; where there is nothing, nothing can be given away.
    private var treasure: String {
        let home = host.environment["HOME"] ?? "/"
        return "\(home)/\(HostFile.names(in: home).first ?? ".fettle-no-such-file")"
    }

    private func run(
        _ arguments: [String], in worktree: String, change: (inout SandboxProfile) -> Void = { _ in }
    ) async throws(SandboxError) -> CommandResult {
        var profile = profile
        change(&profile)
        let program = profile.tier == .namespaces ? BubblewrapArguments.initPath : host.launcher
        return try await Walls(profile: profile, host: host, directory: directory, ownsWorktrees: false).run(
            Command([program, "probe"] + arguments), in: worktree, guarantees: [])
    }

    private func memory(in worktree: String) async throws(SandboxError) -> Guarantee {
        guard host.groups.has(.memory) else {
            return Guarantee(
                .memory,
                .partial(
                    reason: "each process alone is held to the limit; shared memory, and all together, are not"),
                remedy: ControlGroups.remedy)
        }
        let result = try await run(["memory", "\(profile.limits.memory)"], in: worktree)
        if result.ending == .outOfMemory { return Guarantee(.memory, .enforced) }
        return Guarantee(.memory, .missing(reason: "three times the limit was used; the run ended \(result.ending)"))
    }

    /// Two processes that compute, on what only one may have, until the processor time of both together is spent.
    private func processor(in worktree: String) async throws(SandboxError) -> Guarantee {
        let result = try await run(["processor"], in: worktree) {
            $0.limits.cpuTime = .milliseconds(200)
            if host.groups.has(.cpu) { $0.limits.cpus = 1 }
        }
        guard result.processorTimeSpent else {
            return Guarantee(.cpu, .missing(reason: "processor time was not bounded; the run ended \(result.ending)"))
        }
        // The kernel gives out its shares a tenth of a second at a time.
        let used = result.userCPU + result.systemCPU
        if host.groups.has(.cpu), used > result.wall + .milliseconds(150) {
            return Guarantee(.cpu, .missing(reason: "two processes had more than the one processor they were given"))
        }
        return Guarantee(.cpu, .enforced)
    }

    /// Writes to a copy-on-write worktree until it is full: the run must end by that, and the worktree be as it was.
    private func disk(in worktree: String) async throws(SandboxError) -> Guarantee {
        if profile.tier == .landlock {
            return Guarantee(.disk, .missing(reason: LandlockTier.losses[.disk] ?? ""))
        }
        let before = HostFile.names(in: worktree)
        let result = try await run(["disk"], in: worktree) {
            $0.work = .copyOnWrite
            $0.limits.disk = 1 << 20
            $0.limits.inodes = 64
        }
        switch result.ending {
        case .diskLimit where HostFile.names(in: worktree) == before: return Guarantee(.disk, .enforced)
        case .diskLimit: return Guarantee(.disk, .missing(reason: "what was written to a copy came through"))
        default: return Guarantee(.disk, .missing(reason: Self.words(result)))
        }
    }

    /// The lines that the launcher's probe role writes. What it does not mention is not held.
    static func verdicts(_ text: String) -> [Guarantee] {
        var statuses: [Guarantee.Name: Guarantee.Status] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard parts.count >= 2, let name = Guarantee.Name(rawValue: parts[0]) else { continue }
            if parts[1] == "held" {
                statuses[name] = .enforced
            } else if statuses[name] == nil {
                statuses[name] = .missing(reason: parts.count > 2 ? parts[2] : "an attack got through")
            }
        }
        let attacked: [Guarantee.Name] = [.fileSystem, .network, .processes, .seccomp, .secrets, .git]
        return attacked.map { Guarantee($0, statuses[$0] ?? .missing(reason: "the probe ended before it tried")) }
    }

    private static func words(_ result: CommandResult) -> String {
        switch result.ending {
        case .sandboxFailed(let why), .execFailed(let why): why
        case let other: "the probe ended \(other); \(result.standardError.sanitisedText)"
        }
    }

    /// The usual settings that close user namespaces, and how to open them.
    private var explanation: String {
        let none = "no sandbox can be had on this machine, and nothing runs without one"
        let settings = [
            ("kernel.unprivileged_userns_clone", "0", "1"), ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
            ("user.max_user_namespaces", "0", "10000"),
        ]
        for (name, closed, open) in settings {
            let path = "/proc/sys/" + name.split(separator: ".").joined(separator: "/")
            guard HostFile.text(path)?.filter({ !$0.isWhitespace }) == closed else { continue }
            return "\(none); user namespaces are closed: sysctl -w \(name)=\(open)"
        }
        return none
    }
}
