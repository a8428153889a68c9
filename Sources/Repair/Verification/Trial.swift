/// What became of one candidate: the result of running tests on it.
package struct Trial: Sendable, Codable {
    package enum Outcome: String, Sendable, Codable {
        /// Every fail-to-pass test passes; pass-to-pass tests are not judged yet.
        case targetsPass
        /// Some fail-to-pass tests pass, not all.
        case partial
        /// No fail-to-pass test passes.
        case unfixed
        case buildFailed
        case timedOut
        case crashed
        /// A pass-to-pass test fails.
        case regressed
        /// Every test was run again in a clean worktree, and none went the wrong way.
        case proven
    }

    /// Equal programs have equal fingerprints; see `ChangedFiles.fingerprint`.
    package var fingerprint: String
    package var candidate: Candidate
    package var outcome: Outcome
    /// Fail-to-pass tests that passed.
    package var passed: [String]
    package var seconds: Double
    /// Taken from an earlier run of the same base and tests instead of being run.
    package var isReused = false

    package init(
        fingerprint: String, candidate: Candidate, outcome: Outcome, passed: [String], seconds: Double,
        isReused: Bool = false
    ) {
        self.fingerprint = fingerprint
        self.candidate = candidate
        self.outcome = outcome
        self.passed = passed
        self.seconds = seconds
        self.isReused = isReused
    }
}
