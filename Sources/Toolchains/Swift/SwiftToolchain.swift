import Sandboxing

/// A Swift package with XCTest, Swift Testing or both.
package struct SwiftToolchain: Toolchain {
    package static let name = "swift"

    let settings: ProjectSettings

    package init(settings: ProjectSettings = ProjectSettings()) { self.settings = settings }

    package static func detect(in directory: String, settings: ProjectSettings) throws(ToolchainError) -> Self? {
        guard HostFiles.exists(directory + "/Package.swift") else { return nil }
        guard let text = settings.test else { return SwiftToolchain(settings: settings) }
        let command = TestCommand(text)
        guard command.runner == .swift else { return nil }
        var settings = settings
        settings.environment.merge(command.environment) { own, _ in own }
        return SwiftToolchain(settings: settings)
    }

    package var summary: String { "Swift package" }

    package var profileName: String { settings.profile ?? Self.name }

    package func isTestFile(_ path: String) -> Bool { TestFiles.contains(path, settings: settings) }

    package func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport {
        if let build = settings.build {
            return try await ShellCommand(build, settings: settings).build(in: workspace)
        }
        return try await build([], wallClock: nil, in: workspace)
    }

    /// Runs the test program; where a test crashes or hangs, it is started again for those that had not run.
    package func test(
        _ selection: TestSelection, stopAtFirstFailure: Bool, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        let deadline = (wallClock ?? settings.timeout).map { ContinuousClock.now + $0 }
        let build = try await build(in: workspace)
        guard build.succeeded else { return build.failedTestReport }
        var plan = SwiftTestPlan(selection)
        var report = TestReport(diagnostics: build.diagnostics, ending: .completed)
        for _ in 0..<50 where !plan.isEmpty {
            let left = deadline.map { $0 - .now }
            if let left, left <= .zero { return report.ending(.timedOut) }
            let round = try await round(plan, wallClock: left, in: workspace)
            report.result = round.result
            let known = Set(report.outcomes.map(\.id))
            let fresh = round.outcomes.filter { !known.contains($0.id) }.map { $0.located(in: workspace.path) }
            report.outcomes += fresh
            if let ending = round.ending { return report.ending(ending) }
            if stopAtFirstFailure, fresh.contains(where: \.status.isFailure) { return report }
            plan = plan.remaining(after: round, done: Set(report.outcomes.map(\.id)))
            if fresh.isEmpty, !plan.isEmpty {
                return report.ending(.crashed(round.reason ?? "the test program ended early"))
            }
        }
        return report.ending(report.outcomes.isEmpty ? .noTests : .completed)
    }

    package func coverage(
        of tests: [TestID], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> Coverage {
        guard !tests.isEmpty else { return Coverage() }
        // Relocated counters live in a mapped file: what a crashing test ran is known too.
        let flags = [
            "--enable-code-coverage", "--scratch-path", SwiftScripts.coverageFolder, "-Xswiftc", "-Xllvm", "-Xswiftc",
            "-runtime-counter-relocation", "-Xcc", "-mllvm", "-Xcc", "-runtime-counter-relocation",
        ]
        guard try await build(flags, wallClock: wallClock, in: workspace).succeeded else { return Coverage() }
        var folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        let lines = tests.map { test in
            SwiftTestPlan.isSwiftTesting(test) ? "T\t\(SwiftTestPlan.filter(test))\n" : "X\t\(test)\n"
        }
        try folder.add("coverage.sh", SwiftScripts.coverage.utf8)
        try folder.add("tests.txt", lines.joined().utf8)
        var command = Command(
            arguments: ["sh", "/fettle/in/coverage.sh", testSeconds(in: workspace)], environment: environment)
        command.wallClock = wallClock ?? settings.timeout
        _ = try await folder.run(command, in: workspace)
        var coverage = Coverage()
        for (number, test) in tests.enumerated() {
            let lines = LineCoverage.parse(lcov: folder.read("\(number).lcov"))
            if !lines.isEmpty { coverage.lines[test] = lines }
        }
        return coverage
    }

    private func build(
        _ flags: [String], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> BuildReport {
        let folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        // The sandbox around it is Fettle's; SwiftPM's own does not start inside another.
        var command = Command(["swift", "build", "--build-tests", "--disable-sandbox"] + flags)
        command.environment = environment
        command.wallClock = wallClock ?? settings.timeout
        let result = try await folder.run(command, in: workspace)
        let output = result.standardOutput.text + "\n" + result.standardError.text
        return BuildReport(
            succeeded: result.succeeded, diagnostics: CompilerDiagnostics.parse(output), result: result)
    }

    private func round(
        _ plan: SwiftTestPlan, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> SwiftTestRound {
        var folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        try folder.add("test.sh", SwiftScripts.test.utf8)
        var command = Command(["sh", "/fettle/in/test.sh", testSeconds(in: workspace)] + plan.arguments)
        command.environment = environment
        if !workspace.tracesCrashes { command.environment["SWIFT_BACKTRACE"] = "enable=no" }
        command.wallClock = wallClock
        let result = try await folder.run(command, in: workspace)
        return SwiftTestRound(folder, result: result)
    }

    /// Whole seconds: the watching script has no smaller unit.
    private func testSeconds(in workspace: Workspace) -> String {
        "\(max(1, Int(workspace.testLimit(settings).inSeconds.rounded(.up))))"
    }

    private var environment: [String: String] {
        [
            "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no,output-to=stderr,limit=64,threads=all,"
                + "registers=none,images=none,sanitize=no,cache=no,symbolicate=fast"
        ].merging(settings.environment) { _, own in own }
    }
}

extension BuildReport {
    /// What a run of tests has to say when the code does not build.
    var failedTestReport: TestReport {
        switch result?.ending {
        case .execFailed(let reason), .sandboxFailed(let reason):
            TestReport(ending: .environment(reason), result: result)
        case .outOfMemory: TestReport(ending: .environment("the build ran out of memory"), result: result)
        case .cancelled: TestReport(ending: .environment("cancelled"), result: result)
        case .timedOut: TestReport(diagnostics: diagnostics, ending: .timedOut, result: result)
        default: TestReport(diagnostics: diagnostics, ending: .buildFailed, result: result)
        }
    }
}

extension TestReport {
    func ending(_ ending: Ending) -> TestReport {
        var report = self
        report.ending = ending
        return report
    }
}
