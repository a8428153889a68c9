import StrictYAML
import Testing

@testable import Toolchains

@Suite("Settings, commands and test files")
struct SettingsTests {
    @Test("every key is read")
    func whole() throws {
        let settings = try ProjectSettings(
            parsing: """
                toolchain: python
                build: make all
                test: pytest -q tests
                timeout: 5m
                test-timeout: 500ms
                profile: mine
                tests: ["checks/**", "*.golden"]
                environment: { TZ: UTC }
                """, file: ".fettle.yml")
        #expect(settings.toolchain == "python")
        #expect(settings.timeout == .seconds(300))
        #expect(settings.testTimeout == .milliseconds(500))
        #expect(settings.tests == ["checks/**", "*.golden"])
        #expect(settings.environment == ["TZ": "UTC"])
    }

    @Test("what cannot be meant is refused with its line", arguments: ["tost: x", "timeout: 0", "test: ' '", "- a"])
    func refused(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try ProjectSettings(parsing: text, file: "f.yml") }
        #expect(error?.line == 1)
    }

    @Test(
        "a command is recognised by its words",
        arguments: [
            ("pytest", TestCommand.Runner.pytest, []), ("A=1 python3 -m pytest -k 'a b'", .pytest, ["-k", "a b"]),
            ("/usr/bin/python -m unittest", .unittest, []), ("swift test --parallel", .swift, ["--parallel"]),
            ("make -C sub check", .make, ["-C", "sub", "check"]), ("ctest", .ctest, []),
            ("pytest | tee log", .shell, []), ("cd x && make test", .shell, []), ("python3 run.py", .shell, []),
            ("echo $HOME", .shell, []), ("pytest 'open", .shell, []),
        ] as [(String, TestCommand.Runner, [String])])
    func commands(text: String, runner: TestCommand.Runner, arguments: [String]) {
        let command = TestCommand(text)
        #expect(command.runner == runner)
        #expect(command.arguments == arguments)
    }

    @Test(
        "a candidate may not touch tests, fixtures, build descriptions or CI",
        arguments: [
            ("tests/test_a.py", true), ("pkg/test_a.py", true), ("a_test.py", true), ("conftest.py", true),
            ("Tests/BagTests/A.swift", true), ("Package.swift", true), ("src/fixtures/a.json", true),
            ("setup.cfg", true), (".github/workflows/ci.yml", true), ("Makefile", true), ("sub/CMakeLists.txt", true),
            (".fettle.yml", true), ("checks/deep/a.txt", true), ("a.golden", true), ("x/a.golden", false),
            ("src/testing.py", false), ("src/latest.py", false), ("src/contest/a.c", false), ("README.md", false),
        ])
    func testFiles(path: String, isTest: Bool) {
        var settings = ProjectSettings()
        settings.tests = ["checks/**", "*.golden"]
        #expect(PythonToolchain(framework: .pytest, settings: settings).isTestFile(path) == isTest)
    }

    @Test("Makefiles are read for targets, not for variables or recipes")
    func targets() {
        #expect(MakeToolchain.hasTarget("test", "all: x\n\ncheck test: all\n\t./t\n"))
        #expect(!MakeToolchain.hasTarget("test", "test := 1\nall:\n\ttest: x\n.PHONY: test\n"))
    }
}
