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
    private let launcher: String
    private let request: [UInt8]
    private let kept: Int
    private let hardLimit: Int

    init(launcher: String, request: [UInt8], keeping kept: Int, hardLimit: Int) {
        self.launcher = launcher
        self.request = request
        self.kept = kept
        self.hardLimit = hardLimit
    }

    /// Runs to the end, however long that is. Cancelling the task ends the run: TERM, grace, KILL.
    func run() async throws(SandboxError) -> Outcome {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<Outcome, SandboxError>, Never>) in
                let started = Thread.detach {
                    continuation.resume(returning: Result { () throws(SandboxError) in try self.runBlocking() })
                }
                if let error = started {
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
        let file = request.withUnsafeBytes { fettle_memory_file($0.baseAddress, $0.count) }
        guard file >= 0 else { throw .machinery("cannot hold the request", errno) }
        let requestFile = Descriptor(file)
        let output = try Ends(fettle_pipe)
        let error = try Ends(fettle_pipe)
        let channel = try Ends(fettle_channel)
        var pid: pid_t = 0
        let failure = fettle_spawn_stage(
            launcher, output.second.number, error.second.number, channel.second.number, requestFile.number, &pid)
        guard failure == 0 else { throw .machinery("cannot start \(launcher)", failure) }
        output.second.close()
        error.second.close()
        channel.second.close()
        requestFile.close()

        let control = channel.first.number
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
        // A launcher that is gone without a report was killed from outside; one that lives sees the end here.
        channel.first.close()
        fettle_reap(pid, nil)
        return Outcome(
            report: LaunchReport(reader.packet), output: reader.output.output, error: reader.error.output,
            outputLimitHit: reader.outputLimitHit, cancelled: cancelled)
    }
}
