import Testing

@testable import Toolchains

@Suite("Projects that are tested by their usual command")
struct ConventionalProjectTests {
    @Test(
        "the usual command of a project, and the profile that has its programs",
        arguments: [
            (["Cargo.toml": ""], "`cargo test --no-fail-fast`", "rust"),
            (["go.mod": ""], "`go test -v ./...`", "default"),
            (["package.json": #"{"scripts": {"test": "node --test"}}"#], "`node --test`", "node"),
            (["Makefile": "test:\n\tjavac -d out src/*.java && java -cp out T\n"], "make test", "java"),
            (["Makefile": "JAVAC ?= javac\ntest:\n\t@mkdir -p out; $(JAVAC) T.java\n"], "make test", "java"),
            (["Makefile": "# node by node\nnode: node.o\n\ttest -f node.o\ntest: node\n\t./node\n"], "make test", "c"),
            (
                [".fettle.yml": "test: ./check", "check": "#!/bin/sh\nset -e\ncargo build && cargo test\n"],
                "`./check`", "rust"
            ),
            ([".fettle.yml": "test: cd app && NODE_ENV=test npx mocha"], "`cd app && NODE_ENV=test npx mocha`", "node"),
            ([".fettle.yml": "test: ./check\nprofile: java", "Cargo.toml": ""], "`./check`", "java"),
        ])
    func conventions(files: [String: String], summary: String, profile: String) throws {
        let toolchain = try Workbench(files).toolchain()
        #expect(toolchain.summary == summary)
        #expect(toolchain.profileName == profile)
    }

    @Test(
        "a package without tests of its own has none",
        arguments: ["{}", "[", #"{"scripts": {"test": "echo \"Error: no test specified\" && exit 1"}}"#])
    func noScript(package: String) throws {
        let bench = try Workbench(["package.json": package])
        #expect(throws: ToolchainError.self) { try bench.toolchain() }
    }

    @Test(
        "tests are told by the customs of their language",
        arguments: [
            ("lib/heap.test.js", true), ("src/heap.spec.ts", true), ("lib/heap.js", false), ("jest.config.js", true),
            ("src/HeapTest.java", true), ("src/TestHeap.java", true), ("src/Testimony.java", false),
            ("src/Heap.java", false), ("heap_test.go", true), ("heap.go", false),
            ("src/tests.rs", true), ("src/testing.rs", false), ("lib/heapSpec.js", true), ("karma.conf.js", true),
            ("test.js", false),
            ("Makefile", false),
        ])
    func testSources(path: String, isTest: Bool) {
        #expect(TestFiles.isTestSource(path) == isTest)
    }

    @Test("libtest's output gives outcomes, values, and the frames of what panicked")
    func cargo() {
        let text = """
            running 3 tests
            test tests::reads ... ok
            test tests::slow ... ignored, takes long
            test tests::writes ... FAILED

            failures:

            ---- tests::writes stdout ----

            thread 'tests::writes' (9671) panicked at src/lib.rs:53:9:
            assertion `left == right` failed: of all
              left: Some("MCMXCIII")
             right: Some("MCMXCIV")
            stack backtrace:
               0: __rustc::rust_begin_unwind
                         at /rustc/59807616/library/std/src/panicking.rs:689:5
               4: roman::tests::writes
                         at ./src/lib.rs:53:9
               5: roman::tests::writes::{{closure}}
                         at ./src/lib.rs:52:16
            note: Some details are omitted

            failures:
                tests::writes

            test result: FAILED. 2 passed; 1 failed; 0 ignored

            running 2 tests
            test tests::reads ... ok
            test tests::refuses - should panic ... FAILED

            ---- tests::refuses stdout ----
            note: test did not panic as expected at src/lib.rs:60:8
            """
        let outcomes = CargoReport(parsing: text).outcomes
        #expect(
            outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "tests::reads passed", "tests::slow skipped", "tests::writes failed", "tests::reads (2) passed",
                "tests::refuses failed",
            ])
        let failure = outcomes[2].failure
        #expect(failure?.message == "assertion `left == right` failed: of all")
        #expect(failure?.actual == "Some(\"MCMXCIII\")" && failure?.expected == "Some(\"MCMXCIV\")")
        #expect(failure?.frames.map(\.line) == [53, 52])
    }

    @Test("the block below a TAP result says why, and where")
    func diagnostic() {
        let text = """
            TAP version 13
            # Subtest: total
            not ok 1 - total
              ---
              duration_ms: 1.5
              error: |-
                Expected values to be strictly equal:
                not ok 5 - this is no result
              expected: 6
              actual: '5'
              stack: |-
                total (/worktree/lib/intervals.js:31:10)
                TestContext.<anonymous> (file:///worktree/test/intervals.test.js:10:10)
                Test.run (node:internal/test_runner/test:796:25)
              ...
            ok 2 - gaps
            1..2
            """
        let outcomes = ConsoleReport(parsing: text).outcomes
        #expect(outcomes.map(\.id.rawValue) == ["total", "gaps"])
        let failure = outcomes[0].failure
        #expect(failure?.expected == "6" && failure?.actual == "5")
        #expect(
            failure?.frames.map { "\($0.path):\($0.line)" } == ["lib/intervals.js:31", "test/intervals.test.js:10"])
        #expect(failure?.message.hasPrefix("Expected values") == true)
    }

    @Test("a block that nobody closes ends where its indentation does, and a plain separator begins none")
    func unclosed() {
        let text = "not ok 1 - a\n  ---\n  error: gone\nok 2 - b\n---\nok 3 - c\n"
        let outcomes = ConsoleReport(parsing: text).outcomes
        #expect(outcomes.map { "\($0.id) \($0.status.rawValue)" } == ["a failed", "b passed", "c passed"])
        #expect(outcomes[0].failure?.message == "gone")
    }

    @Test("a flood of one name is told apart, bounded, and soon done")
    func flood() {
        let line = "ok 1 - check\n"
        let outcomes = ConsoleReport(parsing: String(repeating: line, count: 200_000)).outcomes
        #expect(outcomes.count == ConsoleReport.mostOutcomes)
        #expect(outcomes[1].id == TestID("check (2)") && Set(outcomes.map(\.id)).count == outcomes.count)
        let cargo = String(repeating: "running 1 test\ntest check ... ok\n", count: 150_000)
        #expect(CargoReport(parsing: cargo).outcomes.count == ConsoleReport.mostOutcomes)
    }

    @Test("a run that failed as a whole passes as a whole, though it tells its tests apart by then")
    func whole() async throws {
        let bench = try Workbench([".fettle.yml": "test: sh check.sh", "check.sh": "exit 1\n"])
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        let base = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(base.failing == [TestID("sh check.sh")])
        try bench.write("echo ok 1 - told\n", to: "check.sh")
        let mended = try await toolchain.test(
            .only(base.failing), stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(mended.outcomes.map { "\($0.id) \($0.status.rawValue)" } == ["sh check.sh passed"])
    }

    @Test("ticks and go's results are outcomes, and a summary tells nothing twice")
    func ticks() {
        let text = """
            ▶ heap
              ✔ pops in order (0.5ms)
              ✖ pops nothing (1.25ms)
            ✖ failing tests:
            ✖ pops nothing (1.25ms)
            """
        #expect(
            ConsoleReport(parsing: text).outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "pops in order passed", "pops nothing failed",
            ])
        let go = """
            === RUN   TestHeap
            === RUN   TestHeap/empty
                heap_test.go:12: got 3
            --- FAIL: TestHeap (0.00s)
                --- FAIL: TestHeap/empty (0.00s)
            --- PASS: TestContests (0.01s)
            FAIL
            # example.com/heap
            ./heap.go:12:5: undefined: x
            ok  	example.com/util	0.003s
            """
        #expect(
            ConsoleReport(parsing: go, readsHeadings: false).outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "TestHeap failed", "TestHeap/empty failed", "TestContests passed",
            ])
        let mocha = """
              heap
                ✔ pops in order
                1) pops nothing
              1 passing (5ms)
              1 failing
              1) heap
                   pops nothing:
            """
        #expect(
            ConsoleReport(parsing: mocha).outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "pops in order passed", "pops nothing failed",
            ])
    }

    @Test(
        "cargo's tests run in the sandbox, each with its outcome",
        .enabled(if: Machine.hasCargo, "needs bwrap and cargo"))
    func crate() async throws {
        let bench = try Workbench([
            "Cargo.toml": "[package]\nname = \"sums\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
            "src/lib.rs": """
            pub fn add(a: i32, b: i32) -> i32 {
                a - b
            }

            #[cfg(test)]
            mod tests {
                #[test]
                fn zero() {
                    assert_eq!(super::add(1, 0), 1);
                }

                #[test]
                fn adds() {
                    assert_eq!(super::add(1, 2), 3);
                }
            }
            """,
        ])
        let toolchain = try bench.toolchain()
        let report = try await toolchain.test(
            .all, stopAtFirstFailure: false, wallClock: nil, in: bench.workspace(for: toolchain))
        #expect(report.ending == .completed)
        #expect(
            Set(report.outcomes.map { "\($0.id) \($0.status.rawValue)" }) == [
                "tests::adds failed", "tests::zero passed",
            ])
        let failure = report.outcome(of: TestID("tests::adds"))?.failure
        #expect(failure?.expected == "3" && failure?.actual == "-1")
        #expect(failure?.frames.first == StackFrame(path: "src/lib.rs", line: 14))
    }
}
