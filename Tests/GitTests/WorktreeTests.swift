import Glibc
import Testing

@testable import Git

@Suite("Worktrees", .needsGit)
struct WorktreeTests {
    @Test("a diff applies with `git apply` and gives the same tree", arguments: 0..<18 as Range<UInt64>)
    func diffApplies(seed: UInt64) throws {
        let test = try TestRepository()
        var edits = RandomEdits(seed: seed)
        try edits.fill(test.folder)
        try test.commitAll()
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        try edits.change(TemporaryFolder(adopting: worktree.path))
        let patch = try worktree.diff()
        #expect(try Patch(parsing: patch.bytes).files == patch.files, "seed \(seed)")

        guard !patch.isEmpty else { return }
        try test.git("apply", "--index", "--whitespace=nowarn", input: patch.bytes)
        let byGit = try test.git("write-tree")
        try GitCommand.run(["add", "-A"], in: worktree.path)
        #expect(byGit == (try GitCommand.text(["write-tree"], in: worktree.path)), "seed \(seed)")
    }

    @Test("reset brings back the snapshot, whatever was done", arguments: 0..<10 as Range<UInt64>)
    func reset(seed: UInt64) throws {
        let test = try TestRepository()
        var edits = RandomEdits(seed: seed)
        try edits.fill(test.folder)
        try test.commitAll()
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        let folder = TemporaryFolder(adopting: worktree.path)
        let before = try folder.fingerprint(times: false)
        for _ in 0..<3 {
            try edits.change(folder)
            try worktree.reset()
            let after = try folder.fingerprint(times: false)
            #expect(after == before, "seed \(seed): \(Set(after).symmetricDifference(before))")
        }
    }

    @Test("reset keeps ignored build products when told to, and removes them otherwise")
    func keepIgnored() throws {
        let test = try TestRepository()
        try test.folder.write(".gitignore", "*.o\nbuild/\n")
        try test.folder.write("a.c", "int x;\n")
        try test.commitAll()
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        let folder = TemporaryFolder(adopting: worktree.path)
        for name in ["a.o", "build/x", "new/y.o", "new/y.c", "z.c"] { try folder.write(name, "x") }
        // A candidate's own rules do not count.
        try folder.write(".gitignore", "*.c\n")
        try worktree.reset(keepIgnored: true)
        #expect(["a.o", "build/x", "new/y.o"].allSatisfy(folder.exists))
        #expect(!["new/y.c", "z.c"].contains(where: folder.exists))
        try worktree.reset()
        #expect(!["a.o", "build", "new"].contains(where: folder.exists))
    }

