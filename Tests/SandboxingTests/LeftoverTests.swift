import Glibc
import Testing

@testable import Sandboxing

@Suite("What stays behind: nothing", .takingTurns)
struct LeftoverTests {
    @Test("runs that share a worktree without a repository keep their cover to the end, and leave none")
    func sharedPlaceholder() async throws {
        let fixture = try Fixture()
        let worktree = fixture.worktree
        let sandbox = try await Fixture.sandbox()
        // Some end while others begin; some lock the folder that they share.
        let script = "flock -x -n . true; sleep 0.0$1; mkdir .git/hooks 2>/dev/null && echo broken; exit 0"
        let outputs = try await withThrowingTaskGroup(of: String.self) { group in
            var outputs: [String] = []
            for index in 0..<24 {
                if index >= 3, let output = try await group.next() { outputs.append(output) }
                group.addTask {
                    let result = try await sandbox.run(
                        Command(["sh", "-c", script, "sh", "\(index % 7)"]), in: worktree)
                    return "\(result.ending) \(result.standardOutput.text)"
                }
            }
            for try await output in group { outputs.append(output) }
            return outputs
        }
        #expect(outputs == Array(repeating: "exited(0) ", count: 24))
        #expect(access("\(worktree)/.git", F_OK) != 0)
    }

    @Test(
        "killing the process that runs it ends everything, and clears up",
        .enabled(if: ownArguments.count > 1, "no arguments"))
    func parentKilled() async throws {
        let fixture = try Fixture()
        let marker = "\(1000 + Int(getpid()) % 1000).\(UInt32.random(in: 100_000...999_999))"
        let child = try spawnSelf(
            running: "hostage",
            environment: ["FETTLE_TEST_HOSTAGE=\(fixture.worktree)", "FETTLE_TEST_MARKER=\(marker)"])
        while access("\(fixture.worktree)/started", F_OK) != 0 {
            try #require(waitpid(child, nil, WNOHANG) == 0, "the other process ended before it had begun")
            usleep(10_000)
        }
        #expect(!processes(mentioning: marker).isEmpty)
        kill(child, SIGKILL)
        waitpid(child, nil, 0)
        // The launcher sees its channel close and ends the run; only then may it take a moment.
        var attempts = 0
        while (!processes(mentioning: marker).isEmpty || access("\(fixture.worktree)/.git", F_OK) == 0)
            && attempts < 500
        {
            usleep(10_000)
            attempts += 1
        }
        #expect(processes(mentioning: marker) == [])
        #expect(access("\(fixture.worktree)/.git", F_OK) != 0)
    }

