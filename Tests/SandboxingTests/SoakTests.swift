import Glibc
import Sandboxing
import Testing

/// Many runs and much output, in a process of its own, where nobody else makes what is counted.
///
/// `FETTLE_SOAK_RUNS` and `FETTLE_FLOOD_MEBIBYTES` make it more than what every `make test` can wait for.
@Suite("What many runs leave: nothing")
struct SoakTests {
    @Test("runs two at a time leave no descriptor, mount, control group, process or file")
    func soak() async throws { try await judge("SoakTests/soakRunner") }

    @Test("neither the launcher nor its reader grows with what a program writes")
    func flood() async throws { try await judge("SoakTests/floodRunner") }

    private func judge(_ runner: String) async throws {
        let folder = try ScratchFolder(owner: geteuid())
        var environment = ["FETTLE_SOAK": folder.path]
        for name in ["FETTLE_SOAK_RUNS", "FETTLE_FLOOD_MEBIBYTES"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        let status = try await Underling.asOurselves.run(runner, in: folder.path, environment: environment)
        let log = readFile("\(folder.path)/runner.log") ?? ""
        #expect(status == 0, "\(log.suffix(3000))")
        #expect(log.contains("soak: "), "\(log.suffix(3000))")
        for line in log.split(separator: "\n") where line.contains("soak: ") { print(line) }
    }

    private static let isRunner = getenv("FETTLE_SOAK") != nil

    /// Not a test of its own: what ``soak()`` runs in another process.
    @Test("the soak's runner", .enabled(if: isRunner, "started by another test"))
    func soakRunner() async throws {
        let folder = String(cString: try #require(getenv("FETTLE_SOAK")))
        let runs = Self.number("FETTLE_SOAK_RUNS") ?? 60
        let fixture = try Fixture()
        for warmStages in [0, 2] {
            // Nothing is built ahead for a worktree in which a `.git` must be made for the time of the run.
            if warmStages > 0 { try fixture.write("", to: ".git") }
            let profile = try SandboxProfile.load(named: "default", searching: [Fixture.checkout + "/Sandboxes"])
            let before = Snapshot(folder, fixture.worktree)
            do {
                let sandbox = try await Sandbox(
                    profile: profile, stateDirectory: folder + "/state", launcher: Fixture.launcher,
                    warmStages: warmStages)
                try await soak(sandbox, runs / 2, in: fixture.worktree)
            }
            // Walls that stood ready go with the sandbox, a moment after it.
            var after = Snapshot(folder, fixture.worktree)
            for _ in 0..<600 where after != before {
                try await Task.sleep(for: .milliseconds(50))
                after = Snapshot(folder, fixture.worktree)
            }
            #expect(after == before)
        }
        print("soak: \(runs) runs left nothing")
    }

    private func soak(_ sandbox: Sandbox, _ runs: Int, in worktree: String) async throws {
        let commands: [(script: String, ending: CommandResult.Ending)] = [
            ("sleep 1000 & exit 3", .exited(3)), ("setsid sh -c 'trap \"\" TERM HUP; sleep 1000' & exit 0", .exited(0)),
            ("kill -9 $$", .signalled(SIGKILL, core: false)), ("head -c 1M /dev/zero; exit 1", .exited(1)),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<runs {
                if index >= 2 { try await group.next() }
                let (script, ending) = commands[index % commands.count]
                group.addTask {
                    let result = try await sandbox.run(Command(["sh", "-c", script]), in: worktree)
                    #expect(result.ending == ending)
                    #expect(result.leftovers == [])
                }
            }
            try await group.waitForAll()
        }
    }

    /// Not a test of its own: what ``flood()`` runs in another process.
    @Test("the flood's runner", .enabled(if: isRunner, "started by another test"))
    func floodRunner() async throws {
        let folder = String(cString: try #require(getenv("FETTLE_SOAK")))
        let mebibytes = Self.number("FETTLE_FLOOD_MEBIBYTES") ?? 2048
        let fixture = try Fixture()
        var profile = try SandboxProfile.load(named: "default", searching: [Fixture.checkout + "/Sandboxes"])
        profile.limits.output = (mebibytes + 1) << 20
        let sandbox = try await Sandbox(
            profile: profile, stateDirectory: folder + "/state", launcher: Fixture.launcher)
        _ = try await sandbox.run(Command(["true"]), in: fixture.worktree)
        let before = Self.kibibytes("VmRSS", of: getpid())
        let watch = Task {
            var most = (launcher: 0, reader: 0)
            while !Task.isCancelled {
                for child in HostState.children
                where readFile("/proc/\(child)/comm")?.hasPrefix("fettle-launcher") == true {
                    most.launcher = max(most.launcher, Self.kibibytes("VmHWM", of: child))
                }
                most.reader = max(most.reader, Self.kibibytes("VmRSS", of: getpid()) - before)
                try? await Task.sleep(for: .milliseconds(10))
            }
            return most
        }
        let result = try await sandbox.run(
            Command(["head", "-c", "\(mebibytes)M", "/dev/zero"]), in: fixture.worktree)
        watch.cancel()
        let most = await watch.value
        #expect(result.ending == .exited(0))
        #expect(result.standardOutput.bytesSeen == mebibytes << 20)
        #expect(most.launcher > 0 && most.launcher < 32 << 10)
        #expect(most.reader < 32 << 10)
        print(
            "soak: \(mebibytes) MiB of output; the launcher has at most \(most.launcher) KiB, its reader \(most.reader) KiB more"
        )
    }

    private struct Snapshot: Equatable {
        let descriptors = HostState.descriptors
        let mounts = HostState.mounts
        let controlGroups = HostState.controlGroups
        let children = HostState.children
        let state: [String]
        let worktree: [String]

        init(_ folder: String, _ worktree: String) {
            state = HostState.names(in: folder + "/state/sandbox").filter {
                !["probe.json", "probe.lock", "placeholders"].contains($0)
            }
            self.worktree = HostState.names(in: worktree)
        }
    }

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    private static func kibibytes(_ field: String, of process: pid_t) -> Int {
        let line = (readFile("/proc/\(process)/status") ?? "").split(separator: "\n").first { $0.hasPrefix(field) }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
