import Synchronization

/// Stamps events with the run's time and hands them to the sink. A sink that fails once is not asked again.
final class RunLog: Sendable {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let sink: RunEventSink
    private let failure = Mutex<(any Error)?>(nil)

    init(sink: @escaping RunEventSink) {
        self.sink = sink
        start = clock.now
    }

    /// Seconds since the run began.
    var elapsed: Double { start.duration(to: clock.now).inSeconds }

    /// Throws ``SinkFailure`` if this event, or one before it, could not be reported: a run that nobody can hear must stop.
    func report(_ kind: RunEvent.Kind) throws(SinkFailure) {
        try failure.withLock { failure throws(SinkFailure) in
            if let failure { throw SinkFailure(cause: failure) }
            do {
                try sink(RunEvent(at: elapsed, kind: kind))
            } catch {
                failure = error
                throw SinkFailure(cause: error)
            }
        }
    }

    /// For callers that cannot throw; the next ``report(_:)`` throws what went wrong here.
    func note(_ kind: RunEvent.Kind) {
        do { try report(kind) } catch { return }
    }
}

/// The event sink failed: there is nowhere to report to, so the run ends at once.
struct SinkFailure: Error {
    let cause: any Error
}
