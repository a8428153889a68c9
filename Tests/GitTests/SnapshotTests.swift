import Git
import Glibc
import Testing

@Suite("Snapshots", .needsGit)
struct SnapshotTests {
    @Test("a snapshot is the tree that git would add", arguments: 0..<9 as Range<UInt64>)
    func equalsGit(seed: UInt64) throws {
        let test = try TestRepository()
        var edits = RandomEdits(seed: seed)
        try edits.fill(test.folder)
        try test.folder.write(".gitignore", "*-dash\nsrc/deep/*\n!src/deep/*f\nb/\n/x.y\n")
        // Tracked, though ignored.
        if seed % 2 == 0 { try test.git("add", "-Af") }
        try test.commitAll()
        try edits.change(test.folder)
        if seed % 3 == 0 { try test.git("add", "-A") }
        let snapshot = try test.run().snapshot()
        #expect("\(snapshot.tree)" == (try test.treeByGit()), "seed \(seed)")
    }

    @Test("taking a snapshot and using worktrees changes not one byte or time stamp of the user's repository")
    func untouched() throws {
        let test = try TestRepository()
        var edits = RandomEdits(seed: 99)
        try edits.fill(test.folder)
        try test.commitAll()
        try test.folder.write("stashed", "x")
        try test.git("stash", "-u")
        try edits.change(test.folder)
        let before = try test.folder.fingerprint()
        let run = try test.run()
        let snapshot = try run.snapshot()
        let worktree = try run.addWorktree(named: "one", at: snapshot)
        let copy = try run.duplicate(worktree, named: "two")
        _ = try copy.diff()
        try worktree.reset()
        try worktree.remove()
        try run.remove()
        #expect(try test.folder.fingerprint() == before)
        #expect(!test.state.exists("run"))
    }