    @Test(
        "an output that was handed to another run does not keep its own run waiting",
        .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func outputHandedOver() async throws {
        let fixture = try Fixture()
        let worktree = fixture.worktree
        let sandbox = try await Fixture.sandbox()
        let keeper = """
            import os, socket, time
            server = socket.socket(socket.AF_UNIX); server.bind("socket"); server.listen()
            kept = socket.recv_fds(server.accept()[0], 1, 1)
            while not os.path.exists("go"): time.sleep(0.01)
            """
        let giver = """
            import socket, time
            while True:
                try:
                    channel = socket.socket(socket.AF_UNIX); channel.connect("socket"); break
                except OSError: time.sleep(0.01)
            socket.send_fds(channel, [b"x"], [1]); print("given", flush=True)
            """
        let keeping = Task { try await sandbox.run(Command(["/usr/bin/python3", "-c", keeper]), in: worktree) }
        let giving = try await sandbox.run(Command(["/usr/bin/python3", "-c", giver]), in: worktree)
        #expect(giving.ending == .exited(0))
        #expect(giving.standardOutput.text == "given\n")
        try fixture.write("", to: "go")
        #expect(try await keeping.value.ending == .exited(0))
    }

    @Test("killing the launcher at any moment leaves no process")
    func launcherKilled() async throws { try await Underling.runAlone("LeftoverTests/killLauncher") }

    /// Not a test of its own: what ``launcherKilled()`` runs in another process, since it kills every launcher it sees.
    @Test("kill the launcher", .enabled(if: Underling.isAlone, "started by another test"))
    func killLauncher() async throws {
        for milliseconds in [0, 1, 2, 3, 5, 8, 12, 18, 25, 40, 80] { try await killLauncher(after: milliseconds) }
    }

    private func killLauncher(after milliseconds: Int) async throws {
        let fixture = try Fixture()
        let worktree = fixture.worktree
        let marker = "\(2000 + Int(getpid()) % 1000).\(UInt32.random(in: 100_000...999_999))"
        let sandbox = try await Fixture.sandbox()
        let others = Set(launchers())
        let task = Task {
            try await sandbox.run(
                Command(["sh", "-c", "trap '' TERM HUP; setsid sleep \(marker) & sleep \(marker)"]), in: worktree)
        }
        var mine: Set<String> = []
        while mine.isEmpty {
            await Task.yield()
            mine = Set(launchers()).subtracting(others)
        }
        let groups = mine.compactMap { pid_t($0) }
        try await Task.sleep(for: .milliseconds(milliseconds))
        for pid in groups { kill(pid, SIGKILL) }
        let result = try await task.value
        #expect(result.ending == .sandboxFailed("the launcher was killed from outside"))
        var attempts = 0
        func left() -> [String] { processes(mentioning: marker) + groups.flatMap(members(of:)) }
        while !left().isEmpty && attempts < 200 {
            usleep(10_000)
            attempts += 1
        }
        #expect(left() == [])
        // What it could not remove itself: the control groups wait for the janitor of the next start.
        rmdir("\(worktree)/.git")
    }

    /// Processes of a session whose leader is gone.
    private func members(of session: pid_t) -> [String] {
        names(in: "/proc").filter { name in
            guard Int(name) != nil, let stat = readFile("/proc/\(name)/stat"), let end = stat.lastIndex(of: ")") else {
                return false
            }
            let fields = stat[stat.index(after: end)...].split(separator: " ")
            return fields.count > 3 && fields[3] == "\(session)" && fields[0] != "Z"
        }
    }

    /// Not a test of its own: what ``parentKilled()`` runs in another process.
    @Test("hostage", .enabled(if: getenv("FETTLE_TEST_HOSTAGE") != nil, "started by another test"))
    func hostage() async throws {
        let worktree = String(cString: try #require(getenv("FETTLE_TEST_HOSTAGE")))
        let marker = String(cString: try #require(getenv("FETTLE_TEST_MARKER")))
        _ = try await Fixture.sandbox().run(
            Command(["sh", "-c", "trap '' TERM HUP; setsid sleep \(marker) & touch started; sleep \(marker)"]),
            in: worktree)
    }

    @Test(
        "control groups of a process that is gone are removed at the next start",
        .enabled(if: !Fixture.groups.hierarchies.isEmpty, "needs control groups"))
    func janitor() async throws {
        let parent = try #require(Fixture.groups.hierarchies.first?.directory)
        let namespace = linkTarget("/proc/self/ns/pid").filter(\.isNumber)
        let stale = "\(parent)/fettle-\(namespace)-\(getpid())-1-1"
        let foreign = "\(parent)/fettle-1-\(getpid())-1-1"
        // Of a process whose start cannot be told from ours: this one itself.
        let own = "\(parent)/\(RunName.next())"
        for group in [stale, foreign, own] { try #require(mkdir(group, 0o755) == 0) }
        defer { for group in [foreign, own] { rmdir(group) } }
        _ = try await Fixture.sandbox()
        #expect(access(stale, F_OK) != 0)
        #expect(access(foreign, F_OK) == 0)
        #expect(access(own, F_OK) == 0)
    }
}

let ownArguments = readFile("/proc/self/cmdline")?.split(separator: "\0").map(String.init) ?? []

private func linkTarget(_ path: String) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let start = buffer.baseAddress, case let length = readlink(path, start, 256), length > 0 else {
            return ""
        }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}

func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        names.append(
            withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
}

func processes(mentioning text: String) -> [String] {
    names(in: "/proc").filter { Int($0) != nil }.compactMap { readFile("/proc/\($0)/cmdline") }.filter {
        $0.contains(text)
    }
}

/// The numbers of launchers that are children of this process.
func launchers() -> [String] {
    names(in: "/proc").filter { name in
        guard Int(name) != nil, let stat = readFile("/proc/\(name)/stat"), let end = stat.lastIndex(of: ")") else {
            return false
        }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        return stat.contains("(fettle-launcher") && fields.count > 1 && fields[1] == "\(getpid())"
    }
}

/// Children of this process that ended and were not waited for, by a second look: one may just be on its way.
private func zombies() -> [String] {
    func look() -> Set<String> {
        Set(
            names(in: "/proc").filter { Int($0) != nil }.filter { name in
                let fields = readFile("/proc/\(name)/stat")?.split(separator: ")").last?.split(separator: " ") ?? []
                return fields.count > 1 && fields[0] == "Z" && fields[1] == "\(getpid())"
            })
    }
    let first = look()
    usleep(200_000)
    return first.intersection(look()).sorted()
}

private func spawnSelf(running test: String, environment: [String]) throws -> pid_t {
    let program = try #require(realpath("/proc/self/exe", nil).map { String(cString: $0) })
    let arguments = [program, "--testing-library", "swift-testing", "--filter", test]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let home = getenv("HOME").map { String(cString: $0) } ?? "/"
    let library = getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=\(String(cString: $0))"] } ?? []
    var variables: [UnsafeMutablePointer<CChar>?] =
        (environment + ["PATH=\(path)", "HOME=\(home)"] + library).map { strdup($0) } + [nil]
    var pid = pid_t()
    try #require(posix_spawn(&pid, program, nil, nil, &words, &variables) == 0)
    for word in words + variables { free(word) }
    return pid
}
