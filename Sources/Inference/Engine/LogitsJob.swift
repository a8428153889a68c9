/// Gives the logits after a text, or after each of its tokens.
final class LogitsJob: Job {
    /// What to do with the logits that follow the token at a position.
    typealias Reader = @Sendable (_ position: Int, _ logits: UnsafeBufferPointer<Float>) -> Void

    let pages: Int
    private let tokens: [Token]
    private let everywhere: Bool
    private let asGenerated: Bool
    private let reader: Reader
    private let cancellation: Cancellation
    private let result: CheckedContinuation<Void, any Error>
    private var feed: PromptFeed?
    private(set) var outputs = 0..<0
    private var nextPosition: Int

    init(
        _ tokens: [Token], everywhere: Bool, asGenerated: Bool, _ cancellation: Cancellation,
        _ result: CheckedContinuation<Void, any Error>, _ reader: @escaping Reader
    ) {
        self.tokens = tokens
        self.everywhere = everywhere
        self.asGenerated = asGenerated
        self.reader = reader
        self.cancellation = cancellation
        self.result = result
        pages = CacheGeometry.pages(for: tokens.count)
        nextPosition = everywhere ? 0 : tokens.count - 1
    }

    var onlyReads: Bool { !asGenerated }
    var isCancelled: Bool { cancellation.isRequested }
    var isDone: Bool { nextPosition == tokens.count }

    func begin(_ cache: PromptCache) {
        feed = PromptFeed(tokens, cache, usesCache: !everywhere)
    }

    func contribute(to batch: Batch, budget: Int) {
        // Those that generate go first, and expect each other to want a few rows.
        let budget = asGenerated ? min(budget, ForwardPass.logitRows) : budget
        outputs = feed?.contribute(to: batch, budget: budget, wanted: everywhere ? .all : nil) ?? 0..<0
    }

    func read(_ logits: UnsafeMutableBufferPointer<Float>, output: Int) {
        reader(nextPosition, UnsafeBufferPointer(logits))
        nextPosition += 1
    }

    func endStep() {}

    func end(_ cache: PromptCache, error: (any Error)?) {
        // A prompt never gets keys and values of the other precision.
        if let feed, feed.isComplete, !asGenerated { cache.keep(feed.sequence) }
        if let error { result.resume(throwing: error) } else { result.resume() }
    }
}
