import Testing

@testable import Toolchains

@Suite("Output of programs that write no report")
struct ConsoleTests {
    @Test("XCTest's lines give outcomes with modules, values and several lines of message")
    func xctest() {
        let text = """
            Test Suite 'XTests' started at 2026-11-24 00:00:51.551
            Test Case 'XTests.testAdd' started at 2026-11-24 00:00:51.551
            /worktree/Tests/BagTests/XTests.swift:4: error: XTests.testAdd : XCTAssertEqual failed: ("-1") is not equal to ("3") - 
            Test Case 'XTests.testAdd' failed (0.001 seconds)
            Test Case 'XTests.testText' started at 2026-11-24 00:00:51.551
            /worktree/Tests/BagTests/XTests.swift:9: error: XTests.testText : XCTAssertEqual failed: ("a
            b") is not equal to ("c") - lines
            Test Case 'XTests.testText' failed (0.25 seconds)
            Test Case 'XTests.testSkip' started at 2026-11-24 00:00:51.553
            Test Case 'XTests.testSkip' skipped (0.0 seconds)
            Test Case 'XTests.testThrows' started at 2026-11-24 00:00:51.554
            <EXPR>:0: error: XTests.testThrows : threw error "Oops()"
            Test Case 'XTests.testThrows' failed (0.001 seconds)
            Test Case 'XTests.testEnd' started at 2026-11-24 00:00:51.554
            """
        let console = XCTestConsole(parsing: text, tests: [TestID("BagTests.XTests/testAdd")])
        #expect(console.outcomes.map(\.id.rawValue).prefix(2) == ["BagTests.XTests/testAdd", "XTests/testText"])
        #expect(console.outcomes.map { $1?.status } == [.failed, .failed, .skipped, .failed, nil])
        let add = console.outcomes.first?.finished?.failure
        #expect(add?.expected == "3" && add?.actual == "-1")
        #expect(add?.frames == [StackFrame(path: "Tests/BagTests/XTests.swift", line: 4)])
        #expect(
            console.outcomes[1].finished?.failure?.message.hasSuffix("(\"a\nb\") is not equal to (\"c\") - lines")
                == true)
        #expect(console.outcomes[1].finished?.seconds == 0.25)
        #expect(console.outcomes[3].finished?.failure?.kind == "error")
        #expect(!console.ended)
    }

    @Test(
        "comparisons of Swift Testing and XCTest give expected and actual",
        arguments: [
            ("(add(1, 2) → -1) == 3", "3", "-1"), ("(s + \"y\" → \"xy\") == \"z\"", "\"z\"", "\"xy\""),
            ("(n → 3) < 3", "< 3", "3"), ("(a == b → false) == (c → true)", "true", "false"),
            ("x → nil", "a value", "nil"),
        ])
    func expectation(text: String, expected: String, actual: String) {
        let comparison = Comparison(expectation: text)
        #expect(comparison?.expected == expected)
        #expect(comparison?.actual == actual)
    }

    @Test("a relation of XCTest is part of what was expected")
    func relation() {
        let comparison = Comparison(xctest: "XCTAssertLessThan failed: (\"3\") is not less than (\"2\") - why")
        #expect(comparison?.expected == "< 2")
        #expect(comparison?.actual == "3")
    }

    @Test("a note that swiftc draws into the source belongs to the line above it")
    func drawnNotes() {
        let text = """
            /worktree/Sources/A/Span.swift:27:13: error: cannot assign to value: 'total' is a 'let' constant
             9 |     /// Reads figures | and units.
            10 |     init?(_ text: String) {
            11 |         let total = 0
               |             |- note: declared here
               |         `- note: change 'let' to 'var' to make it mutable
            12 |         var previous: Unit?
               :
            27 |             total = sum
               |             `- error: cannot assign to value: 'total' is a 'let' constant
            | `- note: a bar without a number above it after a new diagnostic
            Sources/A/Unit.swift:3:1: warning: unused
               | `- note: stands under no line
            """
        #expect(
            CompilerDiagnostics.parse(text).map { "\($0.path):\($0.line) \($0.severity.rawValue)" } == [
                "Sources/A/Span.swift:27 error", "Sources/A/Span.swift:11 note", "Sources/A/Span.swift:11 note",
                "Sources/A/Span.swift:27 note", "Sources/A/Unit.swift:3 warning",
            ])
    }

    @Test("compilers' and linkers' messages become diagnostics in the worktree, once each")
    func diagnostics() {
        let text = """
            /worktree/Sources/Bag/Bag.swift:2:12: error: cannot convert return expression
            /worktree/Sources/Bag/Bag.swift:2:12: error: cannot convert return expression
            calc.c: In function 'add':
            calc.c:2:16: error: 'c' undeclared (first use in this function)
            src/../calc.c:3: warning: unused
            /usr/include/stdio.h:1:1: error: not ours
            /usr/bin/ld: /tmp/cc1.o: in function `main':
            /worktree/t.c:4: undefined reference to `add'
            """
        #expect(
            CompilerDiagnostics.parse(text).map { "\($0.path):\($0.line):\($0.column ?? 0) \($0.severity.rawValue)" }
                == [
                    "Sources/Bag/Bag.swift:2:12 error", "calc.c:2:16 error", "calc.c:3:0 warning", "t.c:4:0 error",
                ])
    }

    @Test("GoogleTest, automake and plain marks are read, summaries are not")
    func marks() {
        let text = """
            [==========] Running 2 tests from 1 test suite.
            [ RUN      ] Sum.Adds
            [       OK ] Sum.Adds (0 ms)
            [ RUN      ] Sum.Carries
            [  FAILED  ] Sum.Carries (1 ms)
            [  PASSED  ] 1 test.
            PASS: automake
            FAIL plain
            XFAIL: known
            # FAIL:  1
            """
        #expect(
            ConsoleReport(parsing: text).outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "Sum.Adds passed", "Sum.Carries failed", "automake passed", "plain failed", "known skipped",
            ])
    }

    @Test("a stack of the JVM gives paths below a folder of sources")
    func jvmStack() {
        let text = """
            Exception in thread "main" java.lang.AssertionError: expected 3 but was 2 (Ring.java)
            \tat com.acme.Ring.pop(Ring.java:31)
            \tat app//RingTest$Inner.main(RingTest.kt:10)
            \tat java.base/java.lang.Thread.run(Unknown Source)
            FAIL: pops
            """
        let report = ConsoleReport(parsing: text, readsHeadings: false)
        let frames = [StackFrame(path: "com/acme/Ring.java", line: 31), StackFrame(path: "RingTest.kt", line: 10)]
        #expect(report.outcomes.first?.failure?.frames == frames)
    }

    @Test("gdb's backtrace gives the frames in the worktree")
    func backtrace() {
        let text = """
            Program received signal SIGSEGV, Segmentation fault.
            #0  0x0000555555555135 in first (p=0x0) at t.c:2
            #1  __GI_raise (sig=6) at ../sysdeps/unix/raise.c:9
            #2  main () at /worktree/src/main.c:5
            """
        #expect(
            Backtrace.parse(text, folder: "").map { "\($0.path):\($0.line) \($0.function ?? "")" } == [
                "t.c:2 first", "src/main.c:5 main",
            ])
    }

    @Test("damaged output never traps", arguments: 0..<200 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for text in Self.samples {
            let bytes = damaged(text, using: &generator)
            let damagedText = String(decoding: bytes, as: UTF8.self)
            let outcomes = ConsoleReport(parsing: damagedText).outcomes
            #expect(Set(outcomes.map(\.id)).count == outcomes.count, "seed \(seed)")
            _ = CTestConsole(parsing: damagedText)
            _ = XCTestConsole(parsing: damagedText, tests: [])
            _ = XCTestConsole.list(bytes)
            _ = SwiftEventStream(parsing: bytes)
            _ = SwiftBacktrace(parsing: damagedText)
            _ = Backtrace.parse(damagedText, folder: "src")
            _ = CompilerDiagnostics.parse(damagedText)
            _ = LineCoverage.parse(lcov: bytes)
            _ = GcovReport.parse(bytes, root: "/copy")
            _ = Comparison(expectation: damagedText)
            _ = Comparison(xctest: damagedText)
            _ = TestCommand(damagedText)
            _ = FaultTrace(parsing: bytes)
        }
    }

    private static let samples = [
        "# build/test_a\n# a.c:3: x: expected 1, got 2\nnot ok 1 - adds # TODO\nok 2\n1..2\nSegmentation fault (core dumped)\n",
        "    Start 1: t\n1: t: t.c:8: main: Assertion `x' failed.\n1/4 Test #1: t ....Subprocess aborted***Exception:   0.00 sec\n",
        "Test Case 'A.b' started at 1\n/worktree/a.swift:4: error: A.b : XCTAssertEqual failed: (\"1\") is not equal to (\"2\") - \nTest Case 'A.b' failed (0.1 seconds)\n",
        #"{"kind":"event","payload":{"kind":"testStarted","instant":{"absolute":1},"testID":"M.a()\/A.swift:1:2"}}"#
            + "\n",
        "Fatal error: x\nThread 0 \"a\" crashed:\n  0 [ra] 0x01 f() + 1 in a at /worktree/a.swift:1:2\n",
        "#0  0x01 in f (p=0x0) at a.c:2\n", "/worktree/a.c:1:2: error: x\n: undefined reference to `f'\n",
        "SF:/worktree/a.c\nDA:1,2\nDA:x\n", "A=1 python3 -m pytest 'a b' \"c\" \\d\n",
        #"{"current_working_directory":"/copy","files":[{"file":"a.c","lines":[{"line_number":1,"count":2}]}]}"#,
        "Expectation failed: (a(1) → [1, \"2\"]) == ({ 3 } → 3)",
    ]
}
