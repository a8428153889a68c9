import Foundation
import Testing
import Toolchains

@Suite("Python", .takingTurns, .enabled(if: Machine.hasPython, "needs bwrap and python3"))
struct PythonToolchainTests {
    private static let calculator = """
        def add(a, b):
            return a - b


        def divide(a, b):
            if b == 0:
                raise ZeroDivisionError("b is 0")
            return a // b


        def spin(n):
            while True:
                n += 1
        """

    private func bench(_ tests: String, settings: String = "", _ more: [String: String] = [:]) throws -> Workbench {
        var files = ["calculator.py": Self.calculator, "tests/test_calculator.py": tests]
        files[".fettle.yml"] = settings
        return try Workbench(files.merging(more) { _, new in new })
    }

    private func test(_ bench: Workbench, _ selection: TestSelection = .all) async throws -> TestReport {
        let toolchain = try bench.toolchain()
        return try await toolchain.test(
            selection, stopAtFirstFailure: false, wallClock: .seconds(60), in: bench.workspace(for: toolchain))
    }

    private static let assertions = """
        import calculator
        import pytest

        def test_add():
            assert calculator.add(2, 3) == 5

        def test_divide():
            assert calculator.divide(6, 3) == 2

        def test_divide_by_zero():
            with pytest.raises(ValueError):
                calculator.divide(1, 0)

        @pytest.mark.parametrize("name", ["x::y", "a/b", "é"])
        def test_names(name):
            assert name < "b"

        @pytest.mark.skip
        def test_later():
            pass

        @pytest.fixture
        def broken():
            raise RuntimeError("no fixture")

        def test_fixture(broken):
            pass
        """

