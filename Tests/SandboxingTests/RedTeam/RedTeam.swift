import Glibc
import Testing

@testable import Sandboxing

/// Runs attacks one after the other in this process, so that whatever one leaves behind is seen for certain.
final class RedTeam {
    enum Verdict: Sendable, Equatable {
        /// Shown to succeed outside, and failed inside.
        case held
        /// Failed inside; outside it could not be shown, for this reason.
        case heldUnshown(String)
        case broken(String)
        case skipped(String)
    }

    /// Where scenes, profiles and the sandbox's state lie.
    let folder: String
    /// The program made of all `.c` files.
    let programs: String
    let guarantees: [Guarantee]
    private let launcher = Fixture.launcher
    /// In our own environment, where every attack looks for it.
    private let secret = "secret-\(UInt64.random(in: .min ... .max))"
    /// By profile: to find out what a machine grants costs more than a run.
    private var sandboxes: [String: Sandbox] = [:]

    init(folder: String, programs: String) async throws {
        self.folder = folder
        self.programs = programs
        setenv("FETTLE_RED_TEAM_TOKEN", secret, 1)
        setenv("SSH_AUTH_SOCK", "\(folder)/agent", 1)
        let profile = try SandboxProfile.load(named: "default", searching: [Fixture.checkout + "/Sandboxes"])
        guarantees = try await Sandbox(profile: profile, stateDirectory: folder + "/state", launcher: launcher)
            .guarantees
    }

    func run(_ attack: Attack) async throws -> Verdict {
        let held = try await sandbox(attack.profile).guarantees
        for name in attack.needs where !held.contains(where: { $0.name == name && $0.status == .enforced }) {
            return .skipped("the guarantee \(name.rawValue) does not hold here")
        }
        let program = attack.language == .c ? programs : attack.file
        guard access(program, R_OK) == 0 else { return .skipped("there is no C compiler") }
        let unshown: String?
        switch attack.outside {
        case .notShown(let reason): unshown = reason
        case .succeedsAsRoot where geteuid() != 0: unshown = "it takes root"
        case .succeeds, .succeedsAsRoot:
            switch try outside(attack, program) {
            case .succeeded: unshown = nil
            case .notHere: unshown = "this machine has no such thing"
            case .failed(let output): return .broken("it fails outside too, and so proves nothing: \(output)")
            }
        }
        let complaints = try await inside(attack, program)
        if !complaints.isEmpty { return .broken(complaints.joined(separator: "; ")) }
        return unshown.map(Verdict.heldUnshown) ?? .held
    }

    // MARK: - Plainly

    private enum Plain {
        case succeeded
        case notHere
        case failed(String)
    }

    private func outside(_ attack: Attack, _ program: String) throws -> Plain {
        let scene = try RedTeamScene(in: folder, hasDoors: attack.judges.contains("worktree-silent"))
        let output = "\(scene.base)/output"
        var environment = HostEnvironment.current.merging(scene.environment) { $1 }
        environment["HOME"] = scene.home
        environment["FETTLE_RED_TEAM_TOKEN"] = scene.secret
        // A runner that is careless about one descriptor.
        let left = open("\(scene.outside)/secret", O_RDONLY)
        let process = try #require(
            spawn(
                ["timeout", "-s", "KILL", "60"] + attack.arguments(at: program), environment: environment,
                in: scene.worktree, output: output))
        close(left)
        var status: CInt = 0
        var ended: pid_t = 0
        repeat {
            ended = waitpid(process, &status, WNOHANG)
            if attack.judges.contains("server-unreachable") { _ = scene.canReachServer() }
            if ended == 0 { usleep(2000) }
        } while ended == 0
        let survivors = HostState.processes(marked: scene.mark)
        for process in survivors { kill(process, SIGKILL) }
        if attack.judges.contains("no-survivors") && survivors.isEmpty { return .failed("nothing survives") }
        if attack.judges.contains("no-shared-memory") || attack.judges.contains("no-marked-files") {
            clearAway(scene.mark, scene.key)
        }
        let said = readFile(output) ?? ""
        guard said.contains("tried") else { return .failed("it did not try: \(said)") }
        if status == 0 { return .succeeded }
        return status == 77 << 8 ? .notHere : .failed("status \(status): \(said)")
    }

    /// What some attacks leave behind when nothing hinders them.
    private func clearAway(_ mark: String, _ key: Int) {
        for folder in ["/dev/shm", "/tmp", "/var/tmp"] { unlink("\(folder)/fettle-red-team-\(mark)") }
        for what in ["-M", "-S", "-Q"] {
            let remover = spawn(
                ["ipcrm", what, "\(key)"], environment: ["PATH": "/usr/bin:/bin"], in: "/", output: "/dev/null")
            if let remover { waitpid(remover, nil, 0) }
        }
    }

    // MARK: - In a sandbox

    private func inside(_ attack: Attack, _ program: String) async throws -> [String] {
        let scene = try RedTeamScene(in: folder, hasDoors: attack.judges.contains("worktree-silent"))
        let sandbox = try await sandbox(attack.profile)
        let limits = sandbox.profile.limits
        let left = open("\(scene.outside)/secret", O_RDONLY)
        defer { close(left) }
        var environment = scene.environment
        environment["INSIDE"] = "yes"
        let command = Command(
            arguments: attack.arguments(at: "/fettle/in/attack"), environment: environment, inputs: ["attack": program])
        let before = Aftermath.Before(
            launcher: launcher, program: program, state: folder + "/state/sandbox", secret: secret)
        let start = ContinuousClock.now
        let port = environment["FREE_PORT"].flatMap { Int($0) } ?? 0
        let judges = attack.judges
        let visitor = Task {
            var complaints: Set<String> = []
            while !Task.isCancelled && !judges.isDisjoint(with: ["server-unreachable", "terminals-left"]) {
                if judges.contains("server-unreachable"), ListeningSocket.canConnect(toPort: port) {
                    complaints.insert("its server was reached from the host")
                }
                if judges.contains("terminals-left") {
                    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
                    if terminal >= 0 { close(terminal) } else { complaints.insert("the host has no terminal left") }
                }
                try? await Task.sleep(for: .milliseconds(5))
            }
            return complaints
        }
        let result = try await sandbox.run(command, in: scene.worktree)
        let elapsed = ContinuousClock.now - start
        visitor.cancel()
        let seen = await visitor.value
        let lasting = try await HostState.lastingMounts(beside: before.mounts)
        return Aftermath.complaints(
            of: attack, result, scene, before, elapsed: elapsed, lastingMounts: lasting, limits: limits)
            + seen.sorted()
    }

    private func sandbox(_ text: String) async throws -> Sandbox {
        if let sandbox = sandboxes[text] { return sandbox }
        let profiles = "\(folder)/profiles"
        mkdir(profiles, 0o755)
        try #require(HostFile.replace("\(profiles)/attacked.yml", with: text))
        let profile = try SandboxProfile.load(
            named: "attacked", searching: [profiles, Fixture.checkout + "/Sandboxes"])
        let sandbox = try await Sandbox(profile: profile, stateDirectory: folder + "/state", launcher: launcher)
        sandboxes[text] = sandbox
        return sandbox
    }
}
