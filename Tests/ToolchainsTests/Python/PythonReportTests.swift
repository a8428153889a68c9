import Testing

@testable import Toolchains

@Suite("The Python driver's report")
struct PythonReportTests {
    private static let report = """
        {"framework":"pytest","version":"3.11.7","event":"begin"}
        {"id":"tests/test_bad.py","failure":{"kind":"SyntaxError","message":"invalid syntax (test_bad.py, line 1)","frames":[["tests/test_bad.py",1,""]]},"event":"broken"}
        {"id":null,"files":{"calc.py":[1,2,4,4]},"event":"lines"}
        {"id":"t.py::a","event":"start"}
        {"id":"t.py::a","files":{"calc.py":[3,3],"t.py":[2,2]},"event":"lines"}
        {"id":"t.py::a","seconds":0.011741,"status":"failed","failure":{"kind":"AssertionError","message":"assert -1 == 5","frames":[["t.py",2,"a"]],"expected":"5","actual":"-1"},"event":"finish"}
        {"id":4,"late":false,"events":[{"id":"t.py::a","event":"start"},{"id":"t.py::a","seconds":0,"status":"passed","failure":null,"event":"finish"},{"code":0,"event":"end"}],"event":"candidate"}
        {"id":"t.py::b","event":"start"}
        {"code":1,"event":"end"}
        """

    @Test("gives outcomes, coverage and screened candidates")
    func whole() {
        let report = PythonReport(parsing: Array(Self.report.utf8))
        let outcomes = report.allOutcomes(unfinished: .crashed, trace: FaultTrace(parsing: []))
        #expect(outcomes.map(\.id.rawValue) == ["tests/test_bad.py", "t.py::a", "t.py::b"])
        #expect(outcomes.map(\.status) == [.failed, .failed, .crashed])
        #expect(report.coverage.loading == ["calc.py": [1, 2, 4]])
        #expect(report.coverage.lines == [TestID("t.py::a"): ["calc.py": [3], "t.py": [2]]])
        #expect(report.screened.map(\.ending) == [.passed])
        #expect(report.exitCode == 1)
    }

    @Test("paths that leave the worktree and lines that cannot be are dropped")
    func hostile() {
        let lines = """
            {"id":"a","event":"start"}
            {"id":"a","event":"finish","status":"failed","seconds":-5,"failure":{"kind":"x","message":"","frames":[["/etc/passwd",1,"f"],["../up.py",1,"f"],["ok.py",0,"f"],["ok.py",7,"f"]]}}
            {"id":"a","event":"lines","files":{"../x.py":[1,2],"y.py":[0,3,5,4,1,9999999999,2,2]}}
            {"id":"never started","event":"finish","status":"passed"}
            {"id":"a","event":"finish","status":"wonderful"}
            """
        let report = PythonReport(parsing: Array(lines.utf8))
        let outcome = report.allOutcomes(unfinished: .crashed, trace: FaultTrace(parsing: []))
        #expect(outcome.map(\.seconds) == [0])
        #expect(outcome.first?.failure?.frames == [StackFrame(path: "ok.py", line: 7, function: "f")])
        #expect(report.coverage.lines == [TestID("a"): ["y.py": [2]]])
    }

    @Test("damaged reports never trap", arguments: 0..<300 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let report = PythonReport(parsing: damaged(Self.report, using: &generator))
        let outcomes = report.allOutcomes(unfinished: .timedOut, trace: FaultTrace(parsing: []))
        #expect(outcomes.count <= 8, "seed \(seed)")
    }

    @Test("faulthandler's dump names the thread that crashed")
    func trace() {
        let dump = """
            Fatal Python error: Segmentation fault

            Thread 0x00007f1 (most recent call first):
              File "/usr/lib/python3/threading.py", line 9 in wait
              File "/worktree/worker.py", line 3 in loop

            Current thread 0x00007f2 (most recent call first):
              File "/worktree/a b/parser.py", line 12 in parse
              File "/worktree/tests/test_x.py", line 4 in <lambda>

            """
        let trace = FaultTrace(parsing: Array(dump.utf8))
        #expect(trace.error == "Segmentation fault")
        #expect(
            trace.frames == [
                StackFrame(path: "a b/parser.py", line: 12, function: "parse"),
                StackFrame(path: "tests/test_x.py", line: 4, function: "<lambda>"),
            ])
    }
}
