import Glibc

/// Finds out what the walls hold on this machine, by small real attacks from inside.
struct Probe {
    private let host: Host
    private let directory: String
    /// Small limits, so that going beyond them is quick.
    private let profile: SandboxProfile

    /// `directory` takes the answer, and while the probe runs its scene.
    init(host: Host, directory: String) {
        var environment = host.environment
        environment["FETTLE_PROBE_SECRET"] = "seen"
        self.host = host.with(environment: environment)
        self.directory = directory
        var profile = SandboxProfile(name: "probe")
        profile.systemPaths = ["/usr"]
        profile.limits.processes = 16
        profile.limits.memory = 64 << 20
        profile.limits.wallClock = .seconds(20)
        self.profile = profile
    }

    /// From the cache, unless the machine has started anew or the walls have changed.
    func guarantees() async throws(SandboxError) -> [Guarantee] {
        let cache = ProbeCache(directory: directory, host: host)
        if let known = cache.read() { return known }
        let found = try await attack()
        try cache.write(found)
        return found
    }

    private func attack() async throws(SandboxError) -> [Guarantee] {
        let scene = try ProbeScene(in: directory)
        let arguments = [
            scene.secret, scene.socketName, "\(getpid())", treasure, "\(profile.limits.processes)",
        ]
        let result = try await run(arguments, in: scene.worktree)
        guard result.ending == .exited(0) else {
            throw SandboxError(.guarantee, explanation, cause: Self.words(result))
        }
        var found = Self.verdicts(result.standardOutput.text)
        // Its children outlived it and held its output: that we are here says that they were ended.
        found.append(Guarantee(.kill, .enforced))
        found.append(try await memory(in: scene.worktree))
        return found
    }

    /// Something in the user's home folder; where there is nothing, nothing can be given away.
    private var treasure: String {
        let home = host.environment["HOME"] ?? "/"
        return "\(home)/\(HostFile.names(in: home).first ?? ".fettle-no-such-file")"
    }

    private func run(_ arguments: [String], in worktree: String) async throws(SandboxError) -> CommandResult {
        let command = Command([BubblewrapArguments.initPath, "probe"] + arguments)
        return try await Walls(profile: profile, host: host).run(command, in: worktree, guarantees: [])
    }

    private func memory(in worktree: String) async throws(SandboxError) -> Guarantee {
        guard host.groups.has(.memory) else {
            return Guarantee(
                .memory, .partial(reason: "each process alone is held to the limit, all together are not"),
                remedy: "run Fettle in a control group of its own: systemd-run --user --scope -p Delegate=yes fettle …")
        }
        let result = try await run(["memory", "\(profile.limits.memory)"], in: worktree)
        if result.ending == .outOfMemory { return Guarantee(.memory, .enforced) }
        return Guarantee(.memory, .missing(reason: "three times the limit was used; the run ended \(result.ending)"))
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
