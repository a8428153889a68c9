import Foundation
import Testing
import Toolchains

@Suite("Screening of Python candidates", .takingTurns, .enabled(if: Machine.hasPython, "needs bwrap and python3"))
struct PythonScreeningTests {
    private static let module = """
        def total(values):
            result = 0
            for value in values:
                result -= value
            return result
        """

    private func candidates() -> [ScreeningCandidate] {
        [
            ("result -= value", "result -= value + 1"), ("def total", "def total("),
            ("result -= value", "while 1: pass"), ("result -= value", "import os; os._exit(0)"),
            ("result -= value", "import os; os.abort()"),
            ("result -= value", "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)"),
            ("result -= value", "result += value"), ("result -= value", "result *= value"),
        ].enumerated().map { number, change in
            let text = Self.module.replacingOccurrences(of: change.0, with: change.1)
            return ScreeningCandidate(id: number, files: ["total.py": Array(text.utf8)])
        }
    }

    private func screen(
        _ bench: Workbench, _ tests: [String] = ["test_total"], stopAtFirstHit: Bool = true
    ) async throws -> [ScreeningResult] {
        let toolchain = try #require(try bench.toolchain() as? any ScreeningToolchain)
        return try await toolchain.screen(
            candidates(), tests: tests.map { TestID("tests/test_total.py::" + $0) },
            options: ScreeningOptions(perCandidate: .seconds(6), stopAtFirstHit: stopAtFirstHit),
            in: bench.workspace(for: toolchain))
    }

    private static let tests = """
        import total
        def test_total():
            assert total.total([1, 2]) == 3
        def test_empty():
            assert total.total([]) == 0
        """

    @Test(
        "candidates that fail, hang, crash or leave processes behind do not keep the right one from being found",
        arguments: [nil, "import total\n"])
    func mixture(conftest: String?) async throws {
        var files = ["total.py": Self.module, "tests/test_total.py": Self.tests]
        files["conftest.py"] = conftest
        let bench = try Workbench(files)
        let results = try await screen(bench)
        try #require(results.map(\.candidate) == [0, 1, 2, 3, 4, 5, 6])
        let endings = results.map(\.ending)
        #expect(endings[0] == .failed)
        #expect(endings[1] == .buildFailed)
        #expect(endings[2] == .timedOut)
        #expect(results[2].outcomes.map(\.status) == [.timedOut])
        #expect(endings[3...4] == [.crashed, .crashed])
        #expect(endings[5...6] == [.failed, .passed])
        #expect(try bench.read("total.py") == Self.module)
    }

    @Test("unittest is screened the same way")
    func unittest() async throws {
        let cases = """
            import unittest
            import total
            class Total(unittest.TestCase):
                def test_total(self):
                    self.assertEqual(total.total([1, 2]), 3)
            """
        let bench = try Workbench([
            "total.py": Self.module, "tests/test_total.py": cases, ".fettle.yml": "test: python3 -m unittest",
        ])
        let results = try await screen(bench, ["Total::test_total"], stopAtFirstHit: false)
        #expect(results.map(\.candidate) == Array(0...7))
        #expect(results.filter { $0.ending == .passed }.map(\.candidate) == [6])
    }

    @Test("once some candidates have ended, one that hangs is given up long before the limit")
    func patience() async throws {
        let bench = try Workbench(["total.py": Self.module, "tests/test_total.py": Self.tests])
        let toolchain = try #require(try bench.toolchain() as? any ScreeningToolchain)
        let bodies = ["result += 1", "result += 2", "result += 3", "while 1: pass", "while 2: pass", "result += value"]
        let candidates = bodies.enumerated().map { number, body in
            ScreeningCandidate(
                id: number,
                files: ["total.py": Array(Self.module.replacingOccurrences(of: "result -= value", with: body).utf8)])
        }
        var workspace = try await bench.workspace(for: toolchain)
        workspace.testLimit = .seconds(300)
        // One that hangs to its limit would use up the whole time, and those after it would have no result.
        let results = try await toolchain.screen(
            candidates, tests: [TestID("tests/test_total.py::test_total")],
            options: ScreeningOptions(perCandidate: .seconds(300), patience: .seconds(1), wallClock: .seconds(200)),
            in: workspace)
        #expect(results.map(\.ending) == [.failed, .failed, .failed, .timedOut, .timedOut, .passed])
    }

    @Test("candidates that end before a test runs say nothing of how long one takes")
    func slowImport() async throws {
        let slow = "import time\ntime.sleep(1.5)\n" + Self.module
        let bench = try Workbench(["total.py": slow, "tests/test_total.py": Self.tests])
        let toolchain = try #require(try bench.toolchain() as? any ScreeningToolchain)
        let right = slow.replacingOccurrences(of: "-=", with: "+=")
        let candidates = ["def (", "def )", "def [", right].enumerated().map { number, text in
            ScreeningCandidate(id: number, files: ["total.py": Array(text.utf8)])
        }
        let results = try await toolchain.screen(
            candidates, tests: [TestID("tests/test_total.py::test_total")],
            options: ScreeningOptions(perCandidate: .seconds(60), patience: .seconds(0.1)),
            in: bench.workspace(for: toolchain))
        #expect(results.map(\.ending) == [.buildFailed, .buildFailed, .buildFailed, .passed])
    }
}
