import Glibc
import Sandboxing
import Testing

@Suite("What becomes of what a program writes to its worktree")
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
