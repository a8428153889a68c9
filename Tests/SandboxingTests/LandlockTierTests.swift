import Glibc
import Sandboxing
import Testing

@Suite("The Landlock tier, for a root user", .takingTurns)
struct LandlockTierRefusalTests {
    @Test("root is refused, who can have namespaces", .enabled(if: geteuid() == 0))
    func root() async throws {
        await #expect(throws: SandboxError.self) { _ = try await Fixture.sandbox { $0.tier = .landlock } }
    }
}

@Suite("The Landlock tier", .takingTurns, .enabled(if: geteuid() != 0, "root has namespaces"))
struct LandlockTierTests {
    @Test("it says what it loses, and claims nothing else")
    func guarantees() async throws {
        let sandbox = try await Fixture.sandbox { $0.tier = .landlock }
        for guarantee in sandbox.guarantees where LandlockTier.losses[guarantee.name] != nil {
            #expect(!guarantee.isEnforced, "\(guarantee)")
        }
        let seccomp = try #require(sandbox.guarantees.first { $0.name == .seccomp })
        #expect(seccomp.isEnforced, "\(seccomp)")
        for name in [Guarantee.Name.fileSystem, .network, .processes, .secrets, .git, .kill] {
            let found = try #require(sandbox.guarantees.first { $0.name == name })
            if case .missing(let reason) = found.status { Issue.record("\(name): \(reason)") }
        }
    }

    @Test("the worktree can be written, and nothing else of the host opened")
    func files() async throws {
        let fixture = try Fixture()
        try fixture.write("secret\n", to: "../outside/secret")
        let result = try await shell(
            fixture,
            """
            echo made > made; mkdir sub; echo x > sub/y; cat made; touch ~/mine $TMPDIR/other && echo home
            cat ../outside/secret /etc/shadow /etc/hostname; echo x > ../outside/written; ls /home /root ..
            """)
        #expect(result.standardOutput.text == "made\nhome\n", "\(result.standardError.text)")
        #expect(fixture.read("sub/y") == "x\n")
        #expect(readFile("\(fixture.outside)/written") == nil)
    }

    @Test("a repository beside the sources is neither read nor written")
    func repository() async throws {
        let fixture = try Fixture()
        try fixture.write("secret\n", to: ".git/config")
        try fixture.write("old\n", to: "source")
        let result = try await shell(
            fixture,
            "chmod 777 .git .git/config; cat source .git/config; echo new > source; echo x > .git/config; mv .git moved; rm -rf .git; cat source"
        )
        #expect(result.standardOutput.text == "old\nnew\n")
        #expect(fixture.read(".git/config") == "secret\n")
        #expect(fixture.read("source") == "new\n")
    }

    @Test("nobody outside is signalled, no socket is opened, and what the program leaves is ended")
    func outsiders() async throws {
        let fixture = try Fixture()
        let marker = "\(100_000 + getpid()).\(UInt32.random(in: 1000...9999))"
        let result = try await shell(
            fixture,
            """
            kill -9 -1; kill -9 \(getpid()); kill -9 \(getppid()); for i in $(ls /proc | grep '^[0-9]*$'); do kill -0 $i && echo open $i; done
            python3 -c 'import socket; socket.socket()' && echo socket
            (setsid sh -c 'trap "" TERM HUP; sleep \(marker)' &) ; (setsid setsid sleep \(marker) &); sleep 0.2; exit 5
            """)
        #expect(!result.standardOutput.text.contains("socket"))
        #expect(result.ending == .exited(5), "\(result.ending) \(result.standardOutput.text)")
        #expect(result.survivors >= 2)
        #expect(processes(mentioning: marker) == [])
    }

    @Test("the probe sees the number of processes bounded, though others of the user that were counted end meanwhile")
    func others() async throws {
        let fixture = try Fixture()
        let worktree = fixture.worktree
        mkfifo("\(worktree)/go", 0o600)
        // For both directions, so that opening it waits for nobody.
        let go = open("\(worktree)/go", O_RDWR | O_CLOEXEC)
        defer { close(go) }
        let sandbox = try await Fixture.sandbox {
            $0.tier = .landlock
            $0.limits.processes = 16
        }
        let others = try (0..<40).map { _ in
            try #require(
                spawn(["sleep", "60"], environment: ["PATH": "/usr/bin:/bin"], in: "/", output: "/dev/null"))
        }
        // No process but its own until the others are gone: whoever starts something meanwhile takes a place, too.
        let script = "echo > started; read line < go; exec \"$0\" probe /none nobody 1 /none 16 shared"
        let run = Task { try await sandbox.run(Command(["sh", "-c", script, Fixture.launcher]), in: worktree) }
        for _ in 0..<600 where fixture.read("started") == nil { try await Task.sleep(for: .milliseconds(50)) }
        for other in others {
            kill(other, SIGKILL)
            waitpid(other, nil, 0)
        }
        #expect(write(go, "go\n", 3) == 3)
        let result = try await run.value
        #expect(result.standardOutput.text.contains("processes held\n"), "\(result.standardOutput.text)")
    }

    @Test("time, output and processor time are bounded")
    func limits() async throws {
        let fixture = try Fixture()
        let timedOut = try await shell(fixture, "trap '' TERM; while :; do sleep 0.1; done") {
            $0.limits.wallClock = .milliseconds(300)
            $0.limits.grace = .milliseconds(100)
        }
        #expect(timedOut.ending == .timedOut)
        let flood = try await shell(fixture, "yes | cat") { $0.limits.output = 1 << 20 }
        #expect(flood.ending == .outputLimit)
        let spun = try await shell(fixture, "while :; do :; done") { $0.limits.cpuTime = .milliseconds(300) }
        #expect(spun.processorTimeSpent)
    }

    @Test("what it cannot do is refused")
    func refused() async throws {
        let fixture = try Fixture()
        await #expect(throws: SandboxError.self) { try await shell(fixture, "true") { $0.work = .copyOnWrite } }
        await #expect(throws: SandboxError.self) {
            try await fixture.run(Command(arguments: ["true"], outputDirectory: fixture.outside)) {
                $0.tier = .landlock
            }
        }
    }

    private func shell(
        _ fixture: borrowing Fixture, _ script: String, change: (inout SandboxProfile) -> Void = { _ in }
    ) async throws -> CommandResult {
        try await fixture.run(["sh", "-c", script]) {
            $0.tier = .landlock
            change(&$0)
        }
    }
}
