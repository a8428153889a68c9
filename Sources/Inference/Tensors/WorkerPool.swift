import CKernels

/// Threads for the arithmetic of one token or one batch: fork, join, nothing in between.
///
/// The threads are their own, never the cooperative pool's; between two pieces of work they spin for a few microseconds
/// and then sleep, so that an idle engine costs nothing. Callers on different threads take turns.
package final class WorkerPool: @unchecked Sendable {
    /// How many threads work, the caller among them.
    package let threads: Int
    private let pool: OpaquePointer?

    /// A pool of `threads` threads, at least one. Where the system refuses threads, the caller works alone.
    package init(threads: Int) {
        let wanted = max(1, min(threads, 256))
        pool = wanted > 1 ? ck_pool_create(Int32(wanted)) : nil
        self.threads = pool == nil ? 1 : wanted
    }

    deinit {
        if let pool { ck_pool_destroy(pool) }
    }

    /// Calls `work` once on each thread with that thread's index, and returns when all are done. The caller is thread 0.
    /// `work` must not call `run` of the same pool.
    package func run(_ work: (_ thread: Int) -> Void) {
        guard let pool else { return work(0) }
        withoutActuallyEscaping(work) { work in
            var box = Work(body: work)
            withUnsafeMutablePointer(to: &box) { box in
                ck_pool_run(
                    pool,
                    { context, thread in
                        context?.assumingMemoryBound(to: Work.self).pointee.body(Int(thread))
                    }, box)
            }
        }
    }

    private struct Work {
        let body: (Int) -> Void
    }
}
