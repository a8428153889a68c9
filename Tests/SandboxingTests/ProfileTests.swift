import Glibc
import Testing

@testable import Sandboxing

@Suite("Profiles", .takingTurns)
struct ProfileTests {
    @Test(
        "every shipped profile loads and requires what keeps the host safe",
        arguments: ["default", "python", "swift", "c", "rust", "node", "java"])
    func shipped(name: String) throws {
        let profile = try SandboxProfile.load(named: name, searching: [Fixture.checkout + "/Sandboxes"])
        #expect(profile.name == name)
        #expect(profile.required.isSuperset(of: [.fileSystem, .network, .processes, .kill, .secrets, .git]))
        #expect(profile.systemPaths.contains("/usr"))
    }

    @Test("a profile adds to what it extends, and replaces single values")
    func extending() throws {
        let profile = try load([
            "base": "system-paths: [/usr]\nlimits: {memory: 1G, processes: 9}\nenvironment: {set: {A: a, B: b}}",
            "mine": "extends: base\nsystem-paths: [/opt/x]\nlimits: {memory: 3G}\nenvironment: {set: {B: c}}",
        ])
        #expect(profile.systemPaths == ["/usr", "/opt/x"])
        #expect(profile.limits.memory == 3 << 30)
        #expect(profile.limits.processes == 9)
        #expect(profile.environment == ["A": "a", "B": "c"])
    }

    @Test("a user's profile may extend the shipped one of its own name")
    func overriding() throws {
        let fixture = try Fixture()
        try fixture.write("extends: python\nlimits: {memory: 7G}\n", to: "python.yml")
        let profile = try SandboxProfile.load(
            named: "python", searching: [fixture.worktree, Fixture.checkout + "/Sandboxes"])
        #expect(profile.limits.memory == 7 << 30)
        #expect(profile.toolchains == [.python])
    }

    @Test(
        "a mistake is told with its file and line",
        arguments: [
            ("limits:\n  memorry: 1G\n", "mine.yml:2: unknown key `memorry`"),
            ("colour: red\n", "mine.yml:1: unknown key `colour`"),
            ("limits: {memory: lots}\n", "mine.yml:1: `memory`"), ("toolchains: [cobol]\n", "`cobol` is unknown"),
            ("required: [luck]\n", "`luck` is no guarantee"),
            ("extends: nobody\n", "there is no sandbox profile `nobody`"),
            ("extends: mine\n", "there is no sandbox profile `mine`"), ("system-paths: [usr]\n", "no absolute path"),
            ("limits: {processes: 0}\n", "at least 1"),
            ("work: copy\n", "`copy` is none of: copy-on-write"),
            ("git: shown\n", "`shown` is none of: hidden, snapshot"), ("tier: none\n", "`none` is none of"),
            ("system-calls: [all]\n", "no group of system calls"), ("heap: {share: 200}\n", "100 at most"),
            ("heap: {portion: 2}\n", "unknown key `portion`"), ("- a list\n", "expected keys and values"),
        ])
    func mistakes(text: String, message: String) throws {
        let error = #expect(throws: SandboxError.self) { try load(["mine": text]) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "no error")")
    }

    @Test("every key of the runtime is read")
    func keys() throws {
        let profile = try load([
            "mine": """
            work: copy-on-write
            git: snapshot
            tier: landlock
            system-calls: [debugging, numa]
            heap: {share: 60, set: {A: "-Xmx{MiB}m"}}
            limits: {disk: 5M, inodes: 77, cpus: 3, cpu-time: 4s, output: 9M}
            """
        ])
        #expect(profile.work == .copyOnWrite)
        #expect(profile.repository == .snapshot)
        #expect(profile.tier == .landlock)
        #expect(profile.allowedCalls == [.debugging, .numa])
        #expect(profile.heap.share == 60 && profile.heap.set == ["A": "-Xmx{MiB}m"])
        #expect(profile.limits.disk == 5 << 20 && profile.limits.inodes == 77)
        #expect(profile.limits.cpus == 3 && profile.limits.cpuTime == .seconds(4))
    }

