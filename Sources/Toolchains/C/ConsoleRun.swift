import Sandboxing

/// A command whose tests are told apart by what it prints.
struct ConsoleRun {
    let report: TestReport
    private let programs: [TestID: String]

    /// - Parameters:
    ///   - whole: The test that stands for the whole command where its output tells none apart.
    ///   - readsHeadings: Whether a line of nothing but a program's name tells whose the next lines are, as make prints them.
    init(
        _ arguments: [String], settings: ProjectSettings, wallClock: Duration?, whole: TestID,
        readsHeadings: Bool = true, in workspace: Workspace
    ) async throws(ToolchainError) {
        let folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        // One file for both streams keeps a failure's lines in front of its result, and the middle of long output.
        var command = Command(["sh", "-c", "exec \"$@\" > /fettle/out/console.txt 2>&1", "sh"] + arguments)
        command.environment = settings.environment
        command.wallClock = wallClock ?? settings.timeout
        let result = try await folder.run(command, in: workspace)
        let text = String(decoding: folder.read("console.txt", limit: 32 << 20), as: UTF8.self)
        self.init(text, result: result, whole: whole, readsHeadings: readsHeadings)
    }

    init(_ text: String, result: CommandResult, whole: TestID, readsHeadings: Bool = true) {
        let console = ConsoleReport(parsing: text, readsHeadings: readsHeadings)
        let diagnostics = CompilerDiagnostics.parse(text)
        programs = console.programs
        var outcomes = console.outcomes + CargoReport(parsing: text).outcomes
        let failed = result.ending != .exited(0)
        let ending: TestReport.Ending
        switch result.ending {
        case .timedOut: ending = .timedOut
        case .outOfMemory: ending = .crashed("out of memory")
        case .outputLimit: ending = .crashed("too much output")
        case .diskLimit: ending = .crashed("too much written to the worktree")
        case .execFailed(let reason), .sandboxFailed(let reason): ending = .environment(reason)
        case .cancelled: ending = .environment("cancelled")
        case .exited(127) where outcomes.isEmpty:
            let last = text.split(whereSeparator: \.isNewline).last ?? "command not found"
            ending = .environment("\(last); name the sandbox profile that has it with `profile:` in .fettle.yml")
        case .exited, .signalled:
            let broken = diagnostics.contains { $0.severity == .error }
            ending = failed && broken && outcomes.isEmpty ? .buildFailed : .completed
        }
        if ending == .timedOut {
            let hung = TestFailure(kind: "timeout", message: "did not end", frames: console.pending?.frames ?? [])
            let id = console.open.map { TestID(ConsoleReport.lastPart($0)) } ?? whole
            outcomes.removeAll { $0.id == id }
            outcomes.append(TestOutcome(id: id, status: .timedOut, failure: hung))
        } else if ending == .completed, outcomes.isEmpty || failed && !outcomes.contains(where: \.status.isFailure) {
            outcomes.append(Self.outcome(of: whole, console.pending, text: text, failed: failed))
        }
        report = TestReport(outcomes: outcomes, diagnostics: diagnostics, ending: ending, result: result)
    }

    private static func outcome(of whole: TestID, _ pending: TestFailure?, text: String, failed: Bool) -> TestOutcome {
        guard failed else { return TestOutcome(id: whole, status: .passed) }
        let failure = pending ?? TestFailure(kind: "assertion", message: String(text.suffix(1000)))
        return TestOutcome(id: whole, status: failure.kind == "crash" ? .crashed : .failed, failure: failure)
    }

    /// Adds to at most five crashed or hanging programs where they do so.
    func addingBacktraces(
        to report: TestReport, limit: Duration, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        guard workspace.tracesCrashes else { return report }
        var report = report
        var count = 0
        for (number, outcome) in report.outcomes.enumerated() {
            guard outcome.status == .crashed || outcome.status == .timedOut, count < 5,
                let program = programs[outcome.id].flatMap({ RelativePath.inWorktree($0) }),
                HostFiles.isExecutable(workspace.path + "/" + program)
            else { continue }
            count += 1
            let frames = try await Backtrace.frames(
                of: [Sandbox.worktreePath + "/" + program], directory: "", limit: limit, in: workspace)
            report.outcomes[number] = outcome.adding(frames)
        }
        return report
    }
}

extension TestReport {
    /// The report of the selected tests, for runners that cannot select.
    ///
    /// - Parameter whole: The name of the whole run, which has an outcome even where the run told its tests apart.
    func keeping(_ selection: TestSelection, whole: TestID?) -> TestReport {
        guard case .only(let tests) = selection else { return self }
        let wanted = Set(tests)
        var report = self
        report.outcomes.removeAll { !wanted.contains($0.id) }
        if let whole, wanted.contains(whole), outcome(of: whole) == nil, ending == .completed,
            result?.ending == .exited(0)
        {
            report.outcomes.append(TestOutcome(id: whole, status: .passed))
        }
        return report
    }
}
