import Glibc
import Testing

@testable import Git

@Suite("Applying patches", .needsGit)
struct ApplyTests {
    @Test("what `git diff` writes applies and gives the same tree", arguments: 0..<18 as Range<UInt64>)
    func gitsDiff(seed: UInt64) throws {
        let test = try TestRepository()
        var edits = RandomEdits(seed: 1000 + seed)
        try edits.fill(test.folder)
        try test.commitAll()
        try test.git("clone", "-q", ".", test.state.path + "/clone")
        try edits.change(test.folder)
        try test.git("add", "-A")
        let options = [
            ["-M"], ["-C"], ["--no-renames"], ["-M", "--full-index"], ["-M", "-U1"], ["-B", "--no-renames"],
        ]
        let arguments = ["diff", "--cached", "--binary"] + options[Int(seed) % options.count]
        let bytes = try GitCommand.run(arguments, in: test.path)
        let patch = try Patch(parsing: bytes)
        #expect(patch.isEmpty == bytes.isEmpty)
        let clone = try Repository.discover(at: test.state.path + "/clone")
        _ = try clone.apply(patch)
        try GitCommand.run(["add", "-A"], in: test.state.path + "/clone")
        let tree = try GitCommand.text(["write-tree"], in: test.state.path + "/clone")
        #expect(tree == (try test.git("write-tree")), "seed \(seed)")

        // The same patch as a commit.
        let commit = try clone.commit(
            patch, onBranch: "fix", author: Identity(name: "Ä", email: "a@b"), message: "Fix it\n\nBody\n\n",
            trailers: [("Fixes", "#1"), ("Signed-off-by", "Ä <a@b>")])
        #expect(try test.git("-C", clone.gitDirectory, "rev-parse", "fix^{tree}") == tree, "seed \(seed)")
        #expect(try test.git("-C", clone.gitDirectory, "rev-parse", "fix^") == (try test.git("rev-parse", "HEAD")))
        #expect("\(commit)" == (try test.git("-C", clone.gitDirectory, "rev-parse", "fix")))
        #expect(
            try test.git("-C", clone.gitDirectory, "log", "-1", "--format=%an <%ae>%n%B", "fix")
                == "Ä <a@b>\nFix it\n\nBody\n\nFixes: #1\nSigned-off-by: Ä <a@b>\n")
        try GitCommand.run(["fsck", "--strict"], in: clone.gitDirectory)
    }

    @Test(
        "our diff of one worktree applies to another, and back to the user's files", arguments: 0..<10 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let test = try TestRepository()
        var edits = RandomEdits(seed: 2000 + seed)
        try edits.fill(test.folder)
        try test.commitAll()
        try edits.change(test.folder)
        let run = try test.run()
        let snapshot = try run.snapshot()
        let one = try run.addWorktree(named: "one", at: snapshot)
        let two = try run.addWorktree(named: "two", at: snapshot)
        try edits.change(TemporaryFolder(adopting: one.path))
        let patch = try one.diff()
        try two.apply(patch)
        #expect(try two.diff() == patch, "seed \(seed)")
        let index = try test.folder.read(".git/index")
        _ = try test.repository().apply(patch)
        #expect(try test.treeByGit() == GitCommand.text(["write-tree"], in: staged(one)), "seed \(seed)")
        #expect(try test.folder.read(".git/index") == index)
    }

    private func staged(_ worktree: Worktree) throws -> String {
        try GitCommand.run(["add", "-A"], in: worktree.path)
        return worktree.path
    }

    private static let lines = (1...30).map { "line \($0)\n" }

    /// A repository with a file of thirty lines, and a patch that changes lines 3 and 20.
    private func prepared() throws -> (TestRepository, Patch) {
        let test = try TestRepository()
        try test.folder.write("f", Self.lines.joined())
        try test.folder.write("g", "g\n")
        try test.commitAll()
        try test.folder.write("f", text([3: "three\n", 20: "twenty\n"]))
        try test.folder.write("g", "G\n")
        let patch = try Patch(parsing: GitCommand.run(["diff"], in: test.path))
        try test.git("checkout", "-q", ".")
        return (test, patch)
    }

    private func text(_ changes: [Int: String]) -> String {
        Self.lines.indices.map { changes[$0 + 1] ?? Self.lines[$0] }.joined()
    }

    @Test("hunks are found where lines were added above them")
    func moved() throws {
        let (test, patch) = try prepared()
        try test.folder.write("f", "new\nnew\n" + text([:]))
        let applied = try test.repository().apply(patch)
        #expect(try test.folder.text("f") == "new\nnew\n" + text([3: "three\n", 20: "twenty\n"]))
        #expect(applied.changed == ["f", "g"])
    }

    @Test("a change next to a hunk is merged")
    func merged() throws {
        let (test, patch) = try prepared()
        try test.folder.write("f", text([1: "one\n", 23: "changed\n"]))
        let applied = try test.repository().apply(patch)
        #expect(applied.merged == ["f"])
        #expect(try test.folder.text("f") == text([1: "one\n", 3: "three\n", 20: "twenty\n", 23: "changed\n"]))
        // A second time there is nothing left to do.
        try test.folder.write("h", "")
        _ = try test.repository().apply(patch)
        #expect(try test.folder.text("f") == text([1: "one\n", 3: "three\n", 20: "twenty\n", 23: "changed\n"]))
    }

    @Test("a conflict names its hunk and line, and nothing is written")
    func conflict() throws {
        let (test, patch) = try prepared()
        try test.folder.write("f", text([20: "other\n"]))
        let before = try test.folder.fingerprint()
        let error = try #require(throws: GitError.self) { try test.repository().apply(patch) }
        #expect(error.code == .conflict)
        #expect(error.conflicts.map(\.hunk) == [2])
        #expect(error.conflicts.map(\.line) == [17])
        #expect(
            "\(error)"
                == "the patch does not apply in one place, first f:17: hunk 2: the file has changed in the same lines")
        #expect(try test.folder.fingerprint() == before)
    }

    @Test("files of a snapshot that the user's repository does not hold are found in the run")
    func snapshotBase() throws {
        let test = try TestRepository()
        try test.folder.write("f", "old\n")
        try test.commitAll()
        try test.folder.write("f", text([:]))
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        try TemporaryFolder(adopting: worktree.path).write("f", text([3: "three\n"]))
        let patch = try worktree.diff()
        try test.folder.write("f", text([5: "five\n"]))
        #expect { _ = try test.repository().apply(patch) } throws: { ($0 as? GitError)?.code == .conflict }
        #expect(try test.repository().apply(patch, mergingFrom: run).merged == ["f"])
        #expect(try test.folder.text("f") == text([3: "three\n", 5: "five\n"]))
    }

    @Test(
        "missing, existing and different files are conflicts that leave everything as it was",
        arguments: [
            "--- /dev/null\n+++ b/g\n@@ -0,0 +1 @@\n+x\n", "--- a/g\n+++ /dev/null\n@@ -1 +0,0 @@\n-other\n",
            "--- a/none\n+++ b/none\n@@ -1 +1 @@\n-x\n+y\n", "diff --git a/g/h b/g/h\nnew file mode 100644\n",
            "diff --git a/g b/link\nsimilarity index 100%\nrename from g\nrename to link\n",
            "diff --git a/link b/link\nindex 1111111..2222222 100644\n--- a/link\n+++ b/link\n@@ -1 +1 @@\n-g\n+f\n",
        ])
    func wholeFiles(text: String) throws {
        let test = try TestRepository()
        try test.folder.write("f", "1\n")
        try test.folder.write("g", "g\n")
        try test.folder.link("link", to: "g")
        try test.commitAll()
        let before = try test.folder.fingerprint(times: false)
        let patch = try Patch(parsing: Array(("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-1\n+2\n" + text).utf8))
        #expect(throws: GitError.self) { try test.repository().apply(patch) }
        #expect(throws: GitError.self) {
            try test.repository().commit(patch, onBranch: "x", author: Identity(name: "n", email: "e"), message: "m")
        }
        let after = try test.folder.fingerprint(times: false)
        #expect(after.filter { !$0.hasPrefix(".git/objects") } == before.filter { !$0.hasPrefix(".git/objects") })
    }

    @Test("no patch writes through a symbolic link or into another repository")
    func links() throws {
        let test = try TestRepository()
        try test.state.write("outside/f", "precious\n")
        try test.folder.link("link", to: test.state.path + "/outside")
        try test.folder.write("f", "1\n")
        try test.commitAll()
        try GitCommand.run(["init", "-q", "nested"], in: test.path)
        try test.folder.write("nested/f", "1\n")
        for text in [
            "--- a/link/f\n+++ b/link/f\n@@ -1 +1 @@\n-precious\n+gone\n",
            "--- /dev/null\n+++ b/link/new\n@@ -0,0 +1 @@\n+x\n",
            "--- a/link/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-precious\n",
            "diff --git a/f b/link/g\nsimilarity index 100%\nrename from f\nrename to link/g\n",
            "--- a/nested/f\n+++ b/nested/f\n@@ -1 +1 @@\n-1\n+2\n",
        ] {
            let patch = try Patch(parsing: Array(text.utf8))
            #expect { _ = try test.repository().apply(patch) } throws: { ($0 as? GitError)?.code == .unsafePath }
        }
        #expect(try test.state.text("outside/f") == "precious\n")
        #expect(!test.state.exists("outside/new"))
        #expect(try test.git("status", "--porcelain") == "?? nested/")
        // A link is patched as the link that it is.
        let text = """
            diff --git a/link b/link
            deleted file mode 120000
            --- a/link
            +++ /dev/null
            @@ -1 +0,0 @@
            -\(test.state.path)/outside
            \\ No newline at end of file
            diff --git a/link/x b/link/x
            new file mode 100644
            --- /dev/null
            +++ b/link/x
            @@ -0,0 +1 @@
            +x

            """
        _ = try test.repository().apply(Patch(parsing: Array(text.utf8)))
        #expect(try test.folder.text("link/x") == "x\n")
        #expect(!test.state.exists("outside/x"))
    }

    @Test("a failure half-way is taken back")
    func rollback() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        try test.folder.write("b", "1\n")
        try test.folder.write("d/e", "1\n")
        try test.commitAll()
        try test.folder.write("blocked/untracked", "mine\n")
        let text = """
            --- a/a
            +++ b/a
            @@ -1 +1 @@
            -1
            +2
            --- a/d/e
            +++ /dev/null
            @@ -1 +0,0 @@
            -1
            --- /dev/null
            +++ b/new/file
            @@ -0,0 +1 @@
            +x
            --- /dev/null
            +++ b/blocked
            @@ -0,0 +1 @@
            +x

            """
        let before = try test.folder.fingerprint(times: false)
        let patch = try Patch(parsing: Array(text.utf8))
        #expect(throws: GitError.self) { try test.repository().apply(patch) }
        #expect(try test.folder.fingerprint(times: false) == before)
    }
}

