import Foundation
import Glibc
import Sandboxing
import Testing

@Suite("The record of a run", .takingTurns)
struct RecordTests {
    @Test("processes that outlive the program are counted, and ended")
    func survivors() async throws {
        let result = try await Fixture().shell("sleep 1000 & sleep 1000 & setsid sleep 1000 & sleep 0.1; exit 0")
        #expect(result.ending == .exited(0))
        #expect(result.survivors == 3)
        #expect(try await Fixture().shell("true").survivors == 0)
    }

    @Test("the most processes at one time are told")
    func peakProcesses() async throws {
        let result = try await Fixture().shell("for i in 1 2 3 4 5; do sleep 3 & done; wait")
        #expect((6...7).contains(result.peakProcesses ?? 0), "\(String(describing: result.peakProcesses))")
    }

    @Test("processor time of all processes together is bounded, theirs that have ended too")
    func processorTime() async throws {
        let spin = "i=0; while [ $i -lt 3000000 ]; do i=$((i+1)); done"
        let result = try await Fixture().shell("while :; do (\(spin)) & (\(spin)) & wait; done") {
            $0.limits.cpuTime = .milliseconds(700)
            $0.limits.grace = .milliseconds(100)
        }
        #expect(result.ending == .timedOut)
        #expect(result.processorTimeSpent)
        #expect(result.userCPU + result.systemCPU >= .milliseconds(600))
    }

    @Test("a wall-clock time-out is told apart from spent processor time")
    func wallClock() async throws {
        let result = try await Fixture().shell("sleep 100") {
            $0.limits.wallClock = .milliseconds(200)
            $0.limits.cpuTime = .seconds(5)
        }
        #expect(result.ending == .timedOut)
        #expect(!result.processorTimeSpent)
    }

    @Test("nothing is left over, and the record survives JSON")
    func json() async throws {
        let result = try await Fixture().shell("echo hello")
        #expect(result.leftovers == [])
        let copy = try JSONDecoder().decode(CommandResult.self, from: JSONEncoder().encode(result))
        #expect(copy.ending == result.ending)
        #expect(copy.standardOutput == result.standardOutput)
        #expect(copy.guarantees == result.guarantees)
        #expect(copy.peakProcesses == result.peakProcesses)
    }

    @Test("heap variables follow the memory limit")
    func heap() async throws {
        let result = try await Fixture().run(["env"]) {
            $0.limits.memory = 1 << 30
            $0.heap.share = 50
            $0.heap.set = ["NODE_OPTIONS": "--max-old-space-size={MiB}", "JAVA_TOOL_OPTIONS": "-Xmx{MiB}m -Xms{MiB}m"]
        }
        #expect(result.standardOutput.text.contains("NODE_OPTIONS=--max-old-space-size=511\n"))
        #expect(result.standardOutput.text.contains("JAVA_TOOL_OPTIONS=-Xmx511m -Xms511m\n"))
    }
}

@Suite("Removing folders that programs have filled", .takingTurns)
struct TreeRemovalTests {
    @Test("folders that nobody may enter, 1,500 levels, names that are no text, links that lead out")
    func hostile() async throws {
        let fixture = try Fixture()
        try fixture.write("outside\n", to: "victim/file")
        let result = try await fixture.run([
            "/usr/bin/python3", "-c",
            """
            import os
            os.mkdir("t"); os.chdir("t")
            os.makedirs("closed/inner"); open("closed/inner/f", "w").close(); os.chmod("closed/inner", 0); os.chmod("closed", 0)
            os.mkdir(b"\\xff\\xfe"); open(b"\\xff\\xfe/\\x01", "w").close()
            os.symlink("../victim", "out"); os.symlink("/", "root"); os.mkfifo("pipe")
            for i in range(50): os.makedirs(f"wide/{i}/x")
            for i in range(1500): os.mkdir("deep"); os.chdir("deep")
            """,
        ])
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
        #expect(TreeRemoval.remove("\(fixture.worktree)/t") == nil)
        #expect(access("\(fixture.worktree)/t", F_OK) != 0)
        #expect(fixture.read("victim/file") == "outside\n")
    }

    @Test("what is not there is removed already, and a link is removed, not followed")
    func links() throws {
        let fixture = try Fixture()
        try fixture.write("x", to: "kept/file")
        symlink("\(fixture.worktree)/kept", "\(fixture.worktree)/link")
        #expect(TreeRemoval.remove("\(fixture.worktree)/nothing") == nil)
        #expect(TreeRemoval.remove("\(fixture.worktree)/link") == nil)
        #expect(fixture.read("kept/file") == "x")
        #expect(TreeRemoval.remove("\(fixture.worktree)/kept/..") != nil)
    }
}