    @Test("a change that hides behind its old modification time and size is found")
    func forgedTime() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        try test.commitAll()
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        usleep(20_000)
        try worktree.reset()
        let folder = TemporaryFolder(adopting: worktree.path)
        var status = stat()
        stat(worktree.path + "/a", &status)
        try folder.write("a", "2\n")
        utimensat(AT_FDCWD, worktree.path + "/a", [status.st_atim, status.st_mtim], 0)
        #expect(try worktree.diff().addedLines == 1)
        try worktree.reset()
        #expect(try folder.text("a") == "1\n")
    }

    @Test("links, pipes and locked folders that a test program leaves behind mislead neither diff nor reset")
    func hostile() throws {
        let test = try TestRepository()
        try test.folder.write("src/a", "1\n")
        try test.folder.write("b", "1\n")
        try test.commitAll()
        try test.state.write("outside/a", "precious")
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        let folder = TemporaryFolder(adopting: worktree.path)
        try folder.remove("src")
        try folder.link("src", to: test.state.path + "/outside")
        try folder.write("locked/in/x", "x")
        chmod(worktree.path + "/locked/in", 0)
        chmod(worktree.path + "/locked", 0)
        try folder.remove("b")
        mkfifo(worktree.path + "/b", 0o600)
        mkfifo(worktree.path + "/pipe", 0o600)
        try folder.write(".git", "gitdir: /elsewhere\n")
        #expect(try worktree.diff().files.map(\.path.description).contains("src/a"))
        mkfifo(worktree.path + "/.gitignore", 0o600)
        #expect(throws: GitError.self) { try worktree.diff() }
        try worktree.reset(keepIgnored: true)
        #expect(try folder.fingerprint(times: false).count == 4)
        #expect(try folder.text("src/a") == "1\n")
        #expect(try worktree.diff().isEmpty)
        #expect(try test.state.text("outside/a") == "precious")
        chmod(worktree.path + "/src", 0)
        try run.remove()
        #expect(!test.state.exists("run"))
    }

    @Test("a copy has build products, modes, links and modification times, and is reset without being read again")
    func duplicate() throws {
        let test = try TestRepository()
        try test.folder.write(".gitignore", "build/\n")
        try test.folder.write("src/a.c", "int x;\n")
        try test.folder.write("run.sh", "#!/bin/sh\n", mode: 0o755)
        try test.folder.link("link", to: "src")
        try test.commitAll()
        let run = try test.run()
        let worktree = try run.addWorktree(named: "one", at: run.snapshot())
        let folder = TemporaryFolder(adopting: worktree.path)
        try folder.write("build/a.o", "object")
        utimensat(AT_FDCWD, worktree.path + "/build/a.o", [timespec(), timespec(tv_sec: 1000, tv_nsec: 5)], 0)
        let copy = try run.duplicate(worktree, named: "two")
        let copied = TemporaryFolder(adopting: copy.path)
        let withoutGit = { (lines: [String]) in lines.filter { !$0.hasPrefix(".git ") } }
        #expect(try withoutGit(copied.fingerprint()) == withoutGit(folder.fingerprint()))
        try copied.write("src/a.c", "int y;\n")
        #expect(try copy.diff().files.map(\.path) == ["src/a.c"])
        #expect(try worktree.diff().isEmpty)
        try copy.reset(keepIgnored: true)
        #expect(try copied.text("build/a.o") == "object")
        #expect(try GitCommand.text(["status", "--porcelain"], in: copy.path) == "")
        try copy.remove()
        #expect(throws: Never.self) { try run.duplicate(worktree, named: "two").remove() }
    }

    @Test("a tracked file that is ignored stays tracked in a copy, changed or not")
    func trackedAndIgnored() throws {
        let test = try TestRepository()
        try test.folder.write("a.o", "1\n")
        try test.commitAll()
        try test.folder.write(".gitignore", "*.o\n")
        let run = try test.run()
        let worktree = try run.addWorktree(named: "one", at: run.snapshot())
        try TemporaryFolder(adopting: worktree.path).write("a.o", "2\n")
        let copy = try run.duplicate(worktree, named: "two")
        #expect(try copy.diff().files.map(\.change) == [.modified])
        try copy.reset(keepIgnored: true)
        #expect(try copy.diff().isEmpty)
    }

    @Test("a run is opened again by its path, and removed without the user's repository")
    func reopened() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        let snapshot = try test.run().snapshot()
        let run = try RunRepository(openingAt: test.state.path + "/run", for: test.repository())
        #expect(try run.addWorktree(named: "w", at: snapshot).diff().isEmpty)
        try RunRepository.remove(at: run.path)
        #expect(throws: GitError.self) { try RunRepository(openingAt: run.path, for: test.repository()) }
        #expect(throws: Never.self) { try RunRepository.remove(at: run.path) }
    }

    @Test("two runs of one repository work at once")
    func twoRuns() async throws {
        let test = try TestRepository()
        for number in 0..<20 { try test.folder.write("f\(number)", "line \(number)\n") }
        try test.commitAll()
        try test.folder.write("f0", "changed\n")
        let before = try test.folder.fingerprint()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for run in 0..<2 {
                group.addTask {
                    let run = try test.run("run-\(run)")
                    let snapshot = try run.snapshot()
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for slot in 0..<3 {
                            group.addTask {
                                let worktree = try run.addWorktree(named: "slot-\(slot)", at: snapshot)
                                let folder = TemporaryFolder(adopting: worktree.path)
                                for _ in 0..<5 {
                                    try folder.write("f\(slot)", "edited\n")
                                    #expect(try worktree.diff().files.map(\.path) == [TreePath("f\(slot)")])
                                    try worktree.reset()
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                    try run.remove()
                }
            }
            try await group.waitForAll()
        }
        #expect(try test.folder.fingerprint() == before)
    }

    @Test("names that cannot be a worktree's are refused", arguments: ["", "..", ".x", "a/b", "a b", "x.lock"])
    func names(name: String) throws {
        let test = try TestRepository()
        let run = try test.run()
        let snapshot = try run.snapshot()
        #expect { _ = try run.addWorktree(named: name, at: snapshot) } throws: {
            ($0 as? GitError)?.code == .invalidName
        }
    }
}