@Suite("Committing patches", .needsGit)
struct CommitTests {
    private let author = Identity(name: "A", email: "a@b")
    private let patch: Patch

    init() throws {
        patch = try Patch(parsing: Array("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-1\n+2\n".utf8))
    }

    @Test("a commit touches neither working tree, index, HEAD nor other branches")
    func untouched() throws {
        let test = try TestRepository()
        try test.folder.write("f", "1\n")
        try test.commitAll()
        try test.folder.write("f", "mine\n")
        try test.folder.write("staged", "x")
        try test.git("add", "staged")
        let before = try test.folder.fingerprint().filter { !$0.hasPrefix(".git/objects") && !$0.contains("/ ") }
        let commit = try test.repository().commit(patch, onBranch: "fettle/fix", author: author, message: "Fix")
        let after = try test.folder.fingerprint().filter { !$0.hasPrefix(".git/objects") && !$0.contains("/ ") }
        let added = Set(after).subtracting(before).map { $0.prefix { $0 != " " } }.sorted()
        #expect(added == [".git/logs/refs/heads/fettle/fix", ".git/refs/heads/fettle/fix"])
        #expect(Set(before).isSubset(of: after))
        #expect(try test.git("diff", "--stat", "HEAD", "\(commit)").contains("1 file changed"))
        #expect(try test.git("show", "fettle/fix:f") == "2")
    }

