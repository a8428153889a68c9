/// Feeds a prompt to the model in chunks, beginning with what the cache already has.
struct PromptFeed {
    let prompt: [Token]
    private(set) var sequence: CachedSequence
    private(set) var cachedTokens: Int
    /// Whether the last chunk is in the batch.
    private(set) var isComplete = false

    init(_ prompt: [Token], _ cache: PromptCache, usesCache: Bool = true) {
        self.prompt = prompt
        sequence = usesCache ? cache.sequence(for: prompt) : CachedSequence(in: cache.pool)
        cachedTokens = sequence.count
    }

    /// Appends the next chunk; returns the output of the last token, once that is among them.
    mutating func contribute(to batch: Batch, budget: Int, wanted: Batch.Wanted? = nil) -> Range<Int> {
        let end = min(prompt.count, sequence.count + budget)
        guard sequence.count < end else { return 0..<0 }
        isComplete = end == prompt.count
        return batch.append(
            prompt[sequence.count..<end], to: sequence, wanted: wanted ?? (isComplete ? .last : .none))
    }
}
