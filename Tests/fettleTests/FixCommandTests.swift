import Foundation
import Testing

@Suite("fettle fix")
struct FixCommandTests {
    @Test("a boundary bug is fixed, proven, and the user's repository is left exactly as it was")
    func fixes() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let before = try scene.fingerprint()

        let result = try await scene.fettle("fix", "--patch", "../fix.patch", "--report", "../report.md")

        #expect(result.code == 0, "\(result.output)\(result.complaint)")
        #expect(try scene.fingerprint() == before)
        try await scene.git("apply", "../fix.patch")
        #expect(
            try String(contentsOfFile: scene.repository + "/seats.py", encoding: .utf8).contains("range(1, limit + 1)"))
        let report = try String(contentsOfFile: scene.folder + "/report.md", encoding: .utf8)
        #expect(report.contains("# Fettle: fixed"))
        #expect(report.contains("`test_seats.py::test_last`"))
        let runs = try FileManager.default.subpathsOfDirectory(atPath: scene.state + "/runs")
        #expect(runs.allSatisfy { !$0.contains("worktrees") }, "worktrees are left: \(runs)")
    }

    @Test("--branch commits the fix on a new branch and leaves checkout and HEAD alone")
    func branch() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let head = try await scene.git("rev-parse", "HEAD")

        let result = try await scene.fettle("fix", "--branch", "mended")

        #expect(result.code == 0, "\(result.output)\(result.complaint)")
        #expect(try await scene.git("rev-parse", "HEAD", "mended^") == head + head)
        #expect(try await scene.git("status", "--porcelain") == "")
        #expect(try await scene.git("diff", "--stat", "HEAD", "mended").contains("1 file changed"))
        #expect(try await scene.git("log", "-1", "--format=%B", "mended").contains("Fettle-Run:"))
    }

    @Test("--apply writes the fix to the working tree, beside changes the user has not committed")
    func apply() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        try scene.write("notes\n", to: "notes.txt")

        let result = try await scene.fettle("fix", "--apply")

        #expect(result.code == 0, "\(result.output)\(result.complaint)")
        let status = try await scene.git("status", "--porcelain")
        #expect(status.split(separator: "\n").sorted() == [" M seats.py", "?? notes.txt"])
    }

    @Test("--json prints one event a line and nothing else, and the store has the same events")
    func json() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()

        let result = try await scene.fettle("fix", "--json")

        #expect(result.code == 0 && result.complaint.isEmpty)
        let lines = result.output.split(separator: "\n")
        for line in lines { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
        let shown = try await scene.fettle("show", "last", "--events")
        #expect(shown.output.split(separator: "\n").count == lines.count)
        #expect(try await scene.fettle("show", "--patch").output.hasPrefix("diff --git a/seats.py b/seats.py"))
        #expect(try await scene.fettle("runs").output.contains("fixed"))
    }

    @Test("a candidate never edits a test file: with only the test at fault nothing is fixed")
    func testsAreNotEdited() async throws {
        let scene = try Scene()
        try scene.write("def one():\n    return 1\n", to: "one.py")
        try scene.write(
            "from one import one\n\ndef test_a():\n    assert one() == 1\n\ndef test_b():\n    assert one() == 1 and False\n",
            to: "test_one.py")
        try await scene.commit()

        let result = try await scene.fettle("fix", "--wall", "60s")

        #expect(result.code == 1, "\(result.output)\(result.complaint)")
    }
}
