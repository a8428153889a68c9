import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

@Suite("A new user's walk: one clear line, the right exit code, nothing lost")
struct WalkTests {
    @Test("a path that does not exist")
    func wrongPath() async throws {
        let result = try await Scene().fettle("fix", "no-such-folder")
        expectOneLine(result, code: 4, mentioning: "no-such-folder")
    }

    @Test("a folder that is no repository")
    func noRepository() async throws {
        let result = try await Scene().fettle("fix")
        expectOneLine(result, code: 4, mentioning: "git")
    }

    @Test("a repository without tests says how to name them")
    func noTests() async throws {
        let scene = try Scene()
        try scene.write("hello\n", to: "README")
        try await scene.commit()
        expectOneLine(try await scene.fettle("fix"), code: 4, mentioning: "--test")
    }

    @Test("tests that are green already")
    func green() async throws {
        let scene = try Scene()
        try scene.write("def test_fine():\n    assert True\n", to: "test_fine.py")
        try await scene.commit()
        let result = try await scene.fettle("fix")
        #expect(result.code == 3, "\(result.output)\(result.complaint)")
        #expect(result.output.contains("nothing to fix"))
    }

    @Test("a test to mend that does not fail by that name is refused, with the names of those that do")
    func misnamedTarget() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let result = try await scene.fettle("fix", "--target", "test_seats.py::test_lats")
        expectOneLine(result, code: 4, mentioning: "test_seats.py::test_last")
        #expect(!result.output.contains("verified"))
    }

    @Test("a broken .fettle.yml names file and line")
    func brokenSettings() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        try scene.write("test: pytest\nbogus: 1\n", to: ".fettle.yml")
        expectOneLine(try await scene.fettle("fix"), code: 4, mentioning: ".fettle.yml:2: unknown key `bogus`")
    }

    @Test("an unknown flag is a usage error")
    func unknownFlag() async throws {
        let result = try await Scene().fettle("fix", "--bogus")
        #expect(result.code == 64)
        #expect(result.complaint.contains("--bogus"))
    }

    @Test("a state folder that cannot be written")
    func readOnlyState() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let before = try scene.fingerprint()
        // Not even root writes below /proc.
        expectOneLine(try await scene.fettle("fix", "--state", "/proc/fettle"), code: 4, mentioning: "/proc/fettle")
        #expect(try scene.fingerprint() == before)
    }

    @Test("a disk that is full", .enabled(if: getuid() == 0, "needs root to mount a small tmpfs"))
    func fullDisk() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let before = try scene.fingerprint()
        try FileManager.default.createDirectory(atPath: scene.state, withIntermediateDirectories: true)
        guard mount("tmpfs", scene.state, "tmpfs", 0, "size=64k") == 0 else {
            return print("skipped: this machine lets nobody mount a tmpfs")
        }
        defer { umount2(scene.state, Int32(MNT_DETACH)) }
        expectOneLine(try await scene.fettle("fix"), code: 4, mentioning: scene.state)
        #expect(try scene.fingerprint() == before)
    }

    @Test(
        "no bubblewrap: the run is refused, and nothing is run without a sandbox",
        .enabled(if: getuid() == 0, "needs root to hide bwrap in a mount namespace of its own"))
    func noBubblewrap() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let mark = scene.folder + "/ran-without-a-sandbox"
        try scene.write("open('\(mark)', 'w')\n", to: "conftest.py")
        let hidden = "for p in /usr/bin/bwrap /usr/local/bin/bwrap; do [ -e $p ] && mount --bind /dev/null $p; done"
        let result = try await Subprocess.run(
            .name("unshare"),
            arguments: ["--mount", "sh", "-c", "\(hidden); exec \(Scene.program) fix --state \(scene.state)"],
            workingDirectory: FilePath(scene.repository), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        expectOneLine(
            Scene.Result(
                code: result.terminationStatus == .exited(4) ? 4 : nil, output: result.standardOutput,
                complaint: result.standardError), code: 4, mentioning: "bubblewrap")
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test("an unreadable issue and a run that is not there")
    func missingInputs() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        expectOneLine(try await scene.fettle("fix", "--issue", "none.md"), code: 4, mentioning: "none.md")
        expectOneLine(try await scene.fettle("show", "none"), code: 4, mentioning: "none")
        expectOneLine(try await scene.fettle("batch", "none", "--report", "out"), code: 4, mentioning: "none")
    }

    private func expectOneLine(_ result: Scene.Result, code: Int32, mentioning text: String) {
        #expect(result.code == code, "\(result.output)\(result.complaint)")
        let said = result.complaint.isEmpty ? result.output : result.complaint
        let last = said.split(separator: "\n").last.map(String.init) ?? ""
        #expect(last.contains(text), "\(said)")
        #expect(!said.contains("Fatal error"))
    }
}
