/// The record of one run: how it ended, what it used, what it said, and which promises held meanwhile.
package struct CommandResult: Sendable, Codable {
    package enum Ending: Sendable, Codable, Hashable {
        case exited(Int32)
        case signalled(Int32, core: Bool)
        case timedOut
        case outOfMemory
        /// One stream went past the hard limit on output.
        case outputLimit
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
    package let standardOutput: CapturedOutput
    package let standardError: CapturedOutput
    package let wall: Duration
    package let userCPU: Duration
    package let systemCPU: Duration
    /// Of all processes together where control groups say so, of the largest one otherwise.
    package let peakMemoryBytes: Int?
    /// Processes that the kernel killed because memory ran out, even if the program then went on.
    package let outOfMemoryKills: Int
    package let guarantees: [Guarantee]

    /// Whether the program ran and ended with status 0.
    package var succeeded: Bool { ending == .exited(0) }
}
