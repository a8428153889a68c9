/// Whole new contents of a few files, to be tried against some tests.
package struct ScreeningCandidate: Sendable, Hashable {
    /// The caller's name for it; unique in one call.
    package var id: Int
    /// By path relative to the worktree. The files exist in the worktree.
    package var files: [String: [UInt8]]

    package init(id: Int, files: [String: [UInt8]]) {
        self.id = id
        self.files = files
    }
}

/// What a candidate's quick trial showed: a hint that a run of its own has to prove.
package struct ScreeningResult: Sendable, Hashable {
    package enum Ending: Sendable, Hashable {
        /// Every test asked for passed.
        case passed
        /// A test failed, or did not run to its end; the outcomes say which.
        case failed
        /// The code under test does not load.
        case buildFailed
        case timedOut
        case crashed
    }

    package var candidate: Int
    package var ending: Ending
    /// The tests that started, in order; with `stopAtFirstFailure` nothing follows the first failure.
    package var outcomes: [TestOutcome]

    package init(candidate: Int, ending: Ending, outcomes: [TestOutcome]) {
        self.candidate = candidate
        self.ending = ending
        self.outcomes = outcomes
    }
}

/// How a screening goes about it.
package struct ScreeningOptions: Sendable {
    /// The limit for one candidate, all its tests together.
    package var perCandidate: Duration
    /// Once a few candidates have run their tests and ended by themselves, the limit is this plus five times what the slowest of them took,
    /// where that is shorter than `perCandidate`. One that it ends has no result of the tests after the one that hangs.
    package var patience: Duration
    /// End with the first candidate that passes every test; those after it have no result.
    package var stopAtFirstHit: Bool
    /// End a candidate with its first failing test.
    package var stopAtFirstFailure: Bool
    /// The limit for the whole screening; candidates that it cuts off have no result.
    package var wallClock: Duration?

    package init(
        perCandidate: Duration, patience: Duration? = nil, stopAtFirstHit: Bool = true, stopAtFirstFailure: Bool = true,
        wallClock: Duration? = nil
    ) {
        self.perCandidate = perCandidate
        self.patience = patience ?? perCandidate
        self.stopAtFirstHit = stopAtFirstHit
        self.stopAtFirstFailure = stopAtFirstFailure
        self.wallClock = wallClock
    }
}

/// A toolchain that tries many candidates in one process, much faster than one run each.
///
/// Candidates of one screening share a process family and a worktree, so a hit is only a hint: prove it in a fresh run.
/// Whatever the code under test writes stays in the worktree: reset it afterwards.
package protocol ScreeningToolchain: Toolchain {
    /// Tries the candidates in order against `tests`.
    func screen(
        _ candidates: [ScreeningCandidate], tests: [TestID], options: ScreeningOptions, in workspace: Workspace
    ) async throws(ToolchainError) -> [ScreeningResult]
}
