import Sandboxing

/// What one start of the test program left behind.
struct SwiftTestRound {
    let outcomes: [TestOutcome]
    let xctestTests: [TestID]
    let testingTests: [TestID]
    /// Whether the library's run ended before its last test.
    let xctestWasCut: Bool
    let testingWasCut: Bool
    /// Why it was cut, as far as the runtime says.
    let reason: String?
    /// Set where going on makes no sense.
    let ending: TestReport.Ending?
    let result: CommandResult

    init(_ folder: CommandFolder, result: CommandResult) {
        self.result = result
        xctestTests = XCTestConsole.list(folder.read("xctest.json"))
        let console = XCTestConsole(
            parsing: String(decoding: folder.read("xctest.txt"), as: UTF8.self), tests: xctestTests)
        let stream = SwiftEventStream(parsing: folder.read("events.jsonl"))
        testingTests = stream.selected
        let xctest = Cut(folder, "xctest", result)
        let testing = Cut(folder, "testing", result)
        outcomes =
            console.outcomes.map { $1 ?? xctest.outcome(of: $0) }
            + stream.outcomes.map { $1 ?? testing.outcome(of: $0) }
        xctestWasCut = xctest.happened && !console.ended || console.outcomes.contains { $0.finished == nil }
        testingWasCut = testing.happened && !stream.ended || stream.outcomes.contains { $0.finished == nil }
        reason = xctestWasCut ? xctest.trace.reason : testing.trace.reason
        ending =
            switch result.ending {
            case .timedOut: .timedOut
            case .outOfMemory: .crashed("out of memory")
            case .outputLimit: .crashed("too much output")
            case .diskLimit: .crashed("too much written to the worktree")
            case .execFailed(let reason), .sandboxFailed(let reason): .environment(reason)
            case .cancelled: .environment("cancelled")
            case .exited(90): .noTests
            case .exited, .signalled: nil
            }
    }

    /// How one library's run ended, if not by itself.
    private struct Cut {
        let happened: Bool
        let hung: Bool
        let trace: SwiftBacktrace

        init(_ folder: CommandFolder, _ name: String, _ result: CommandResult) {
            let status = Int(String(decoding: folder.read(name + ".status", limit: 16).dropLast(), as: UTF8.self))
            happened = (status ?? 255) > 128
            hung = HostFiles.exists(folder.output + "/" + name + ".hung") || result.ending == .timedOut
            trace = SwiftBacktrace(
                parsing: String(decoding: folder.read(name + ".err", limit: 4 << 20), as: UTF8.self))
        }

        /// Of the test that was running.
        func outcome(of test: TestID) -> TestOutcome {
            let failure = TestFailure(
                kind: hung ? "timeout" : "crash",
                message: hung ? "did not end" : trace.reason ?? "the process ended before the test did",
                frames: trace.frames)
            return TestOutcome(id: test, status: hung ? .timedOut : .crashed, failure: failure)
        }
    }
}
