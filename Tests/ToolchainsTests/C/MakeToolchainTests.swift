import Foundation
import Testing
import Toolchains

@Suite("Make", .takingTurns, .enabled(if: Machine.hasC, "needs bwrap, make and a C compiler"))
struct MakeToolchainTests {
    private static let calculator = """
        int add(int a, int b) {
            return a - b;
        }
        int first(const int *list) {
            return *list;
        }
        void spin(volatile int *n) {
            for (;;) {
                ++*n;
            }
        }
        """

    private static let makefile = """
        CFLAGS = -O1 -g
        TESTS = build/test_sums build/test_crash
        test: $(TESTS)
        \t@status=0; for test in $(TESTS); do echo "# $$test"; ./$$test || status=1; done; exit $$status
        build/%: tests/%.c calculator.c calculator.h
        \t@mkdir -p build
        \t$(CC) $(CFLAGS) -I. -o $@ $< calculator.c
        clean:
        \trm -rf build
        """

    private static let sums = """
        #include <stdio.h>
        #include "calculator.h"
        int main(void) {
            printf("ok 1 - zero\\n");
            int sum = add(1, 2);
            if (sum != 3) printf("# %s:%d: sum: expected 3, got %d\\n", __FILE__, __LINE__, sum);
            printf("%sok 2 - add\\n", sum == 3 ? "" : "not ");
            printf("ok 3 - later # SKIP not yet\\n1..3\\n");
            return sum != 3;
        }
        """

    private func bench(_ files: [String: String] = [:]) throws -> Workbench {
        let all = [
            "Makefile": Self.makefile, "calculator.c": Self.calculator,
            "calculator.h": "int add(int a, int b);\nint first(const int *list);\nvoid spin(volatile int *n);\n",
            "tests/test_sums.c": Self.sums,
            "tests/test_crash.c": "#include \"calculator.h\"\nint main(void) {\n    return first(0);\n}\n",
        ]
        return try Workbench(all.merging(files) { _, new in new })
    }

    @Test("TAP results, a crash and their places; coverage tells programs and results apart")
    func mixture() async throws {
        let bench = try bench()
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        let report = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(report.ending == .completed)
        #expect(
            report.outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "test_sums/zero passed", "test_sums/add failed", "test_sums/later skipped", "test_sums passed",
                "test_crash crashed",
            ])
        let add = report.outcome(of: TestID("test_sums/add"))?.failure
        #expect(add?.expected == "3" && add?.actual == "-1")
        #expect(add?.frames == [StackFrame(path: "tests/test_sums.c", line: 6)])
        if Machine.hasGDB {
            let crash = report.outcome(of: TestID("test_crash"))?.failure
            #expect(crash?.frames.first == StackFrame(path: "calculator.c", line: 5, function: "first"))
        }

        let only = try await toolchain.test(
            .only([TestID("test_sums/add")]), stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(only.outcomes.map(\.id.rawValue) == ["test_sums/add"])

        let coverage = try await toolchain.coverage(of: report.outcomes.map(\.id), wallClock: nil, in: workspace)
        #expect(coverage.lines[TestID("test_sums/zero")]?["calculator.c"] == nil)
        #expect(coverage.lines[TestID("test_sums/add")]?["calculator.c"] == [1, 2])
        #expect(coverage.lines[TestID("test_crash")]?["calculator.c"] == [4, 5])
    }

    @Test("one exit status is one test, with the assertion that failed")
    func single() async throws {
        let bench = try bench([
            "Makefile": "test:\n\t@$(CC) -I. -o t t.c calculator.c\n\t@./t\n",
            "t.c": "#include <assert.h>\n#include \"calculator.h\"\nint main(void) {\n    assert(add(1, 2) == 3);\n}\n",
        ])
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        let report = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(report.outcomes.map(\.id.rawValue) == ["make test"])
        #expect(report.outcomes.first?.failure?.frames == [StackFrame(path: "t.c", line: 4, function: "main")])
        let coverage = try await toolchain.coverage(of: report.failing, wallClock: nil, in: workspace)
        #expect(coverage.lines[TestID("make test")]?["calculator.c"] == [1, 2])
    }

    @Test("a Makefile whose first target is the tests builds, though they fail")
    func testsFirst() async throws {
        let bench = try bench(["Makefile": "test:\n\t@echo not ok 1 - sums; exit 1\n"])
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        #expect(try await toolchain.build(in: workspace).succeeded)
        let report = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(report.outcomes.map { "\($0.id) \($0.status.rawValue)" } == ["sums failed"])
    }

    @Test("code that does not compile gives the compiler's messages")
    func buildError() async throws {
        let bench = try bench(["calculator.c": "int add(int a, int b) {\n    return a + c;\n}\n"])
        let toolchain = try bench.toolchain()
        let report = try await toolchain.test(
            .all, stopAtFirstFailure: false, wallClock: nil, in: bench.workspace(for: toolchain))
        #expect(report.ending == .buildFailed)
        let error = try #require(report.diagnostics.first { $0.severity == .error })
        #expect("\(error.path):\(error.line):\(error.column ?? 0)" == "calculator.c:2:16")
    }

    @Test("a program that hangs is the one that timed out")
    func hang() async throws {
        let bench = try bench([
            ".fettle.yml": "test-timeout: 1s",
            "tests/test_crash.c": "#include \"calculator.h\"\nint main(void) {\n    int n = 0;\n    spin(&n);\n}\n",
        ])
        let toolchain = try bench.toolchain()
        let report = try await toolchain.test(
            .all, stopAtFirstFailure: false, wallClock: .seconds(5), in: bench.workspace(for: toolchain))
        #expect(report.ending == .timedOut)
        let hung = try #require(report.outcomes.last)
        #expect("\(hung.id) \(hung.status.rawValue)" == "test_crash timedOut")
        if Machine.hasGDB { #expect(hung.failure?.frames.first?.function == "spin") }
    }
}

