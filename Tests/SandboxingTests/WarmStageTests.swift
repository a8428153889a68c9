import Glibc
import Sandboxing
import Testing

@Suite("Walls built ahead", .takingTurns)
struct WarmStageTests {
    @Test("runs from warm stages end like any other, and each finds everything new")
    func runs() async throws {
        let fixture = try Fixture()
        try fixture.write("", to: ".git")
        let sandbox = try await Fixture.sandbox(warmStages: 3)
        for index in 0..<6 {
            try fixture.write("\(index)\n", to: "changed")
            let result = try await sandbox.run(
                Command(["sh", "-c", "cat changed; ls /tmp; touch /tmp/left ~/left; echo e >&2; exit \(index)"]),
                in: fixture.worktree)
            #expect(result.ending == .exited(Int32(index)))
            #expect(result.standardOutput.text == "\(index)\n")
            #expect(result.standardError.text == "e\n")
            usleep(60_000)
        }
    }

    @Test("a change on the host between building and running is seen", arguments: SandboxProfile.Work.allCases)
    func freshness(work: SandboxProfile.Work) async throws {
        let fixture = try Fixture()
        try fixture.write("", to: ".git")
        try fixture.write("old\n", to: "file")
        try fixture.write("old\n", to: "folder/inner")
        let sandbox = try await Fixture.sandbox(warmStages: 1) { $0.work = work }
        let command = Command(["sh", "-c", "cat file folder/inner; ls folder"])
        try sandbox.prepare(for: command, in: fixture.worktree)
        usleep(300_000)
        try fixture.write("new\n", to: "file")
        try fixture.write("newer\n", to: "folder/inner")
        try fixture.write("", to: "folder/other")
        let result = try await sandbox.run(command, in: fixture.worktree)
        #expect(result.standardOutput.text == "new\nnewer\ninner\nother\n", "\(result.ending)")
    }

    @Test("inputs and output go through a warm stage as through a cold one")
    func exchange() async throws {
        let fixture = try Fixture()
        try fixture.write("", to: ".git")
        let sandbox = try await Fixture.sandbox(warmStages: 2)
        for index in 0..<4 {
            let input = "\(fixture.outside)/input-\(index)"
            let output = "\(fixture.outside)/output-\(index)"
            mkdir(output, 0o700)
            let file = try #require(fopen(input, "w"))
            fputs("hello \(index)\n", file)
            fclose(file)
            let script = "cat /fettle/in/greeting > /fettle/out/copy; ls /fettle/in; echo x > /fettle/in/greeting"
            let result = try await sandbox.run(
                Command(arguments: ["sh", "-c", script], inputs: ["greeting": input], outputDirectory: output),
                in: fixture.worktree)
            #expect(result.standardOutput.text == "greeting\n")
            #expect(result.ending == .exited(2))
            #expect(readFile("\(output)/copy") == "hello \(index)\n")
            #expect(readFile(input) == "hello \(index)\n")
            usleep(60_000)
        }
    }

    @Test("a worktree that was replaced, or whose .git changed, gets new walls")
    func replaced() async throws {
        let fixture = try Fixture()
        try fixture.write("", to: ".git")
        let sandbox = try await Fixture.sandbox(warmStages: 2)
        _ = try await sandbox.run(Command(["true"]), in: fixture.worktree)
        usleep(200_000)
        unlink("\(fixture.worktree)/.git")
        try fixture.write("[core]\n", to: ".git/config")
        let result = try await sandbox.run(Command(["cat", ".git/config"]), in: fixture.worktree)
        #expect(result.standardOutput.text == "")
        #expect(result.ending == .exited(1))
    }

    @Test("a limit holds in a run from a warm stage, and cancelling ends it")
    func limits() async throws {
        let fixture = try Fixture()
        try fixture.write("", to: ".git")
        let worktree = fixture.worktree
        let sandbox = try await Fixture.sandbox(warmStages: 2) { $0.limits.grace = .milliseconds(100) }
        _ = try await sandbox.run(Command(["true"]), in: worktree)
        usleep(200_000)
        let slow = Command(arguments: ["sleep", "100"], wallClock: .milliseconds(200))
        #expect(try await sandbox.run(slow, in: worktree).ending == .timedOut)
        usleep(200_000)
        let task = Task { try await sandbox.run(Command(["sleep", "100"]), in: worktree) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        #expect(try await task.value.ending == .cancelled)
    }

    @Test("stages that wait go with the sandbox: no process, no folder, no control group stays")
    func gone() async throws { try await Underling.runAlone("WarmStageTests/leaveNothing") }

    /// Not a test of its own: what ``gone()`` runs in another process, where nobody else leaves anything for a while.
    @Test("leave nothing", .enabled(if: Underling.isAlone, "started by another test"))
    func leaveNothing() async throws {
        let fixture = try Fixture()
        try fixture.write("", to: ".git")
        let before = leftBehind()
        try await prepareAndDrop(fixture.worktree)
        var left = leftBehind().subtracting(before)
        for _ in 0..<100 where !left.isEmpty {
            usleep(20_000)
            left = left.intersection(leftBehind())
        }
        #expect(left == [])
    }

    private func prepareAndDrop(_ worktree: String) async throws {
        let sandbox = try await Fixture.sandbox(warmStages: 3)
        try sandbox.prepare(for: Command(["true"]), in: worktree)
        usleep(200_000)
        #expect(launchers().count >= 1)
        _ = try await sandbox.run(Command(["true"]), in: worktree)
    }

    /// Folders and control groups of this process, and launchers that are its children.
    private func leftBehind() -> Set<String> {
        let own = "-\(getpid())-"
        var all = Set(names(in: Fixture.stateDirectory + "/sandbox").filter { $0.contains(own) })
        for line in (readFile("/proc/self/mountinfo") ?? "").split(separator: "\n") where line.contains(" cgroup") {
            let fields = line.split(separator: " ")
            all.formUnion(names(in: String(fields[4])).filter { $0.contains(own) && $0.hasPrefix("fettle-") })
        }
        return all.union(launchers())
    }
}
