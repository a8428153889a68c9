import CLauncher
import Glibc
import Synchronization

/// One run of the launcher, from spawn to reap.
///
/// A thread of its own waits for it: waiting must not hold up the cooperative pool, and the descriptors that it polls
/// live exactly as long as its stack frame.
final class Launch: Sendable {
    struct Outcome: Sendable {
        let report: LaunchReport?
        let output: CapturedOutput
        let error: CapturedOutput
        let outputLimitHit: Bool
        let cancelled: Bool
    }

    private struct State {
        var channel: CInt?
        var cancelled = false
    }

    private let state = Mutex(State())
    private let stage: Stage
    private let program: LaunchRequest.Program
    private let kept: Int
    private let hardLimit: Int
    private let afterwards: (@Sendable () -> Void)?

    /// With `afterwards`, the run is over when the program is, and the walls are taken down while the caller goes on;
    /// then it is called, on the launch's own thread.
    init(
        _ stage: Stage, _ program: LaunchRequest.Program, keeping kept: Int, hardLimit: Int,
        afterwards: (@Sendable () -> Void)? = nil
    ) {
        self.stage = stage
        self.program = program
        self.kept = kept
        self.hardLimit = hardLimit
        self.afterwards = afterwards
    }

    /// Runs to the end, however long that is. Cancelling the task ends the run: TERM, grace, KILL.
    func run() async throws(SandboxError) -> Outcome {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<Outcome, SandboxError>, Never>) in
                let started = Thread.detach {
                    continuation.resume(returning: Result { () throws(SandboxError) in try self.runBlocking() })
                    if let afterwards = self.afterwards {
                        self.stage.finish()
                        afterwards()
                    }
                }
                if let error = started {
                    self.afterwards?()
                    continuation.resume(returning: .failure(.machinery("cannot start a thread", error)))
                }
            }
        } onCancel: {
            state.withLock { state in
                state.cancelled = true
                if let channel = state.channel { fettle_say(channel, FETTLE_ORDER_TERM) }
            }
        }
        return try result.get()
    }

    private func runBlocking() throws(SandboxError) -> Outcome {
        let output = try Ends(fettle_pipe)
        let error = try Ends(fettle_pipe)
        try stage.start(program, output: output.second.number, error: error.second.number)
        output.second.close()
        error.second.close()
        let control = stage.channel
        state.withLock { state in
            state.channel = control
            if state.cancelled { fettle_say(control, FETTLE_ORDER_TERM) }
        }
        var reader = LaunchReader(keeping: kept, hardLimit: hardLimit)
        reader.read(output: output.first.number, error: error.first.number, channel: control)
        let cancelled = state.withLock { state in
            state.channel = nil
            return state.cancelled
        }
        let report = LaunchReport(reader.packet)
        // A launcher that is gone without a report was killed from outside, and may have left someone behind.
        if report == nil { Orphans.end(session: stage.pid) }
        if afterwards == nil { stage.finish() }
        return Outcome(
            report: report, output: reader.output.output, error: reader.error.output,
            outputLimitHit: reader.outputLimitHit, cancelled: cancelled)
    }
}