    @Test(
        "an unprivileged user is told exactly what needs control groups",
        .enabled(if: Fixture.groups.hierarchies.isEmpty, "there are control groups"))
    func unprivileged() async throws {
        let sandbox = try await Fixture.sandbox {
            $0.work = .copyOnWrite
            $0.limits.cpus = 1
        }
        let notEnforced = sandbox.guarantees.filter { !$0.isEnforced }.map(\.name)
        #expect(notEnforced == [.memory, .cpu])
        #expect(sandbox.guarantees.map(\.name) == Guarantee.Name.allCases)
    }

    @Test(
        "whoever has control groups is given everything",
        .enabled(
            if: Set(Fixture.groups.hierarchies.flatMap(\.controllers)).isSuperset(of: [.memory, .cpu]), "needs them"))
    func everything() async throws {
        let sandbox = try await Fixture.sandbox {
            $0.work = .copyOnWrite
            $0.limits.cpus = 1
        }
        #expect(sandbox.guarantees.filter { !$0.isEnforced } == [])
    }

    @Test("profiles that extend each other in a circle are refused")
    func circle() throws {
        let error = #expect(throws: SandboxError.self) {
            try load(["mine": "extends: other\n", "other": "extends: mine\n"])
        }
        #expect(error?.message.contains("extends itself") == true)
    }

    @Test("a name that is a path is refused", arguments: ["../etc/passwd", "", "a/b", ".hidden"])
    func names(name: String) {
        #expect(throws: SandboxError.self) { try SandboxProfile.load(named: name, searching: ["/tmp"]) }
    }

    @Test("a guarantee that is required and not held refuses")
    func required() async throws {
        await #expect(throws: SandboxError.self) { _ = try await Fixture.sandbox { $0.required.insert(.disk) } }
    }

    @Test("a limit on processor time is claimed only where a control group counts it")
    func processorTime() async throws {
        let sandbox = try await Fixture.sandbox { $0.limits.cpuTime = .seconds(5) }
        let found = try #require(sandbox.guarantees.first { $0.name == .cpu })
        #expect(found.isEnforced == Fixture.groups.has(.cpuacct), "\(found)")
    }

    @Test("a folder for output is no bounded disk, and the result says so")
    func outputFolder() async throws {
        let fixture = try Fixture()
        let sandbox = try await Fixture.sandbox { $0.work = .copyOnWrite }
        #expect(sandbox.guarantees.contains { $0.name == .disk && $0.isEnforced })
        let result = try await sandbox.run(
            Command(arguments: ["true"], outputDirectory: fixture.outside), in: fixture.worktree)
        #expect(result.guarantees.contains { $0.name == .disk && !$0.isEnforced })
    }

    @Test("a command's own time limit tightens the profile's and never widens it")
    func wallClock() async throws {
        let result = try await Fixture().run(Command(arguments: ["sleep", "100"], wallClock: .milliseconds(200)))
        #expect(result.ending == .timedOut)
        let other = try await Fixture().run(Command(arguments: ["sleep", "100"], wallClock: .seconds(1000))) {
            $0.limits.wallClock = .milliseconds(200)
        }
        #expect(other.ending == .timedOut)
    }

    @Test(
        "a command that makes no sense is an error, not a run",
        arguments: [
            Command(arguments: []), Command(arguments: ["a\0b"]),
            Command(arguments: ["true"], environment: ["A=B": "c"]),
            Command(arguments: ["true"], workingDirectory: "../x"),
            Command(arguments: ["true"], inputs: ["../x": "/etc/passwd"]),
            Command(arguments: ["true"], inputs: ["x": "/no/such/file"]),
        ])
    func nonsense(command: Command) async throws {
        await #expect(throws: SandboxError.self) { try await Fixture().run(command) }
    }

    private func load(_ files: [String: String]) throws -> SandboxProfile {
        let fixture = try Fixture()
        for (name, text) in files { try fixture.write(text, to: "\(name).yml") }
        return try SandboxProfile.load(named: "mine", searching: [fixture.worktree])
    }
}
