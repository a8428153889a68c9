import Glibc
import Testing

@testable import Sandboxing

@Suite("Sockets and pipes in a worktree", .takingTurns)
struct SpecialFilesTests {
    /// Tells which names are pipes.
    private static let script = "for name in pipe deep/pipe; do [ -p $name ] && echo $name is a pipe; done; ls deep"

    private func pipe(_ path: String) throws { try #require(mkfifo(path, 0o600) == 0) }

    @Test("those of others are covered, whatever else becomes of the worktree", arguments: SandboxProfile.Work.allCases)
    func covered(work: SandboxProfile.Work) async throws {
        let fixture = try Fixture()
        try fixture.write("", to: "deep/file")
        try pipe("\(fixture.worktree)/pipe")
        try pipe("\(fixture.worktree)/deep/pipe")
        let sandbox = try await Fixture.sandbox { $0.work = work }
        let result = try await sandbox.run(Command(["sh", "-c", Self.script]), in: fixture.worktree)
        let network = try #require(result.guarantees.first { $0.name == .network })
        #expect(network.isEnforced)
        if work == .copyOnWrite {
            // Pipes of the copy's own.
            #expect(result.standardOutput.text == "pipe is a pipe\ndeep/pipe is a pipe\nfile\npipe\n")
            #expect(network.remedy == nil)
        } else {
            #expect(result.standardOutput.text == "file\npipe\n", "\(result.ending) \(result.standardError.text)")
            #expect(network.remedy?.contains("copy-on-write") == true)
        }
        for name in ["pipe", "deep/pipe"] {
            var status = stat()
            #expect(lstat("\(fixture.worktree)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        }
    }

    @Test("a worktree of Fettle's own is not looked through")
    func owned() async throws {
        let fixture = try Fixture()
        try pipe("\(fixture.worktree)/pipe")
        let sandbox = try await Fixture.sandbox(ownsWorktrees: true)
        let result = try await sandbox.run(Command(["test", "-p", "pipe"]), in: fixture.worktree)
        #expect(result.ending == .exited(0))
        #expect(result.guarantees.first { $0.name == .network }?.remedy == nil)
    }

    @Test("they are found at any depth, by the path of each, and none in the repository")
    func paths() throws {
        let fixture = try Fixture()
        for folder in ["a/b/c", ".git", "nested/.git"] { try fixture.write("", to: "\(folder)/file") }
        let wanted = ["a/b/c/one", "a/two", "nested/.git/three", "four"]
        for name in wanted + [".git/hidden"] { try pipe("\(fixture.worktree)/\(name)") }
        symlink("/dev", "\(fixture.worktree)/link")
        #expect(try SpecialFiles.paths(in: Site(fixture.worktree)).sorted() == wanted.sorted())
    }

    @Test(
        "a folder of ours that is closed to us, and that a program could open, is refused",
        .enabled(if: geteuid() != 0, "nothing is closed to root"), arguments: [0o000, 0o100, 0o400] as [mode_t])
    func closed(mode: mode_t) throws {
        let fixture = try Fixture()
        try fixture.write("", to: "folder/file")
        chmod("\(fixture.worktree)/folder", mode)
        defer { chmod("\(fixture.worktree)/folder", 0o700) }
        let error = #expect(throws: SandboxError.self) { try SpecialFiles.paths(in: Site(fixture.worktree)) }
        #expect(error?.description.contains("folder") == true)
    }

    @Test("more than can be covered, or a name that cannot be told, is refused with what to do about it")
    func refused() throws {
        let many = try Fixture()
        for number in 0...256 { try pipe("\(many.worktree)/\(number)") }
        let strange = try Fixture()
        let folder = open(strange.worktree, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(folder) }
        try #require(mkfifoat(folder, [CChar](arrayLiteral: -1, 0), 0o600) == 0)
        for worktree in [many.worktree, strange.worktree] {
            let error = #expect(throws: SandboxError.self) { try SpecialFiles.paths(in: Site(worktree)) }
            #expect(error?.description.contains("use `work: copy-on-write`") == true)
        }
    }
}
