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
        if configured.contains(where: { text(directory, $0.0).contains($0.1) }) { return .pytest }
        return tests.prefix(50).contains { looksLikePytest(text(directory, $0)) } ? .pytest : .automatic
    }

    /// Tests as plain functions, or an import of pytest: unittest would not find or run them.
    static func looksLikePytest(_ source: String) -> Bool {
        source.split(separator: "\n").contains { line in
            line.hasPrefix("def test") || line.hasPrefix("async def test") || line.hasPrefix("import pytest")
                || line.hasPrefix("from pytest ")
        }
    }

    static func virtualEnvironment(of directory: String) -> String? {
        [".venv", "venv"].map { directory + "/" + $0 }.first {
            HostFiles.exists($0 + "/pyvenv.cfg") && HostFiles.isExecutable($0 + "/bin/python")
        }
    }

    private static func text(_ directory: String, _ path: String) -> String {
        do {
            return String(decoding: try HostFiles.read(directory + "/" + path, limit: 1 << 20), as: UTF8.self)
        } catch {
            return ""  // a file that cannot be read says nothing about how tests are run
        }
    }
}