@Suite("CMake", .takingTurns, .enabled(if: Machine.hasCMake, "needs bwrap, cmake and a C compiler"))
struct CMakeToolchainTests {
    private static let lists = """
        cmake_minimum_required(VERSION 3.16)
        project(calculator C)
        enable_testing()
        add_executable(t t.c)
        foreach(name sum fine crash hang)
          add_test(NAME t.${name} COMMAND t ${name})
        endforeach()
        """

    private static let program = """
        #include <assert.h>
        #include <string.h>
        static int add(int a, int b) {
            return a - b;
        }
        int main(int count, char **words) {
            const char *name = count > 1 ? words[1] : "";
            if (strcmp(name, "sum") == 0) assert(add(1, 2) == 3);
            if (strcmp(name, "crash") == 0) return *(volatile int *)0;
            while (strcmp(name, "hang") == 0) {
            }
            return 0;
        }
        """

    @Test("each test of CTest has its outcome, place and coverage")
    func mixture() async throws {
        let bench = try Workbench([
            "CMakeLists.txt": Self.lists, "t.c": Self.program, ".fettle.yml": "test-timeout: 1s",
        ])
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        let report = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(report.ending == .completed)
        #expect(
            report.outcomes.map { "\($0.id) \($0.status.rawValue)" } == [
                "t.sum crashed", "t.fine passed", "t.crash crashed", "t.hang timedOut",
            ])
        #expect(report.outcomes.first?.failure?.frames.contains { $0.path == "t.c" && $0.line == 8 } == true)
        if Machine.hasGDB {
            #expect(report.outcomes.dropFirst(2).first?.failure?.frames.first?.line == 9)
            #expect(report.outcomes.last?.failure?.frames.contains { $0.line == 10 } == true)
        }
        let some = ["t.sum", "t.fine"].map { TestID($0) }
        let again = try await toolchain.test(.only(some), stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(again.outcomes.map(\.id) == some)
        let coverage = try await toolchain.coverage(of: some, wallClock: nil, in: workspace)
        #expect(coverage.lines[some[0]]?["t.c"]?.contains(4) == true)
        #expect(coverage.lines[some[1]]?["t.c"]?.contains(4) == false)
        #expect(coverage.lines[some[1]]?["t.c"]?.contains(12) == true)
    }
}

@Suite("Plain commands", .takingTurns, .enabled(if: Machine.hasSandbox, "needs bwrap"))
struct CommandToolchainTests {
    @Test("a command of no known runner is judged by what it prints and how it ends")
    func command() async throws {
        let bench = try Workbench([".fettle.yml": "test: echo 'PASS one'; echo 'FAIL two'; exit 1"])
        let toolchain = try bench.toolchain()
        let report = try await toolchain.test(
            .all, stopAtFirstFailure: false, wallClock: nil, in: bench.workspace(for: toolchain))
        #expect(report.outcomes.map { "\($0.id) \($0.status.rawValue)" } == ["one passed", "two failed"])
    }

    @Test("a command that says nothing is one test")
    func silent() async throws {
        let bench = try Workbench([".fettle.yml": "test: test -e fixed.txt && true"])
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        let before = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(before.failing.map(\.rawValue) == ["test -e fixed.txt && true"])
        try bench.write("", to: "fixed.txt")
        #expect(try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace).isGreen)
    }
}
