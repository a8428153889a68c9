import FoundationEssentials
import Sandboxing

/// A CMake project whose tests CTest knows, built in a folder of Fettle's own that ignores itself.
package struct CMakeToolchain: Toolchain {
    package static let name = "cmake"

    private static let folder = ".fettle/cmake"

    let settings: ProjectSettings

    package static func detect(in directory: String, settings: ProjectSettings) throws(ToolchainError) -> Self? {
        let path = directory + "/CMakeLists.txt"
        guard HostFiles.exists(path) else { return nil }
        if let text = settings.test {
            let command = TestCommand(text)
            guard command.runner == .ctest else { return nil }
            var settings = settings
            settings.environment.merge(command.environment) { own, _ in own }
            return CMakeToolchain(settings: settings)
        }
        let text = String(decoding: try HostFiles.read(path, limit: 1 << 20), as: UTF8.self).lowercased()
        let marks = ["enable_testing", "include(ctest", "add_test"]
        return marks.contains { text.contains($0) } ? CMakeToolchain(settings: settings) : nil
    }

    package var summary: String { "CMake, CTest" }

    package var profileName: String { settings.profile ?? "c" }

    package func isTestFile(_ path: String) -> Bool {
        CTestFiles.isTestSource(path) || TestFiles.contains(path, settings: settings)
    }

    package func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport {
        if let build = settings.build {
            return try await ShellCommand(build, settings: settings).build(in: workspace)
        }
        let script = """
            mkdir -p .fettle
            [ -f .fettle/.gitignore ] || echo '*' > .fettle/.gitignore
            if [ ! -f \(Self.folder)/CMakeCache.txt ]; then
                cmake -S . -B \(Self.folder) -DCMAKE_BUILD_TYPE=Debug || exit 91
            fi
            exec cmake --build \(Self.folder) -j 2
            """
        return try await ShellCommand(script, settings: settings).build(in: workspace)
    }

    package func test(
        _ selection: TestSelection, stopAtFirstFailure: Bool, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        let build = try await build(in: workspace)
        guard build.succeeded else { return build.failedTestReport }
        let folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        var command = Command([
            "sh", "-c",
            "ctest \"$@\" > /fettle/out/console.txt 2>&1; status=$?; "
                + "ctest --show-only=json-v1 > /fettle/out/tests.json 2>/dev/null; exit $status", "sh", "-V",
            "--timeout", "\(testSeconds(in: workspace))",
        ])
        if case .only(let tests) = selection { command.arguments += ["-R", Self.filter(tests)] }
        if stopAtFirstFailure { command.arguments.append("--stop-on-failure") }
        command.workingDirectory = Self.folder
        command.environment = settings.environment
        command.wallClock = wallClock ?? settings.timeout
        let result = try await folder.run(command, in: workspace)
        let console = CTestConsole(parsing: String(decoding: folder.read("console.txt"), as: UTF8.self))
        var report = TestReport(outcomes: console.outcomes, diagnostics: build.diagnostics, ending: .completed)
        report.result = result
        switch result.ending {
        case .timedOut:
            report.ending = .timedOut
            if let running = console.running {
                let failure = TestFailure(kind: "timeout", message: "did not end")
                report.outcomes.append(TestOutcome(id: running, status: .timedOut, failure: failure))
            }
        case .execFailed(let reason), .sandboxFailed(let reason): report.ending = .environment(reason)
        case .outOfMemory: report.ending = .crashed("out of memory")
        case .outputLimit: report.ending = .crashed("too much output")
        case .diskLimit: report.ending = .crashed("too much written to the worktree")
        case .cancelled: report.ending = .environment("cancelled")
        case .exited, .signalled: if report.outcomes.isEmpty { report.ending = .noTests }
        }
        return try await addBacktraces(
            to: report.keeping(selection, whole: nil), CTestList(folder.read("tests.json")), in: workspace)
    }

    package func coverage(
        of tests: [TestID], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> Coverage {
        let tests = tests.uniqued()
        let script = """
            export CC=$root/bin/cc CXX=$root/bin/c++
            cmake -S . -B \(Self.folder) -DCMAKE_BUILD_TYPE=Debug > /dev/null 2>&1 || exit 91
            cmake --build \(Self.folder) -j 2 > /dev/null 2>&1 || exit 92
            cd \(Self.folder)
            run=0
            for filter in "$@"; do
                FETTLE_RUN=$root/runs/$run ctest -R "$filter" --timeout \(testSeconds(in: workspace) + 5) > /dev/null 2>&1
                run=$((run + 1))
            done
            gather

            """
        let records = try await CoverageRecords.measured(
            by: script, arguments: tests.map { Self.filter([$0]) }, settings: settings, wallClock: wallClock,
            in: workspace)
        var coverage = Coverage()
        for (number, test) in tests.enumerated() {
            let lines = records.lines { $0.run == "\(number)" }
            if !lines.isEmpty { coverage.lines[test] = lines }
        }
        return coverage
    }

    private func testSeconds(in workspace: Workspace) -> Int {
        max(1, Int(workspace.testLimit(settings).inSeconds.rounded(.up)))
    }

    /// CMake's regular expressions escape with a backslash.
    static func filter(_ tests: [TestID]) -> String {
        let special = "\\^$.|?*+()[]"
        let names = tests.map { $0.rawValue.map { special.contains($0) ? "\\\($0)" : String($0) }.joined() }
        return "^(" + names.joined(separator: "|") + ")$"
    }

    private func addBacktraces(
        to report: TestReport, _ list: CTestList, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        guard workspace.tracesCrashes else { return report }
        var report = report
        let ended = report.outcomes.enumerated().filter { $1.status == .crashed || $1.status == .timedOut }
        for (number, outcome) in ended.prefix(5) {
            guard let program = list.commands[outcome.id], !program.isEmpty else { continue }
            let frames = try await Backtrace.frames(
                of: program, directory: Self.folder, limit: .seconds(testSeconds(in: workspace)), in: workspace)
            report.outcomes[number] = outcome.adding(frames)
        }
        return report
    }
}

/// `ctest --show-only=json-v1`: the command behind each test.
struct CTestList {
    private(set) var commands: [TestID: [String]] = [:]

    init(_ bytes: [UInt8]) {
        struct List: Decodable { var tests: [Test] }
        struct Test: Decodable {
            var name: String
            var command: [String]?
        }
        // Untrusted and only of use for backtraces: without it there are none.
        guard let list = try? JSONDecoder().decode(List.self, from: Data(bytes)) else { return }
        for test in list.tests { commands[TestID(test.name)] = test.command }
    }
}
