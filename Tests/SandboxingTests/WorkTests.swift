import Glibc
import Sandboxing
import Testing

@Suite("What becomes of what a program writes to its worktree", .takingTurns)
struct WorkTests {
    @Test("copy-on-write: the program sees its changes, the worktree does not")
    func copyOnWrite() async throws {
        let fixture = try Fixture()
        try fixture.write("old\n", to: "kept")
        try fixture.write("old\n", to: "folder/inner")
        let result = try await fixture.shell(
            """
            set -e
            echo new > kept; echo new > made; rm folder/inner; mv folder renamed; mkdir -p a/b; ln -s x link
            cat kept made; ls
            """
        ) { $0.work = .copyOnWrite }
        #expect(result.ending == .exited(0), "\(result.ending) \(result.standardError.text)")
        #expect(result.standardOutput.text == "new\nnew\na\nkept\nlink\nmade\nrenamed\n")
        #expect(fixture.read("kept") == "old\n")
        #expect(fixture.read("folder/inner") == "old\n")
        #expect(fixture.read("made") == nil)
        #expect(access("\(fixture.worktree)/.git", F_OK) != 0)
        #expect(result.guarantees.contains { $0.name == .disk && $0.isEnforced })
    }

    @Test("a command may have another fate for its changes than its profile")
    func perCommand() async throws {
        let fixture = try Fixture()
        let sandbox = try await Fixture.sandbox()
        let thrown = Command(arguments: ["sh", "-c", "echo x > thrown"], work: .copyOnWrite)
        #expect(try await sandbox.run(thrown, in: fixture.worktree).ending == .exited(0))
        #expect(fixture.read("thrown") == nil)
        let kept = Command(arguments: ["sh", "-c", "echo x > kept"], work: .bind)
        #expect(try await sandbox.run(kept, in: fixture.worktree).ending == .exited(0))
        #expect(fixture.read("kept") == "x\n")
    }

    @Test(
        "filling a copy ends the run by the disk limit",
        arguments: ["head -c 30M /dev/zero > big", "cat /dev/zero > a; sleep 30"])
    func diskLimit(script: String) async throws {
        let fixture = try Fixture()
        let result = try await fixture.shell(script) {
            $0.work = .copyOnWrite
            $0.limits.disk = 4 << 20
        }
        #expect(result.ending == .diskLimit)
        #expect(fixture.read("big") == nil)
    }

    @Test("so does making too many files")
    func inodes() async throws {
        let result = try await Fixture().shell("i=0; while :; do i=$((i+1)); : > f$i || exit 1; done") {
            $0.work = .copyOnWrite
            $0.limits.inodes = 50
        }
        #expect(result.ending == .diskLimit)
    }

    @Test("a program that uses all its space and ends well has not failed")
    func exactly() async throws {
        let result = try await Fixture().shell("head -c 4M /dev/zero > big") {
            $0.work = .copyOnWrite
            $0.limits.disk = 4 << 20
        }
        #expect([.exited(0), .diskLimit].contains(result.ending), "\(result.ending)")
    }

    @Test("read-only: nothing can be written, and all can be read")
    func readOnly() async throws {
        let fixture = try Fixture()
        try fixture.write("text\n", to: "file")
        let result = try await fixture.shell("cat file; echo x > made; echo x > file; mkdir .git; rm file; echo $?") {
            $0.work = .readOnly
        }
        #expect(result.standardOutput.text == "text\n1\n")
        #expect(fixture.read("file") == "text\n")
        #expect(fixture.read("made") == nil)
        #expect(access("\(fixture.worktree)/.git", F_OK) != 0)
    }

    @Test("a repository is hidden in every mode", arguments: SandboxProfile.Work.allCases, ["folder", "file"])
    func hidden(work: SandboxProfile.Work, kind: String) async throws {
        let fixture = try Fixture()
        try fixture.write("secret\n", to: kind == "folder" ? ".git/config" : ".git")
        let result = try await fixture.shell(
            "cat .git .git/config; chmod 700 .git; mv .git moved; rm -rf .git; echo x > .git; ls -A"
        ) { $0.work = work }
        #expect(result.standardOutput.text == ".git\n", "\(result.ending) \(result.standardError.text)")
        #expect(fixture.read(kind == "folder" ? ".git/config" : ".git") == "secret\n")
    }
}

