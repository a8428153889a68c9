import Glibc
import Synchronization
import Testing

@testable import Sandboxing

@Suite("The sweep after a run")
struct SweepTests {
    @Test(
        "a link is told when it leads out, by whatever way",
        arguments: [
            ("/etc/passwd", true), ("../outside", true), ("../../etc", true), ("inner", false), ("inner/..", false),
            ("inner/../..", true), ("up/x", true), ("deep/../../..", true), ("missing/../..", true),
            ("missing/x", false), (".", false), ("loop", false), ("inner/home/..", true), ("to-absolute", true),
        ])
    func links(target: String, leadsOut: Bool) throws {
        let fixture = try Fixture()
        let tree = fixture.worktree
        mkdir("\(tree)/inner", 0o755)
        mkdir("\(tree)/inner/more", 0o755)
        // Lexically inside, in truth above: `deep` is two names long and one level down, `home` is the root itself.
        symlink("inner/more", "\(tree)/deep")
        symlink("..", "\(tree)/up")
        symlink("..", "\(tree)/inner/home")
        symlink("loop", "\(tree)/loop")
        symlink("/", "\(tree)/to-absolute")
        symlink(target, "\(tree)/judged")
        let told = Sweep().sweep(tree).filter { $0.kind == .linkLeadingOut }.map(\.path)
        #expect(told.contains("judged") == leadsOut, "\(told)")
        #expect(!told.contains("deep") && !told.contains("inner/home") && !told.contains("loop"))
        #expect(told.contains("up") && told.contains("to-absolute"))
    }