    @Test("a branch without a commit has a snapshot of its files")
    func unborn() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        let repository = try test.repository()
        #expect(try repository.head() == .unborn(branch: "main"))
        let run = try test.run()
        let snapshot = try run.snapshot()
        #expect("\(snapshot.tree)" == (try test.treeByGit()))
        #expect(snapshot.hasLocalChanges)
        let worktree = try run.addWorktree(named: "w", at: snapshot)
        #expect(try worktree.diff().isEmpty)
    }

    @Test("a bare repository's snapshot is HEAD")
    func bare() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        try test.commitAll()
        let state = try TemporaryFolder()
        try test.git("clone", "-q", "--bare", ".", state.path + "/bare.git")
        let repository = try Repository.discover(at: state.path + "/bare.git")
        #expect(repository.workingDirectory == nil)
        let snapshot = try RunRepository(creatingAt: state.path + "/run", for: repository).snapshot()
        #expect("\(snapshot.tree)" == (try test.git("rev-parse", "HEAD^{tree}")))
        #expect(!snapshot.hasLocalChanges)
    }

    @Test("a detached HEAD, a linked worktree and a borrowed object store are read")
    func shapes() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        try test.commitAll()
        try test.git("checkout", "-q", "--detach")
        guard case .detached = try test.repository().head() else {
            Issue.record("HEAD is not detached")
            return
        }
        try test.git("worktree", "add", "-q", test.state.path + "/linked", "-b", "side")
        try test.git("clone", "-q", "--shared", ".", test.state.path + "/shared")
        for name in ["linked", "shared"] {
            let repository = try Repository.discover(at: test.state.path + "/" + name)
            let run = try RunRepository(creatingAt: test.state.path + "/run-" + name, for: repository)
            let worktree = try run.addWorktree(named: "w", at: run.snapshot())
            #expect(try worktree.diff().isEmpty)
            #expect(try run.snapshot().hasLocalChanges == false)
        }
    }

    @Test("a repository whose folder and checkout lie apart is read, by either")
    func separated() throws {
        let state = try TemporaryFolder()
        for name in ["by-file", "by-configuration"] {
            let test = try TestRepository(["--separate-git-dir", state.path + "/" + name])
            try test.folder.write("a", "1\n")
            try test.commitAll()
            if name == "by-configuration" {
                try test.git("config", "core.worktree", test.path)
                try test.folder.remove(".git")
            }
            let start = name == "by-file" ? test.path : state.path + "/" + name
            let repository = try Repository.discover(at: start)
            #expect(repository.workingDirectory == test.path)
            #expect(repository.gitDirectory == state.path + "/" + name)
            let run = try RunRepository(creatingAt: state.path + "/run-" + name, for: repository)
            #expect(try run.snapshot().hasLocalChanges == false)
        }
    }

    @Test("a sparse checkout's missing files are not deletions")
    func sparse() throws {
        let test = try TestRepository()
        try test.folder.write("a", "1\n")
        try test.folder.write("d/b", "1\n")
        try test.commitAll()
        try test.git("update-index", "--skip-worktree", "d/b")
        try test.folder.remove("d")
        #expect(try test.run().snapshot().hasLocalChanges == false)
    }

    @Test("a submodule's files are there as plain files, and named; nested repositories stay out")
    func submodules() throws {
        let inner = try TestRepository()
        try inner.folder.write("lib/code.c", "int x;\n")
        try inner.folder.write(".gitignore", "*.o\n")
        try inner.commitAll()
        let test = try TestRepository()
        try test.git("submodule", "--quiet", "add", inner.path, "sub")
        try test.commitAll()
        try test.folder.write("sub/new.c", "int y;\n")
        try test.folder.write("sub/new.o", "object")
        try GitCommand.run(["init", "-q", "nested"], in: test.path)
        try test.folder.write("nested/file", "x")
        let run = try test.run()
        let snapshot = try run.snapshot()
        #expect(snapshot.submodulePaths == ["sub"])
        #expect(snapshot.leftOut == ["nested"])
        let worktree = try run.addWorktree(named: "w", at: snapshot)
        let files = try GitCommand.text(["ls-files"], in: worktree.path)
        #expect(files == ".gitmodules\nsub/.gitignore\nsub/lib/code.c\nsub/new.c")

        try test.git("submodule", "--quiet", "deinit", "-f", "sub")
        let without = try run.snapshot()
        #expect(without.submodulePaths.isEmpty)
        #expect(without.leftOut == ["nested", "sub"])
    }

    @Test("no program that the repository names is ever run")
    func programs() throws {
        let test = try TestRepository()
        let marker = test.state.path + "/marker"
        let script = "#!/bin/sh\necho ran >> \(marker)\ncat\n"
        try test.state.write("program", script, mode: 0o755)
        try test.folder.write("a.txt", "one\ntwo\n")
        try test.folder.write("b.txt", "one\n")
        try test.commitAll()
        try test.folder.write(".gitattributes", "*.txt filter=x diff=x merge=x text eol=crlf ident\n")
        let program = test.state.path + "/program"
        for key in [
            "filter.x.clean", "filter.x.smudge", "filter.x.process", "core.fsmonitor", "diff.external",
            "diff.x.command",
            "diff.x.textconv", "merge.x.driver", "core.sshCommand", "core.editor", "core.pager", "gpg.program",
            "credential.helper", "core.hooksPath",
        ] { try test.git("config", key, key == "core.hooksPath" ? test.state.path + "/hooks" : program) }
        try test.git("config", "filter.x.required", "true")
        try test.git("config", "commit.gpgSign", "true")
        for hook in [
            "post-checkout", "pre-commit", "post-commit", "post-index-change", "reference-transaction", "commit-msg",
            "prepare-commit-msg", "pre-applypatch", "post-applypatch", "applypatch-msg", "fsmonitor-watchman",
        ] {
            try test.state.write("hooks/" + hook, script, mode: 0o755)
            try test.folder.write(".git/hooks/" + hook, script, mode: 0o755)
        }
        try test.folder.write("a.txt", "one\r\nTWO $Id$\r\n")
        let run = try test.run()
        let worktree = try run.addWorktree(named: "w", at: run.snapshot())
        let changed = "one\r\nTWO $Id$\r\nthree\r\n"
        try "one\r\nTWO $Id$\r\n".expectContent(of: worktree.path + "/a.txt")
        let files = try TemporaryFolder()
        try files.write("a.txt", changed)
        #expect(rename(files.path + "/a.txt", worktree.path + "/a.txt") == 0)
        let patch = try worktree.diff()
        #expect(patch.addedLines == 1)
        try worktree.reset()
        try run.remove()
        #expect(!test.state.exists("marker"))
    }

    @Test("a repository that cannot be read is one clear line")
    func refusals() throws {
        let folder = try TemporaryFolder()
        func message(_ path: String) -> String {
            do {
                _ = try Repository.discover(at: path)
                return "no error"
            } catch { return "\(error.code.rawValue): \(error)" }
        }
        #expect(message(folder.path + "/none") == "path-not-found: \(folder.path)/none does not exist")
        #expect(message(folder.path).hasPrefix("not-a-repository: \(folder.path) is not in a git repository"))
        for extensionName in ["worktreeConfig", "partialClone"] {
            let test = try TestRepository()
            try test.git("config", "core.repositoryformatversion", "1")
            try test.git("config", "extensions." + extensionName, "origin")
            #expect(message(test.path).hasPrefix("unsupported-repository: "))
            #expect(!message(test.path).contains("\n"))
        }
        let sha256 = try TestRepository(["--object-format=sha256"])
        #expect(message(sha256.path).hasPrefix("unsupported-repository: "))
    }
}

extension String {
    func expectContent(of path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard let file = fopen(path, "r") else {
            Issue.record("\(path) is missing", sourceLocation: sourceLocation)
            return
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == self, sourceLocation: sourceLocation)
    }
}
