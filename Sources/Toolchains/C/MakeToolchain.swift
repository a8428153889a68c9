import Sandboxing

/// A Makefile with a `test` or `check` target, its tests told apart by what they print.
package struct MakeToolchain: Toolchain {
    package static let name = "make"

    /// Stands for the whole run where the output tells no tests apart.
    static let whole = TestID("make test")

    let settings: ProjectSettings
    /// After `make`.
    let arguments: [String]
    package let profileName: String

    init(settings: ProjectSettings, arguments: [String], profileName: String = "c") {
        self.settings = settings
        self.arguments = arguments
        self.profileName = settings.profile ?? profileName
    }

    package static func detect(in directory: String, settings: ProjectSettings) throws(ToolchainError) -> Self? {
        let makefile = ["GNUmakefile", "makefile", "Makefile"].first { HostFiles.exists(directory + "/" + $0) }
        guard let makefile else { return nil }
        let text = String(decoding: try HostFiles.read(directory + "/" + makefile, limit: 1 << 20), as: UTF8.self)
        let profile = profile(for: text, in: directory)
        if let given = settings.test {
            let command = TestCommand(given)
            guard command.runner == .make else { return nil }
            var settings = settings
            settings.environment.merge(command.environment) { own, _ in own }
            return MakeToolchain(settings: settings, arguments: command.arguments, profileName: profile)
        }
        guard let target = ["test", "check", "tests"].first(where: { hasTarget($0, text) }) else { return nil }
        return MakeToolchain(settings: settings, arguments: [target], profileName: profile)
    }

    /// What compiles C keeps C's profile, whatever else it calls: only that one lets a debugger look where a crash was.
    private static func profile(for makefile: String, in directory: String) -> String {
        let isC = ["$(CC)", "$(CXX)", "${CC}", "${CXX}"].contains { makefile.contains($0) }
        let needed = isC ? nil : NeededProfile.of(scripts: [makefile], in: directory)
        return needed == "python" ? "c" : needed ?? "c"
    }

    static func hasTarget(_ name: String, _ makefile: String) -> Bool {
        makefile.split(separator: "\n").contains { line in
            guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("\t"), !line.hasPrefix(".") else {
                return false
            }
            return !line[colon...].hasPrefix(":=") && line[..<colon].split(separator: " ").contains { $0 == name }
        }
    }

    package var summary: String { "make " + arguments.joined(separator: " ") }

    package func isTestFile(_ path: String) -> Bool {
        CTestFiles.isTestSource(path) || TestFiles.isTestSource(path) || TestFiles.contains(path, settings: settings)
    }

    package func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport {
        var report = try await ShellCommand(settings.build ?? "make", settings: settings).build(in: workspace)
        // Nobody asked for plain `make`. Where the tests are its first target it fails with them, which is no failure to build.
        if settings.build == nil, case .exited = report.result?.ending,
            !report.diagnostics.contains(where: { $0.severity == .error })
        {
            report.succeeded = true
        }
        return report
    }

    package func test(
        _ selection: TestSelection, stopAtFirstFailure: Bool, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        if settings.build != nil {
            let build = try await build(in: workspace)
            guard build.succeeded else { return build.failedTestReport }
        }
        let run = try await ConsoleRun(
            ["make"] + arguments, settings: settings, wallClock: wallClock, whole: Self.whole, in: workspace)
        let report = try await run.addingBacktraces(
            to: run.report, limit: workspace.testLimit(settings), in: workspace)
        return report.keeping(selection, whole: Self.whole)
    }

    /// Builds a copy of the worktree with gcov's counters, runs all tests there, and tells them apart by program and by
    /// TAP result.
    package func coverage(
        of tests: [TestID], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> Coverage {
        let script = """
            make clean > /dev/null 2>&1
            export FETTLE_RUN=$root/runs/0
            make -B "$@" > /dev/null 2>&1
            gather

            """
        let records = try await CoverageRecords.measured(
            by: script, arguments: arguments, settings: settings, wallClock: wallClock, in: workspace)
        return Coverage(
            lines: Dictionary(
                uniqueKeysWithValues: tests.uniqued().compactMap { test in
                    let lines = test == Self.whole ? records.lines { _ in true } : records.lines(of: test)
                    return lines.isEmpty ? nil : (test, lines)
                }))
    }
}

extension CoverageRecords {
    /// Runs a script after ``CoverageScripts/preparation``.
    static func measured(
        by script: String, arguments: [String], settings: ProjectSettings, wallClock: Duration?,
        in workspace: Workspace
    ) async throws(ToolchainError) -> CoverageRecords {
        var folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        try folder.add("coverage.sh", (CoverageScripts.preparation + script).utf8)
        try folder.add("witness.c", CoverageScripts.witness.utf8)
        var command = Command(
            arguments: ["sh", "/fettle/in/coverage.sh"] + arguments, environment: settings.environment)
        let seconds = Int(workspace.testLimit(settings).inSeconds.rounded(.up))
        command.environment["FETTLE_SECONDS"] = "\(max(1, seconds))"
        command.wallClock = wallClock ?? settings.timeout
        _ = try await folder.run(command, in: workspace)
        return CoverageRecords(folder)
    }
}

/// Names that say "test" in C projects that have no folder for them.
enum CTestFiles {
    static func isTestSource(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last else { return false }
        let stem = name.split(separator: ".").first ?? name
        let lower = stem.lowercased()
        return ["test", "tests", "unittest", "unittests"].contains(lower)
            || ["test_", "test-"].contains { lower.hasPrefix($0) }
            || ["_test", "_tests", "-test", "-tests", "_unittest"].contains { lower.hasSuffix($0) }
            || stem.hasSuffix("Test") || stem.hasSuffix("Tests") || name == "CTestTestfile.cmake"
    }
}
