/// A piece of work that takes several forward passes and shares each with other jobs.
///
/// A step goes: every job appends rows to the batch, the batch passes the model, every job reads the logits that it asked
/// for, and ends its step.
protocol Job: AnyObject {
    /// Pages of cache that the job may come to hold.
    var pages: Int { get }
    /// Whether its rows are of texts that are read, such as prompts, and get a prompt's precision. Others go first.
    var onlyReads: Bool { get }
    /// Whether the one who asked has lost interest.
    var isCancelled: Bool { get }
    var isDone: Bool { get }

    /// Takes from the prefix cache what it has. Called once, before the first step.
    func begin(_ cache: PromptCache)
    /// Appends up to `budget` rows.
    func contribute(to batch: Batch, budget: Int)
    /// The outputs of the batch that are this job's.
    var outputs: Range<Int> { get }
    /// Reads, and may change, the logits of one output, counted from the job's first. Called in order.
    func read(_ logits: UnsafeMutableBufferPointer<Float>, output: Int)
    func endStep()
    /// Hands the cache what later requests may want, and tells the one who asked that it is over.
    func end(_ cache: PromptCache, error: (any Error)?)
}
