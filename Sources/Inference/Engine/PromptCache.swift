/// Where prompts' keys and values come from and go to: memory first, then a folder.
final class PromptCache {
    let pool: CachePool
    private var memory: PrefixCache
    private let folder: PrefixFolder?
    private let keepsGenerated: Bool
    private let workers: WorkerPool

    /// - Parameter keepsGenerated: whether generated tokens' keys and values are what a prompt's would be. Where they are not,
    ///   a prompt must not get them: its text would depend on what was generated before.
    init(_ pool: CachePool, bytes: Int, folder: PrefixFolder?, keepsGenerated: Bool, workers: WorkerPool) {
        self.pool = pool
        self.workers = workers
        self.keepsGenerated = keepsGenerated
        memory = PrefixCache(bytes: bytes, geometry: pool.geometry)
        self.folder = folder
    }

    /// A sequence that holds as many leading tokens of `prompt` as are known, but not all: the last must pass the model,
    /// for its logits are wanted.
    func sequence(for prompt: [Token]) -> CachedSequence {
        var known = memory.longestMatch(prompt) ?? CachedSequence(in: pool)
        if let folder { known = folder.longestMatch(prompt, extending: known, pool, workers) }
        known.truncate(to: prompt.count - 1)
        return known
    }

    func keep(_ sequence: CachedSequence) { memory.keep(sequence) }

    /// Keeps a prompt and what was generated after it.
    func keep(generated sequence: CachedSequence) {
        if keepsGenerated { memory.keep(sequence) }
    }

    /// Keeps a prompt for other processes, too.
    func store(_ sequence: CachedSequence) { folder?.store(sequence) }
}
