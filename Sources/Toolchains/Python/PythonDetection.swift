extension PythonToolchain.Framework {
    init?(_ runner: TestCommand.Runner) {
        switch runner {
        case .pytest: self = .pytest
        case .unittest: self = .unittest
        case .swift, .make, .ctest, .shell: return nil
        }
    }
}

extension PythonToolchain {
    /// `test_a.py` and `a_test.py`, the names that pytest and unittest look for.
    static func isTestModule(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last, name.hasSuffix(".py") else { return false }
        return name.hasPrefix("test") && (name.hasPrefix("test_") || name == "test.py" || name == "tests.py")
            || name.hasSuffix("_test.py") || name == "conftest.py"
    }

    /// How the tests in a repository want to be run; nil where there are none.
    static func framework(of directory: String) -> Framework? {
        let tests = HostFiles.list(directory).filter(isTestModule)
        guard !tests.isEmpty else { return nil }
        if ["pytest.ini", ".pytest.ini", "conftest.py"].contains(where: { HostFiles.exists(directory + "/" + $0) }) {
            return .pytest
        }
        let configured = [("pyproject.toml", "[tool.pytest"), ("setup.cfg", "[tool:pytest]"), ("tox.ini", "[pytest]")]
        if configured.contains(where: { HostFiles.text(directory + "/" + $0.0)?.contains($0.1) == true }) {
            return .pytest
        }
        return tests.prefix(50).contains { HostFiles.text(directory + "/" + $0).map(looksLikePytest) == true }
            ? .pytest : .automatic
    }

    /// Tests as plain functions, or an import of pytest: unittest would not find or run them.
    static func looksLikePytest(_ source: String) -> Bool {
        source.split(separator: "\n").contains { line in
            line.hasPrefix("def test") || line.hasPrefix("async def test") || line.hasPrefix("import pytest")
                || line.hasPrefix("from pytest ")
        }
    }

    /// A user's arguments without those that would stop early, run in parallel or measure: the driver does that itself.
    static func pytestArguments(_ arguments: [String]) -> [String] {
        let withValue: Set<String> = ["-n", "--numprocesses", "--dist", "--maxfail", "--junitxml", "--timeout"]
        let dropped = ["-x", "--exitfirst", "--cov", "--numprocesses=", "--maxfail=", "--junitxml=", "--timeout="]
        var kept: [String] = []
        var skipNext = false
        for argument in arguments {
            if skipNext {
                skipNext = false
            } else if withValue.contains(argument) {
                skipNext = true
            } else if !dropped.contains(where: { argument == $0 || $0.count > 2 && argument.hasPrefix($0) }) {
                kept.append(argument)
            }
        }
        return kept
    }

    static func virtualEnvironment(of directory: String) -> String? {
        [".venv", "venv"].map { directory + "/" + $0 }.first {
            HostFiles.exists($0 + "/pyvenv.cfg") && HostFiles.isExecutable($0 + "/bin/python")
        }
    }
}