    @Test("an existing branch is replaced only on request, a checked-out one never")
    func existing() throws {
        let test = try TestRepository()
        try test.folder.write("f", "1\n")
        try test.commitAll()
        let repository = try test.repository()
        func code(_ branch: String, replacing: Bool = false) throws -> GitError.Code? {
            do {
                _ = try repository.commit(
                    patch, onBranch: branch, author: author, message: "m", replacing: replacing)
                return nil
            } catch { return error.code }
        }
        #expect(try code("fix") == nil)
        #expect(try code("fix") == .branchExists)
        #expect(try code("fix", replacing: true) == nil)
        #expect(try code("main", replacing: true) == .branchExists)
        for name in ["", "-x", "a..b", "a b", "x.lock", "/x", "@{"] { #expect(try code(name) == .invalidName) }
        #expect(try code("fix/below") == .library)
    }

    @Test("a branch without a commit, and a bare repository, take a commit elsewhere")
    func shapes() throws {
        let test = try TestRepository()
        let add = try Patch(parsing: Array("--- /dev/null\n+++ b/d/f\n@@ -0,0 +1 @@\n+1\n".utf8))
        #expect { _ = try test.repository().commit(add, onBranch: "main", author: author, message: "m") } throws: {
            ($0 as? GitError)?.code == .branchExists
        }
        _ = try test.repository().commit(add, onBranch: "first", author: author, message: "m")
        #expect(try test.git("log", "--format=%s", "first") == "m")
        try test.git("checkout", "-q", "first")
        try test.git("clone", "-q", "--bare", ".", test.state.path + "/bare")
        let bare = try Repository.discover(at: test.state.path + "/bare")
        let next = try Patch(parsing: Array("--- a/d/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n".utf8))
        _ = try bare.commit(next, onBranch: "second", author: author, message: "m")
        #expect(try test.git("-C", bare.gitDirectory, "ls-tree", "-r", "second") == "")
        #expect { _ = try bare.apply(next) } throws: { "\($0)".contains("is bare") }
    }

    @Test("the author is the repository's own, and nothing of the user's global configuration")
    func identity() throws {
        let test = try TestRepository()
        #expect(try test.repository().configuredIdentity() == nil)
        try test.git("config", "user.name", "Ö")
        try test.git("config", "user.email", "o@x")
        #expect(try test.repository().configuredIdentity() == Identity(name: "Ö", email: "o@x"))
        #expect {
            try test.folder.write("f", "1\n")
            try test.commitAll()
            _ = try test.repository().commit(patch, onBranch: "b", author: Identity(name: "", email: ""), message: "m")
        } throws: { "\($0)".contains("is not a usable author") }
    }
}
