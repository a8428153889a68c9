import Glibc
import Testing

@testable import Sandboxing

/// The ten endings that a runner must tell apart. `FETTLE_VERDICT_ROUNDS` tries each more often.
@Suite("Verdicts", .takingTurns)
struct VerdictTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        let endings: [CommandResult.Ending]
        /// What the profile is changed by.
        var change: @Sendable (inout SandboxProfile) -> Void = { _ in }
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "exit 0", script: "exit 0", endings: [.exited(0)]),
        Case(name: "exit 137", script: "exit 137", endings: [.exited(137)]),
        Case(name: "SIGKILL by itself", script: "kill -KILL $$", endings: [.signalled(SIGKILL, core: false)]),
        Case(name: "SIGSEGV", script: "kill -SEGV $$", endings: [.signalled(SIGSEGV, core: false)]),
        Case(name: "TERM ignored", script: "trap '' TERM; while :; do sleep 0.1; done", endings: [.timedOut]) {
            $0.limits.wallClock = .milliseconds(400)
            $0.limits.grace = .milliseconds(200)
        },
        Case(name: "SIGSTOP of everything", script: "kill -STOP -1; kill -STOP $$", endings: [.timedOut]) {
            $0.limits.wallClock = .milliseconds(400)
            $0.limits.grace = .milliseconds(200)
        },
        Case(
            name: "stdout held by a daemon", script: "setsid sh -c 'trap \"\" TERM HUP; sleep 100' & exit 6",
            endings: [.exited(6)]),
        Case(name: "300 MB flood", script: "yes flood | head -c 400M", endings: [.outputLimit]) {
            $0.limits.output = 300 << 20
        },
        Case(
            name: "three times the memory limit", script: "head -c 192M /dev/zero | tail -c 192M > /dev/null; exit $?",
            endings: Fixture.groups.has(.memory) ? [.outOfMemory] : [.exited(1), .exited(2)]
        ) { $0.limits.memory = 64 << 20 },
        Case(
            name: "fork bomb", script: "b() { b | b & }; b; sleep 100",
            // The shell gives up by itself where it cannot fork.
            endings: [.timedOut, .exited(2), .exited(254)]
        ) {
            $0.limits.wallClock = .seconds(1)
            $0.limits.grace = .milliseconds(100)
            $0.limits.processes = 64
        },
    ]

    static let rounds = getenv("FETTLE_VERDICT_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 1

    @Test("each ending is told for what it is", arguments: cases)
    func verdict(of one: Case) async throws {
        for _ in 0..<Self.rounds {
            let result = try await Fixture().shell(one.script, change: one.change)
            #expect(one.endings.contains(result.ending), "\(result.ending)")
        }
    }
}