    @Test("pytest's outcomes come with values, frames and exact names")
    func pytestOutcomes() async throws {
        let bench = try bench(Self.assertions)
        let report = try await test(bench)
        #expect(report.ending == .completed)
        let file = "tests/test_calculator.py::"
        #expect(
            report.outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                file + "test_add failed", file + "test_divide passed", file + "test_divide_by_zero failed",
                file + "test_names[x::y] failed", file + "test_names[a/b] passed", file + "test_names[\\xe9] failed",
                file + "test_later skipped", file + "test_fixture failed",
            ])
        let add = try #require(report.outcomes.first?.failure)
        #expect([add.kind, add.expected, add.actual] == ["AssertionError", "5", "-1"])
        #expect(add.frames == [StackFrame(path: "tests/test_calculator.py", line: 5, function: "test_add")])
        let divide = try #require(report.outcomes.dropFirst(2).first?.failure)
        #expect([divide.kind, divide.message] == ["ZeroDivisionError", "b is 0"])
        #expect(divide.frames.first == StackFrame(path: "calculator.py", line: 7, function: "divide"))
    }

    @Test("only the selected tests run, whatever stands in their names")
    func selection() async throws {
        let bench = try bench(Self.assertions)
        let ids = ["test_names[x::y]", "test_add"].map { TestID("tests/test_calculator.py::" + $0) }
        let report = try await test(bench, .only(ids))
        #expect(Set(report.outcomes.map(\.id)) == Set(ids))
    }

    private static let cases = """
        import unittest
        import calculator

        class Adding(unittest.TestCase):
            def test_add(self):
                self.assertEqual(calculator.add(1, 1), 2)

            def test_less(self):
                for i in range(3):
                    with self.subTest(i=i):
                        self.assertLess(i, 2)

            def test_fine(self):
                pass

            @unittest.skip("later")
            def test_later(self):
                pass

        class Broken(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                raise RuntimeError("no set-up")

            def test_any(self):
                pass
        """

    @Test("unittest gives the same evidence under the same names", arguments: ["python3 -m unittest", "pytest"])
    func unittestOutcomes(command: String) async throws {
        let bench = try bench(Self.cases, settings: "test: \(command)")
        let report = try await test(bench)
        #expect(report.ending == .completed)
        let file = "tests/test_calculator.py::"
        let statuses = Dictionary(uniqueKeysWithValues: report.outcomes.map { ($0.id.rawValue, $0.status) })
        #expect(
            statuses == [
                file + "Adding::test_add": .failed, file + "Adding::test_less": .failed,
                file + "Adding::test_fine": .passed, file + "Adding::test_later": .skipped,
                file + "Broken::test_any": .failed,
            ])
        let add = try #require(report.outcome(of: TestID(file + "Adding::test_add"))?.failure)
        #expect([add.expected, add.actual] == ["2", "0"])
        #expect(add.frames.first?.line == 6)
    }

    @Test("a test that hangs is interrupted where it hangs, and the others still run")
    func hang() async throws {
        let bench = try bench(
            "import calculator\ndef test_spin(): calculator.spin(1)\ndef test_next(): pass\n",
            settings: "test-timeout: 500ms")
        let report = try await test(bench)
        #expect(report.ending == .completed)
        #expect(report.outcomes.map(\.status) == [.timedOut, .passed])
        let failure = try #require(report.outcomes.first?.failure)
        #expect(failure.kind == "timeout")
        #expect(failure.frames.first?.path == "calculator.py")
        #expect((12...13).contains(try #require(failure.frames.first?.line)))
    }

    @Test("a test that cannot be interrupted ends the run, and is the one that timed out")
    func stubbornHang() async throws {
        let bench = try bench(
            "import signal\ndef test_stubborn():\n    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
                + "    while True: pass\n",
            settings: "test-timeout: 100ms")
        let report = try await test(bench)
        #expect(report.ending == .timedOut)
        #expect(report.outcomes.map(\.status) == [.timedOut])
        #expect(report.outcomes.first?.failure?.frames.first?.path == "tests/test_calculator.py")
    }

    @Test(
        "a test that ends the process is a crash",
        arguments: [("os.kill(os.getpid(), 11)", "Segmentation fault"), ("os._exit(0)", "the process ended early")])
    func crash(code: String, reason: String) async throws {
        let bench = try bench(
            "import os\ndef test_first(): pass\ndef test_crash():\n    \(code)\ndef test_last(): pass\n")
        let report = try await test(bench)
        #expect(report.ending == .crashed(reason))
        #expect(report.outcomes.map(\.status) == [.passed, .crashed])
        if reason == "Segmentation fault" {
            #expect(report.outcomes.last?.failure?.frames.first?.line == 4)
        }
    }

    @Test("code that does not load is a build failure with its place")
    func syntaxError() async throws {
        let bench = try bench(
            "import calculator\ndef test_a(): pass\n", ["calculator.py": "x = 1\ndef f(:\n    pass\n"])
        let report = try await test(bench)
        #expect(report.ending == .buildFailed)
        #expect(report.diagnostics.map { "\($0.path):\($0.line)" } == ["calculator.py:2"])
        #expect(report.diagnostics.first?.message.hasPrefix("SyntaxError: ") == true)
    }

    @Test("a file that does not load is one failing test beside those that run, and passes once it loads")
    func brokenFile() async throws {
        let bench = try bench("def test_a(): pass\n", ["tests/test_other.py": "import absent\ndef test_b(): pass\n"])
        let before = try await test(bench)
        #expect(before.ending == .completed)
        #expect(before.failing == [TestID("tests/test_other.py")])
        #expect(before.diagnostics.first?.message == "ModuleNotFoundError: No module named 'absent'")
        try bench.write("", to: "absent.py")
        let after = try await test(bench, .only(before.failing))
        #expect(
            after.outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "tests/test_other.py::test_b passed", "tests/test_other.py passed",
            ])
    }

    @Test("options that the repository sets for absent plugins do not stop the tests")
    func foreignOptions() async throws {
        let bench = try bench(
            "def test_a(): pass\n", ["pytest.ini": "[pytest]\naddopts = --cov=calculator -n 4 --no-such-option\n"])
        #expect(try await test(bench).outcomes.map(\.status) == [.passed])
    }

    @Test("coverage names the lines of each test, in threads and after a hang too")
    func coverage() async throws {
        let bench = try bench(
            """
            import calculator
            import threading
            def test_spin(): calculator.spin(1)
            def test_add(): calculator.add(1, 2)
            def test_thread():
                thread = threading.Thread(target=calculator.divide, args=(4, 2))
                thread.start()
                thread.join()
            """, settings: "test-timeout: 500ms")
        let toolchain = try bench.toolchain()
        let ids = ["spin", "add", "thread"].map { TestID("tests/test_calculator.py::test_" + $0) }
        let coverage = try await toolchain.coverage(
            of: ids, wallClock: .seconds(60), in: bench.workspace(for: toolchain))
        #expect(coverage.lines[ids[0]]?["calculator.py"] == [12, 13])
        #expect(coverage.lines[ids[1]]?["calculator.py"] == [2])
        #expect(coverage.lines[ids[2]]?["calculator.py"] == [6, 8])
        #expect(coverage.loading["calculator.py"] == [1, 5, 11])
    }

    @Test("a folder without tests is refused with what to do")
    func nothing() throws {
        let bench = try Workbench(["readme.txt": "hello"])
        let error = #expect(throws: ToolchainError.self) { try bench.toolchain() }
        #expect(error?.code == .noTestsFound)
        #expect(error?.message.contains("no tests found") == true)
        #expect(error?.message.contains("--test or .fettle.yml") == true)
    }
}
