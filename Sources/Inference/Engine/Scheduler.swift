/// Puts the work of all jobs together, step by step (continuous batching, Yu et al. 2022).
///
/// Jobs that generate come first, each with a row or a few; what is left of the batch goes to prompts, in chunks, so that
/// a long prompt does not stop the others.
final class Scheduler {
    /// Rows for prompts in a batch in which others generate.
    private static let politeRows = 128

    private let pass: ForwardPass
    private let cache: PromptCache
    private let batch = Batch()
    /// Pages that jobs under way may come to hold, together.
    private let pageLimit: Int
    private var waiting: [any Job] = []
    private var active: [any Job] = []

    init(_ pass: ForwardPass, _ cache: PromptCache, pageLimit: Int) {
        self.pass = pass
        self.cache = cache
        self.pageLimit = pageLimit
    }

    var isIdle: Bool { waiting.isEmpty && active.isEmpty }

    func admit(_ jobs: [any Job]) {
        waiting.append(contentsOf: jobs)
        var pages = active.reduce(0) { $0 + $1.pages }
        while let next = waiting.first, active.isEmpty || pages + next.pages <= pageLimit {
            waiting.removeFirst()
            pages += next.pages
            next.begin(cache)
            active.append(next)
        }
    }

    /// One batch of all jobs that there are.
    func step() {
        retire()
        batch.removeAll()
        let generating = active.contains { !$0.onlyReads }
        for job in active where !job.onlyReads { job.contribute(to: batch, budget: pass.rows - batch.count) }
        batch.beginPrompts()
        let limit = generating ? min(pass.rows, batch.count + Self.politeRows) : pass.rows
        for job in active where job.onlyReads { job.contribute(to: batch, budget: limit - batch.count) }
        guard batch.count > 0 else { return }
        pass.run(batch)
        readLogits()
        for job in active { job.endStep() }
        retire()
    }

    /// Ends everything, because the engine is no longer wanted.
    func abandon() {
        for job in active + waiting { job.end(cache, error: CancellationError()) }
        active = []
        waiting = []
    }

    private func readLogits() {
        let vocabulary = pass.transformer.vocabulary
        for start in stride(from: 0, to: batch.outputs.count, by: ForwardPass.logitRows) {
            let window = start..<min(start + ForwardPass.logitRows, batch.outputs.count)
            let logits = pass.logits(window)
            for job in active {
                for output in job.outputs.clamped(to: window) {
                    let offset = (output - start) * vocabulary
                    job.read(
                        UnsafeMutableBufferPointer(rebasing: logits[offset..<offset + vocabulary]),
                        output: output - job.outputs.lowerBound)
                }
            }
        }
    }

    private func retire() {
        active.removeAll { job in
            guard job.isDone || job.isCancelled else { return false }
            job.end(cache, error: job.isDone ? nil : CancellationError())
            return true
        }
        waiting.removeAll { job in
            guard job.isCancelled else { return false }
            job.end(cache, error: CancellationError())
            return true
        }
    }
}
