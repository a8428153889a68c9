import Sandboxing

/// One run of the driver: its own report, what faulthandler wrote, and how the process ended.
struct PythonRun {
    let report: PythonReport
    let trace: FaultTrace
    let result: CommandResult

    func testReport(_ request: PythonRequest) -> TestReport {
        let hung = result.ending == .timedOut || trace.isTimeout
        var outcomes = report.allOutcomes(unfinished: hung ? .timedOut : .crashed, trace: trace)
        // A file asked for by its path stands for "its tests can be loaded".
        let broken = Set(report.broken.map(\.file.rawValue))
        for file in request.tests ?? [] where !file.contains("::") && !broken.contains(file) {
            guard report.outcomes.contains(where: { $0.id.rawValue.hasPrefix(file + "::") }) else { continue }
            outcomes.append(TestOutcome(id: TestID(file), status: .passed))
        }
        return TestReport(
            outcomes: outcomes, diagnostics: report.diagnostics, ending: ending(request), result: result)
    }

    func ending(_ request: PythonRequest) -> TestReport.Ending {
        if let module = report.missingModule {
            let python = report.pythonVersion.map { "Python \($0)" } ?? "python3"
            return .environment("\(python) in the sandbox has no \(module): install it for that Python")
        }
        switch result.ending {
        case .timedOut: return .timedOut
        case .outOfMemory: return .crashed("out of memory")
        case .outputLimit: return .crashed("too much output")
        case .diskLimit: return .crashed("too much written to the worktree")
        case .execFailed(let reason), .sandboxFailed(let reason): return .environment(reason)
        case .cancelled: return .environment("cancelled")
        case .signalled(let signal, _) where report.exitCode == nil:
            return .crashed(trace.error ?? "signal \(signal)")
        case .exited, .signalled: break
        }
        guard report.framework != nil else {
            return .environment("python3 did not start: \(lastLine(result.standardError.text))")
        }
        guard let code = report.exitCode else {
            return trace.isTimeout ? .timedOut : .crashed(trace.error ?? "the process ended early")
        }
        if request.screen != nil { return .completed }
        if report.outcomes.isEmpty, !report.broken.isEmpty { return .buildFailed }
        switch code {
        case 0, 1: return report.outcomes.isEmpty ? .noTests : .completed
        case 2 where request.stopAtFirstFailure && !report.outcomes.isEmpty: return .completed
        case 2: return .crashed("interrupted")
        case 4: return .environment("pytest refused its options: \(lastLine(result.standardError.text))")
        case 5: return .noTests
        default: return .crashed("pytest ended with code \(code): \(lastLine(result.standardOutput.text))")
        }
    }

    private func lastLine(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { String($0.prefix(300)) } ?? "it said nothing"
    }
}
