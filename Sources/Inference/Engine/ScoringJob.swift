import CKernels

/// Finds how likely the model holds continuations of one prefix to be: the prefix once, then all of them in one batch.
final class ScoringJob: Job {
    let pages: Int
    private let prefix: [Token]
    private let continuations: [[Token]]
    private let cancellation: Cancellation
    private let result: CheckedContinuation<[[Float]], any Error>

    private var feed: PromptFeed?
    private var forks: [CachedSequence?] = []
    private var scores: [[Float]]
    private(set) var outputs = 0..<0
    /// For each output of this step, the continuation whose next token it scores.
    private var readers: [Int] = []
    private var isPrefixRead = false

    init(
        prefix: [Token], continuations: [[Token]], _ cancellation: Cancellation,
        _ result: CheckedContinuation<[[Float]], any Error>
    ) {
        self.prefix = prefix
        self.continuations = continuations
        self.cancellation = cancellation
        self.result = result
        scores = Array(repeating: [], count: continuations.count)
        let own = continuations.reduce(0) { $0 + CacheGeometry.pages(for: $1.count) + 1 }
        pages = CacheGeometry.pages(for: prefix.count) + own
    }

    /// Continuations are read like a prompt: nothing is generated.
    var onlyReads: Bool { true }
    var isCancelled: Bool { cancellation.isRequested }
    var isDone: Bool { isPrefixRead && zip(scores, continuations).allSatisfy { $0.count == $1.count } }

    func begin(_ cache: PromptCache) {
        feed = PromptFeed(prefix, cache)
    }

    func contribute(to batch: Batch, budget: Int) {
        outputs = 0..<0
        readers.removeAll(keepingCapacity: true)
        guard isPrefixRead else {
            outputs = feed?.contribute(to: batch, budget: budget) ?? 0..<0
            return
        }
        let first = batch.outputs.count
        for (index, continuation) in continuations.enumerated() {
            // The last token's own logits say nothing of the continuation.
            let next = scores[index].count - 1
            let room = budget - (batch.outputs.count - first)
            guard room > 0 else { break }
            guard next >= 0, next < continuation.count - 1, let sequence = fork(index) else { continue }
            let end = min(next + room, continuation.count - 1)
            let own = batch.append(continuation[next..<end], to: sequence, wanted: .all)
            readers.append(contentsOf: repeatElement(index, count: own.count))
        }
        outputs = first..<batch.outputs.count
    }

    private func fork(_ index: Int) -> CachedSequence? {
        if forks[index] == nil { forks[index] = feed?.sequence.fork() }
        return forks[index]
    }

    func read(_ logits: UnsafeMutableBufferPointer<Float>, output: Int) {
        guard let start = logits.baseAddress else { return }
        let logSum = ck_log_sum_exp(start, Int64(logits.count))
        if !isPrefixRead {
            isPrefixRead = true
            forks = Array(repeating: nil, count: continuations.count)
            for (index, continuation) in continuations.enumerated() {
                if let token = continuation.first { scores[index].append(logits[Int(token)] - logSum) }
            }
            return
        }
        let index = readers[output]
        scores[index].append(logits[Int(continuations[index][scores[index].count])] - logSum)
    }

    func endStep() {
        for index in forks.indices where scores[index].count == continuations[index].count { forks[index] = nil }
    }

    func end(_ cache: PromptCache, error: (any Error)?) {
        if let feed, feed.isComplete {
            cache.keep(feed.sequence)
            cache.store(feed.sequence)
        }
        if let error { result.resume(throwing: error) } else { result.resume(returning: scores) }
    }
}
