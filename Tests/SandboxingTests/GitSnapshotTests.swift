import Glibc
import Sandboxing
import Testing

@Suite(
    "A repository of the program's own", .takingTurns,
    .enabled(if: access("/usr/bin/git", X_OK) == 0, "no /usr/bin/git"))
struct GitSnapshotTests {
    private static let setUp = """
        set -e
        git init -q -b main . && git config user.email a@b && git config user.name A
        echo one > file && git add . && git commit -qm one && git tag -a v1.0 -m tag
        echo two > file && git commit -qam two && git branch side && git pack-refs --all
        """

    @Test(
        "git describe, log and status work inside, and the host's repository is not touched", arguments: [false, true])
    func describe(isWorktree: Bool) async throws {
        let fixture = try Fixture()
        let repository = isWorktree ? "\(fixture.outside)/repository" : fixture.worktree
        mkdir(repository, 0o755)
        try host(Self.setUp, in: repository)
        if isWorktree {
            rmdir(fixture.worktree)
            try host("git worktree add -q --detach '\(fixture.worktree)' main", in: repository)
        }
        let before = try host("git rev-parse HEAD; git for-each-ref; ls -A .git/hooks; cat .git/config", in: repository)
        let result = try await fixture.shell(
            """
            git describe --dirty; git log --oneline | wc -l; git status --porcelain
            git -c user.email=x@y -c user.name=X commit -q --allow-empty -m inner && git tag inner && git log --oneline | wc -l
            git config core.pager evil; echo '#!/bin/sh' > $(git rev-parse --git-dir)/hooks-x; git update-ref -d refs/heads/side; true
            """
        ) { $0.repository = .snapshot }
        let lines = result.standardOutput.text.split(separator: "\n")
        #expect(lines.count == 3, "\(result.standardOutput.text)\(result.standardError.text)")
        #expect(lines.first?.hasPrefix("v1.0-1-g") == true)
        #expect(lines.first?.hasSuffix("-dirty") == false)
        #expect(lines.dropFirst().joined(separator: " ") == "2 3")
        let after = try host("git rev-parse HEAD; git for-each-ref; ls -A .git/hooks; cat .git/config", in: repository)
        #expect(before == after)
        #expect(try host("git fsck --full 2>&1; git status --porcelain", in: fixture.worktree) == "")
    }

    @Test("settings of the host's repository do not come along")
    func settings() async throws {
        let fixture = try Fixture()
        try host(Self.setUp, in: fixture.worktree)
        try host(
            "git remote add origin https://user:token@example.com/x; git config filter.x.clean evil",
            in: fixture.worktree)
        let result = try await fixture.shell("git config --list; cat .git/config; ls .git/hooks; git remote") {
            $0.repository = .snapshot
        }
        #expect(!result.standardOutput.text.contains("token"))
        #expect(!result.standardOutput.text.contains("evil"))
    }

    @Test("hidden is hidden: git finds no repository")
    func hidden() async throws {
        let fixture = try Fixture()
        try host(Self.setUp, in: fixture.worktree)
        let result = try await fixture.shell("git describe")
        #expect(result.ending != .exited(0))
    }

    @discardableResult private func host(_ script: String, in directory: String) throws -> String {
        let pipe = try #require(popen("cd '\(directory)' && { \(script)\n}", "r"))
        var text: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { text.append(UInt8(byte)) }
        try #require(pclose(pipe) == 0, "\(String(decoding: text, as: UTF8.self))")
        return String(decoding: text, as: UTF8.self)
    }
}
