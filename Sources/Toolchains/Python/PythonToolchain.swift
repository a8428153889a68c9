import FoundationEssentials
import Sandboxing

/// Python with pytest or unittest, run by Fettle's own driver, which gives the same evidence for both.
package struct PythonToolchain: ScreeningToolchain {
    package enum Framework: String, Sendable, Hashable {
        case pytest, unittest
        /// pytest where Python can import it, else unittest.
        case automatic
    }

    package static let name = "python"

    let framework: Framework
    let settings: ProjectSettings
    /// Further arguments for pytest, from the test command.
    let arguments: [String]
    /// A virtual environment of the repository on the host; nil for the `python3` of the sandbox's PATH.
    let virtualEnvironment: String?

    package init(
        framework: Framework, settings: ProjectSettings = ProjectSettings(), arguments: [String] = [],
        virtualEnvironment: String? = nil
    ) {
        self.framework = framework
        self.settings = settings
        self.arguments = arguments
        self.virtualEnvironment = virtualEnvironment
    }

    package static func detect(in directory: String, settings: ProjectSettings) throws(ToolchainError) -> Self? {
        let environment = virtualEnvironment(of: directory)
        if let text = settings.test {
            let command = TestCommand(text)
            guard let framework = Framework(command.runner) else { return nil }
            var settings = settings
            settings.environment.merge(command.environment) { own, _ in own }
            return PythonToolchain(
                framework: framework, settings: settings,
                arguments: framework == .pytest ? pytestArguments(command.arguments) : [],
                virtualEnvironment: environment)
        }
        guard let framework = framework(of: directory) else { return nil }
        return PythonToolchain(framework: framework, settings: settings, virtualEnvironment: environment)
    }

    package var summary: String {
        switch framework {
        case .automatic: "Python, pytest or unittest"
        case .pytest, .unittest: "Python, \(framework.rawValue)"
        }
    }

    package var profileName: String { settings.profile ?? Self.name }

    package func isTestFile(_ path: String) -> Bool {
        Self.isTestModule(path) || TestFiles.contains(path, settings: settings)
    }

    /// Python has nothing to build; a `build` command of the settings runs.
    package func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport {
        guard let build = settings.build else { return BuildReport(succeeded: true) }
        return try await ShellCommand(build, settings: settings).build(in: workspace)
    }

    package func test(
        _ selection: TestSelection, stopAtFirstFailure: Bool, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        var request = request(wallClock: wallClock, in: workspace)
        if case .only(let tests) = selection {
            guard !tests.isEmpty else { return TestReport(ending: .noTests) }
            request.tests = tests.map(\.rawValue)
        }
        request.stopAtFirstFailure = stopAtFirstFailure
        let build = try await build(in: workspace)
        guard build.succeeded else { return TestReport(ending: .buildFailed, result: build.result) }
        let run = try await run(request, wallClock: wallClock, in: workspace)
        return run.testReport(request)
    }

    /// Runs the tests under a line tracer of the driver's own (`sys.monitoring` from Python 3.12, `sys.settrace` before).
    package func coverage(
        of tests: [TestID], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> Coverage {
        guard !tests.isEmpty else { return Coverage() }
        var request = request(wallClock: wallClock, in: workspace)
        request.tests = tests.map(\.rawValue)
        request.coverage = true
        return try await run(request, wallClock: wallClock, in: workspace).report.coverage
    }

    package func screen(
        _ candidates: [ScreeningCandidate], tests: [TestID], options: ScreeningOptions, in workspace: Workspace
    ) async throws(ToolchainError) -> [ScreeningResult] {
        guard !candidates.isEmpty, !tests.isEmpty else { return [] }
        var request = request(wallClock: options.perCandidate * 3 / 2, in: workspace)
        request.tests = tests.map(\.rawValue)
        request.stopAtFirstFailure = options.stopAtFirstFailure
        request.screen = PythonRequest.Screen(
            candidates: candidates.map { candidate in
                .init(id: candidate.id, files: candidate.files.mapValues { Data($0) })
            },
            seconds: options.perCandidate.inSeconds, patience: options.patience.inSeconds,
            stopAtFirstHit: options.stopAtFirstHit)
        let run = try await run(request, wallClock: options.wallClock, in: workspace)
        if case .environment(let reason) = run.ending(request) {
            throw ToolchainError(.unsupported, "candidates cannot be screened: \(reason)")
        }
        if run.report.screened.isEmpty, run.result.ending != .timedOut {
            throw ToolchainError(.unsupported, "candidates cannot be screened: Python ended with \(run.result.ending)")
        }
        let known = Set(candidates.map(\.id))
        return run.report.screened.filter { known.contains($0.candidate) }.map { result in
            // A hit is every test asked for, not merely no failure among those that ran.
            let passed = Set(result.outcomes.lazy.filter { $0.status == .passed }.map(\.id))
            guard result.ending == .passed, !tests.allSatisfy(passed.contains) else { return result }
            return ScreeningResult(candidate: result.candidate, ending: .failed, outcomes: result.outcomes)
        }
    }

    private func request(wallClock: Duration?, in workspace: Workspace) -> PythonRequest {
        // Half of the whole leaves time for a test that hangs to be reported by the driver, with where it hung.
        let limit = min(workspace.testLimit(settings), (wallClock ?? settings.timeout ?? .seconds(3600)) / 2)
        return PythonRequest(framework: framework.rawValue, testSeconds: limit.inSeconds, arguments: arguments)
    }

    private func run(
        _ request: PythonRequest, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> PythonRun {
        var folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        try folder.add("driver.py", PythonDriver.source.utf8)
        try folder.add("request.json", request.encoded())
        let input = CommandFolder.inputPath
        var command = Command(["python3", "\(input)/driver.py", "\(input)/request.json"])
        if let virtualEnvironment {
            command.arguments[0] = "\(input)/venv/bin/python"
            command.inputs["venv"] = virtualEnvironment
        }
        command.environment = ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"]
            .merging(settings.environment) { _, own in own }
        command.wallClock = wallClock ?? settings.timeout
        let result = try await folder.run(command, in: workspace)
        return PythonRun(
            report: PythonReport(parsing: folder.read("report.jsonl")),
            trace: FaultTrace(parsing: folder.read("traces.txt", limit: 1 << 20)), result: result)
    }
}

/// What the driver is asked to do.
struct PythonRequest: Encodable {
    struct Screen: Encodable {
        struct Candidate: Encodable {
            var id: Int
            /// Base64 in JSON.
            var files: [String: Data]
        }
        var candidates: [Candidate]
        var seconds: Double
        var patience: Double
        var stopAtFirstHit: Bool
    }

    var framework: String
    var worktree = Sandbox.worktreePath
    var output = CommandFolder.outputPath
    var testSeconds: Double
    var arguments: [String]
    var tests: [String]?
    var stopAtFirstFailure = false
    var coverage = false
    var screen: Screen?

    func encoded() throws(ToolchainError) -> [UInt8] {
        do {
            return [UInt8](try JSONEncoder().encode(self))
        } catch {
            throw ToolchainError(.files, "cannot encode a request for Python", underlying: error)
        }
    }
}