@Suite("As root on a file system that cannot map owners", .takingTurns, .enabled(if: geteuid() == 0, "needs root"))
struct LendingTests {
    /// A folder on overlayfs, as a container's root is.
    private func overlay(_ fixture: borrowing Fixture, _ body: (String) async throws -> Void) async throws {
        let base = fixture.outside
        for name in ["lower", "upper", "work", "merged"] { mkdir("\(base)/\(name)", 0o755) }
        let options = "lowerdir=\(base)/lower,upperdir=\(base)/upper,workdir=\(base)/work"
        try #require(mount("test", "\(base)/merged", "overlay", 0, options) == 0)
        defer { umount2("\(base)/merged", CInt(MNT_DETACH)) }
        mkdir("\(base)/merged/worktree", 0o755)
        try await body("\(base)/merged/worktree")
    }

    private func owner(_ path: String) -> uid_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_uid : 4_000_000_000
    }

    @Test("a worktree is lent for the run and comes back with what was made")
    func lent() async throws { try await Underling.runAlone("LendingTests/lendOnce", inOwnMounts: true) }

    @Test("two runs at once are told, not mixed up")
    func busy() async throws { try await Underling.runAlone("LendingTests/lendTwice", inOwnMounts: true) }

    /// Not a test of its own: what ``lent()`` runs in another process, whose mounts no other test sees.
    @Test(
        "lend once", .enabled(if: Underling.isAlone, "started by another test"), arguments: SandboxProfile.Work.allCases
    )
    func lendOnce(work: SandboxProfile.Work) async throws {
        let fixture = try Fixture()
        try await overlay(fixture) { worktree in
            mkdir("\(worktree)/folder", 0o700)
            let file = try #require(fopen("\(worktree)/folder/file", "w"))
            fputs("old\n", file)
            fclose(file)
            chmod("\(worktree)/folder/file", 0o600)
            let sandbox = try await Fixture.sandbox(warmStages: 2) { $0.work = work }
            for _ in 0..<2 {
                let result = try await sandbox.run(
                    Command(["sh", "-c", "cat folder/file; echo new > folder/file; mkdir -p made && echo x > made/x"]),
                    in: worktree)
                #expect(result.standardOutput.text.hasSuffix("\n"), "\(result.ending) \(result.standardError.text)")
            }
            let isKept = work == .bind
            #expect(readFile("\(worktree)/folder/file") == (isKept ? "new\n" : "old\n"))
            #expect((readFile("\(worktree)/made/x") != nil) == isKept)
            for path in ["", "/folder", "/folder/file"] { #expect(owner(worktree + path) == 0) }
            if isKept { #expect(owner("\(worktree)/made/x") == 0) }
        }
    }

    /// Not a test of its own: what ``busy()`` runs in another process.
    @Test("lend twice", .enabled(if: Underling.isAlone, "started by another test"))
    func lendTwice() async throws {
        let fixture = try Fixture()
        try await overlay(fixture) { worktree in
            let sandbox = try await Fixture.sandbox()
            let script = "touch started; while ! [ -e go ]; do sleep 0.01; done; echo x > x"
            let first = Task { try await sandbox.run(Command(["sh", "-c", script]), in: worktree) }
            while access("\(worktree)/started", F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
            let second = try await sandbox.run(Command(["true"]), in: worktree)
            if case .sandboxFailed(let why) = second.ending {
                #expect(why.contains("only one run at a time"))
            } else {
                Issue.record("the second run ended \(second.ending)")
            }
            close(open("\(worktree)/go", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
            #expect(try await first.value.ending == .exited(0))
            for name in ["", "/x", "/started", "/go"] { #expect(owner(worktree + name) == 0, "\(name)") }
        }
    }
}