    @Test("what surprises whoever comes next is told, and nothing else")
    func kinds() throws {
        let fixture = try Fixture()
        let tree = fixture.worktree
        try fixture.write("plain", to: "src/main.c")
        try fixture.write("[core]", to: ".git/config")
        try fixture.write("[core]", to: "vendor/.git/config")
        for name in ["bare/HEAD", "bare/objects/x", "bare/refs/x"] { try fixture.write("", to: name) }
        try fixture.write("gitdir: /x", to: "case/.GIT")
        try fixture.write("", to: "set-user-id")
        chmod("\(tree)/set-user-id", 0o4755)
        mkfifo("\(tree)/pipe", 0o600)
        link("\(tree)/src/main.c", "\(tree)/second")
        link("\(tree)/src/main.c", "\(fixture.outside)/third")
        try fixture.write("", to: "a\u{1B}[31m")
        try fixture.write("", to: "\u{202E}gpj")
        mkdir("\(tree)/closed", 0o755)
        try fixture.write("", to: "closed/\u{7}")
        chmod("\(tree)/closed", 0)
        let findings = Sweep().sweep(tree)
        let told = Set(findings.map { "\($0.kind.rawValue) \($0.path)" })
        #expect(
            told == [
                "nestedRepository vendor/.git", "nestedRepository bare", "nestedRepository case/.GIT",
                "setUserID set-user-id", "specialFile pipe", "hardLink second", "controlCharacters a\\x1B[31m",
                "controlCharacters \\u{202e}gpj", "closedFolder closed", "controlCharacters closed/\\x07",
            ] || told.contains("hardLink src/main.c") && told.count == 10, "\(told)")
        #expect(findings.contains { $0.kind == .hardLink && $0.detail == "has 3 names, 1 outside the worktree" })
        var status = stat()
        #expect(stat("\(tree)/closed", &status) == 0 && status.st_mode & 0o777 == 0, "it is closed again")
        #expect(TreeRemoval.remove(tree) == nil)
    }

    @Test("a repository that the run made where there was none is told")
    func newRepository() throws {
        let fixture = try Fixture()
        try fixture.write("[core]", to: ".git/config")
        var sweep = Sweep()
        #expect(sweep.sweep(fixture.worktree).isEmpty)
        sweep.hasRepository = false
        #expect(sweep.sweep(fixture.worktree).map(\.path) == [".git"])
    }

    @Test("only what was changed since the start is told")
    func since() throws {
        let fixture = try Fixture()
        mkfifo("\(fixture.worktree)/old", 0o600)
        usleep(20_000)
        let start = Sweep.clock
        mkfifo("\(fixture.worktree)/new", 0o600)
        #expect(Sweep().sweep(fixture.worktree, changedSince: start).map(\.path) == ["new"])
    }

    @Test("what a run leaves in its worktree is told with its result, and what it leaves in a copy is nothing")
    func ofRun() async throws {
        let fixture = try Fixture()
        try fixture.write("[core]", to: ".git/config")
        mkfifo("\(fixture.worktree)/old", 0o600)
        usleep(20_000)
        let script = "ln -s /etc out; mkdir -p vendor/.git; mkfifo pipe; touch plain"
        let kept = try await fixture.shell(script)
        #expect(
            Set(kept.findings.map { "\($0.kind.rawValue) \($0.path)" }) == [
                "linkLeadingOut out", "nestedRepository vendor/.git", "specialFile pipe",
            ])
        let thrown = try await fixture.shell("ln -s /etc another") { $0.work = .copyOnWrite }
        #expect(thrown.ending == .exited(0))
        #expect(thrown.findings == [])
    }

    @Test("a tree of 1,500 levels is walked to its end and removed")
    func deep() throws {
        let fixture = try Fixture()
        let start = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(start) }
        var folder = open(fixture.worktree, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for _ in 0..<1500 {
            mkdirat(folder, "a-folder-with-a-long-name", 0o755)
            let next = openat(folder, "a-folder-with-a-long-name", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            close(folder)
            folder = next
        }
        mkfifoat(folder, "bottom", 0o600)
        close(folder)
        let findings = Sweep().sweep(fixture.worktree)
        #expect(findings.map(\.kind) == [.specialFile])
        #expect((findings.first?.path.count ?? 0) < 300)
        #expect(findings.first?.path.hasSuffix("bottom") == true)
        #expect(TreeRemoval.remove(fixture.worktree) == nil)
        #expect(access(fixture.worktree, F_OK) != 0)
        mkdir(fixture.worktree, 0o755)
    }

    @Test("the sweep is bounded, and says so")
    func bounds() throws {
        let fixture = try Fixture()
        for index in 0..<50 { mkfifo("\(fixture.worktree)/\(index)", 0o600) }
        var sweep = Sweep()
        sweep.findingLimit = 20
        let few = sweep.sweep(fixture.worktree)
        #expect(few.filter { $0.kind == .specialFile }.count == 5)
        #expect(few.last?.detail == "45 more findings are not listed")
        sweep.entryLimit = 10
        #expect(sweep.sweep(fixture.worktree).contains { $0.kind == .incomplete })
    }

    @Test("in an overlay's upper folder the marks of what was removed are no devices", .enabled(if: geteuid() == 0))
    func overlay() throws {
        let fixture = try Fixture()
        try #require(mknod("\(fixture.worktree)/removed", S_IFCHR, 0) == 0)
        #expect(Sweep().sweep(fixture.worktree, layer: .overlayUpper).isEmpty)
        #expect(Sweep().sweep(fixture.worktree).map(\.kind) == [.specialFile])
    }

    @Test("a folder that turns into a link meanwhile leads nowhere")
    func race() throws {
        let fixture = try Fixture()
        let (tree, outside) = (fixture.worktree, fixture.outside)
        mkfifo("\(outside)/beside", 0o600)
        mkdir("\(tree)/folder", 0o755)
        symlink(outside, "\(tree)/link")
        let swaps = Swaps()
        // A thread, since a loop without an end would hold up the tests beside this one.
        let failure = Thread.detach {
            while !swaps.isOver.load(ordering: .acquiring) {
                rename("\(tree)/folder", "\(tree)/held")
                rename("\(tree)/link", "\(tree)/folder")
                rename("\(tree)/folder", "\(tree)/link")
                rename("\(tree)/held", "\(tree)/folder")
            }
            swaps.hasEnded.store(true, ordering: .releasing)
        }
        #expect(failure == nil)
        for _ in 0..<500 {
            let findings = Sweep().sweep(tree)
            #expect(!findings.contains { $0.path.contains("beside") })
        }
        swaps.isOver.store(true, ordering: .releasing)
        while !swaps.hasEnded.load(ordering: .acquiring) { usleep(1000) }
    }

    private final class Swaps: Sendable {
        let isOver = Atomic(false)
        let hasEnded = Atomic(false)
    }

    @Test("no name whatever gets through as it is")
    func names() {
        var generator = SeededGenerator(seed: 5)
        let pool: [UInt8] = [
            0x1B, 0x5C, 0x9B, 0x07, 0x0A, 0xC2, 0xE2, 0x80, 0xAE, 0xFF, 0x41, 0x2F, 0xF0, 0x9F, 0x98, 0xAD,
        ]
        for round in 0..<3000 {
            let name = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
                pool.randomElement(using: &generator) ?? 0
            }
            let shown = SafePath.rendered(name)
            let isSafe = shown.unicodeScalars.allSatisfy { $0 != "\n" && $0 != "\t" && TerminalText.isHarmless($0) }
            #expect(isSafe, "seed 5, round \(round): \(name)")
        }
        #expect(SafePath.rendered(Array("a/b c.txt".utf8)) == "a/b c.txt")
        #expect(SafePath.rendered(Array("back\\slash".utf8)) == "back\\\\slash")
        #expect(SafePath.rendered([0x66, 0xFF, 0x0A, 0xC3, 0xBC]) == "f\\xFF\\x0Aü")
    }
}
