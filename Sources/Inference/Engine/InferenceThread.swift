import Dispatch
import Foundation
import Synchronization

/// A thread of its own for inference, which takes jobs from a mailbox: the cooperative pool never waits for arithmetic.
final class InferenceThread: Sendable {
    private let mailbox = Mailbox()

    /// Starts a thread that drives `scheduler` for as long as this object lives.
    init(_ scheduler: sending Scheduler) {
        let handover = Handover(scheduler: scheduler)
        let thread = Thread { [mailbox] in
            let scheduler = handover.scheduler
            while let arrived = mailbox.take(waiting: scheduler.isIdle) {
                scheduler.admit(arrived)
                scheduler.step()
            }
            scheduler.abandon()
        }
        thread.name = "inference"
        thread.stackSize = 4 << 20
        thread.start()
    }

    deinit { mailbox.close() }

    func submit(_ job: sending any Job) { mailbox.put(job) }

    /// The scheduler was made on another thread, and is only used on the inference thread afterwards.
    private struct Handover: @unchecked Sendable {
        let scheduler: Scheduler
    }
}

/// Jobs on their way to the inference thread.
private final class Mailbox: @unchecked Sendable {
    private struct Contents {
        var jobs: [any Job] = []
        var isClosed = false
    }

    private let lock = NSLock()
    private var contents = Contents()
    private let letters = DispatchSemaphore(value: 0)

    func put(_ job: any Job) {
        lock.withLock { contents.jobs.append(job) }
        letters.signal()
    }

    func close() {
        lock.withLock { contents.isClosed = true }
        letters.signal()
    }

    /// What came since the last call; nil when there will be nothing more.
    func take(waiting: Bool) -> [any Job]? {
        if waiting { letters.wait() }
        return lock.withLock {
            guard !contents.isClosed else { return nil }
            defer { contents.jobs.removeAll() }
            return contents.jobs
        }
    }
}
