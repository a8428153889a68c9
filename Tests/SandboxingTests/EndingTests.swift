import Glibc
import Testing

@testable import Sandboxing

@Suite("How a run ends", .takingTurns)
struct EndingTests {
    @Test("an exit status is told, 137 too", arguments: [0, 7, 137, 143, 255] as [Int32])
    func exit(status: Int32) async throws {
        let result = try await Fixture().shell("exit \(status)")
        #expect(result.ending == .exited(status))
    }

    @Test(
        "a signal is told apart from the exit status of the same number",
        arguments: [SIGKILL, SIGSEGV, SIGABRT, SIGTERM])
    func signal(signal: Int32) async throws {
        let result = try await Fixture().shell("kill -\(signal) $$")
        #expect(result.ending == .signalled(signal, core: false))
    }

    @Test("both streams are kept apart")
    func streams() async throws {
        let result = try await Fixture().shell("echo out; echo err >&2")
        #expect(result.standardOutput.text == "out\n")
        #expect(result.standardError.text == "err\n")
    }

    @Test("a program can open its own output by name")
    func reopened() async throws {
        let result = try await Fixture().shell("echo out > /dev/stdout; echo err > /dev/stderr")
        #expect(result.standardOutput.text == "out\n")
        #expect(result.standardError.text == "err\n")
    }

    @Test("a program past its time is asked to end, and may tidy up")
    func timeOut() async throws {
        let result = try await Fixture().shell("trap 'echo tidy; exit 0' TERM; sleep 100 & wait") {
            // Long enough for the shell to set its trap on a busy machine.
            $0.limits.wallClock = .seconds(3)
        }
        #expect(result.ending == .timedOut)
        #expect(!result.graceUsed)
        #expect(result.standardOutput.text == "tidy\n")
    }

    @Test("a program that ignores TERM is killed after its grace")
    func ignoredTerm() async throws {
        let result = try await Fixture().shell("trap '' TERM; while :; do sleep 0.1; done") {
            $0.limits.wallClock = .seconds(3)
            $0.limits.grace = .milliseconds(300)
        }
        #expect(result.ending == .timedOut)
        #expect(result.graceUsed)
    }

    @Test("stopping every process does not stop the clock")
    func stopped() async throws {
        let result = try await Fixture().shell("kill -STOP -1; kill -STOP $$") {
            $0.limits.wallClock = .milliseconds(300)
            $0.limits.grace = .milliseconds(300)
        }
        #expect(result.ending == .timedOut)
    }

    @Test("a daemon that holds stdout open does not keep the run waiting")
    func daemon() async throws {
        let result = try await Fixture().shell("setsid sh -c 'trap \"\" TERM HUP; sleep 1000' & echo done") {
            $0.limits.wallClock = .seconds(60)
        }
        #expect(result.ending == .exited(0))
        #expect(result.standardOutput.text == "done\n")
    }

    @Test("a program that is not there is told by name")
    func missingProgram() async throws {
        let result = try await Fixture().run(["no-such-program"])
        #expect(result.ending == .execFailed("no-such-program: No such file or directory"))
    }

    @Test("a file that is no program is not handed to a shell")
    func notExecutable() async throws {
        let fixture = try Fixture()
        // By another program: while ours is just starting one, that could still have the file open for writing.
        let made = try await fixture.shell("echo echo hello > script; chmod 755 script")
        #expect(made.ending == .exited(0))
        let result = try await fixture.run(["./script"])
        #expect(result.ending == .execFailed("./script: Exec format error"))
    }

    @Test("a working directory that is not there is told")
    func missingDirectory() async throws {
        let result = try await Fixture().run(Command(arguments: ["true"], workingDirectory: "nowhere"))
        #expect(result.ending == .execFailed("true: its working directory cannot be entered"))
    }

    @Test(
        "three times the memory limit is out of memory",
        .enabled(if: Fixture.groups.has(.memory), "needs control groups"))
    func outOfMemory() async throws {
        let result = try await Fixture().shell("head -c 192M /dev/zero | tail -c 192M >/dev/null; exit $?") {
            $0.limits.memory = 64 << 20
        }
        #expect(result.ending == .outOfMemory)
        #expect(result.outOfMemoryKills > 0)
    }

    @Test("a limit on processors is taken", .enabled(if: Fixture.groups.has(.cpu), "needs control groups"))
    func processors() async throws {
        let result = try await Fixture().shell("true") { $0.limits.cpus = 1 }
        #expect(result.ending == .exited(0))
        #expect(result.guarantees.contains { $0.name == .cpu && $0.status == .enforced })
    }

    @Test("files in memory count as memory", .enabled(if: Fixture.groups.has(.memory), "needs control groups"))
    func temporaryFilesAreMemory() async throws {
        let result = try await Fixture().shell("head -c 192M /dev/zero > /tmp/big") { $0.limits.memory = 64 << 20 }
        #expect(result.ending == .outOfMemory)
    }

    @Test("a flood of output ends the run and is kept within its bounds")
    func flood() async throws {
        let result = try await Fixture().shell("yes flood") {
            $0.limits.output = 300 << 20
            $0.limits.outputKept = 64 << 10
        }
        #expect(result.ending == .outputLimit)
        #expect(result.standardOutput.bytesKept == 64 << 10)
        #expect(result.standardOutput.bytesSeen > 300 << 20)
    }

    @Test("a fork bomb ends with its time and leaves nothing")
    func forkBomb() async throws {
        let result = try await Fixture().shell("b() { b | b & }; b; sleep 100") {
            $0.limits.wallClock = .seconds(1)
            $0.limits.grace = .milliseconds(100)
            $0.limits.processes = 64
        }
        #expect([.timedOut, .exited(2), .exited(254)].contains(result.ending), "\(result.ending)")
    }

    @Test("cancelling ends the program", arguments: [0, 2, 4, 6, 8, 10, 14, 18, 25, 300])
    func cancellation(milliseconds: Int) async throws {
        let fixture = try Fixture()
        let worktree = fixture.worktree
        let sandbox = try await Fixture.sandbox { $0.limits.grace = .milliseconds(100) }
        let task = Task { try await sandbox.run(Command(["sh", "-c", "trap '' TERM; sleep 1000"]), in: worktree) }
        try await Task.sleep(for: .milliseconds(milliseconds))
        task.cancel()
        #expect(try await task.value.ending == .cancelled)
    }

    @Test("what was used is told")
    func usage() async throws {
        let result = try await Fixture().shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 0.05")
        #expect(result.userCPU + result.systemCPU > .zero)
        #expect(result.wall >= .milliseconds(50))
        #expect((result.peakMemoryBytes ?? 0) > 0)
    }
}
