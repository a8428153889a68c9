/// The record of one run: how it ended, what it used, what it said, and which promises held meanwhile.
package struct CommandResult: Sendable, Codable {
    package enum Ending: Sendable, Codable, Hashable {
        case exited(Int32)
        case signalled(Int32, core: Bool)
        /// The wall clock's limit, or that on processor time: see ``CommandResult/processorTimeSpent``.
        case timedOut
        case outOfMemory
        /// One stream went past the hard limit on output.
        case outputLimit
        /// What was written to a copy-on-write worktree filled the space that the profile gives.
        case diskLimit
        /// The program could not be started; says why.
        case execFailed(String)
        /// The walls could not be built, or were torn down from outside; says why. Nothing is known about the program.
        case sandboxFailed(String)
        /// The task that ran it was cancelled.
        case cancelled
    }

    package let ending: Ending
    /// Whether the program was asked to end, did not within its grace, and was killed.
    package let graceUsed: Bool
    /// Whether it was the limit on processor time that ended the run.
    package let processorTimeSpent: Bool
    package let standardOutput: CapturedOutput
    package let standardError: CapturedOutput
    package let wall: Duration
    package let userCPU: Duration
    package let systemCPU: Duration
    /// Of all processes together where control groups say so, of the largest one otherwise.
    package let peakMemoryBytes: Int?
    /// Processes that the kernel killed because memory ran out, even if the program then went on.
    package let outOfMemoryKills: Int
    /// The most processes and threads at one time: the kernel's count where control groups have one, else the most seen
    /// by looking a few times a second; nil where the run ended before anyone looked.
    package let peakProcesses: Int?
    /// Processes that were still there when the program had ended, and were killed.
    package let survivors: Int
    /// What the run made on the host and could not remove; the next start tries again.
    package let leftovers: [String]
    package let guarantees: [Guarantee]
    /// What a look through the worktree found afterwards that a reader should beware of.
    package internal(set) var findings: [Finding] = []

    /// Whether the program ran and ended with status 0.
    package var succeeded: Bool { ending == .exited(0) }
}
