import Planning

/// The facts of the repair domain; see "The planner" in the design.
extension Fact {
    /// The run's base is snapshot and checked out where candidates can be tried.
    static let worktreeReady: Fact = "worktreeReady"
    static let toolchainKnown: Fact = "toolchainKnown"
    /// The base builds, so its tests can be run.
    static let baseBuilt: Fact = "baseBuilt"
    /// The base does not build: the compiler's errors are the evidence.
    static let buildBroken: Fact = "buildBroken"
    /// Some test fails each time it is run.
    static let failureReproduced: Fact = "failureReproduced"
    /// Every test passes (flaky ones aside).
    static let nothingFails: Fact = "nothingFails"
    static let suspectsRanked: Fact = "suspectsRanked"
    /// Coverage names no editable line, e.g. because the program dies before it can say anything.
    static let coverageSilent: Fact = "coverageSilent"
    /// No stack frame lies in an editable file.
    static let tracesSilent: Fact = "tracesSilent"
    static let templatesReady: Fact = "templatesReady"
    static let infillsReady: Fact = "infillsReady"
    static let bothReady: Fact = "bothReady"
    static let secondEditsReady: Fact = "secondEditsReady"
    /// A candidate turns every fail-to-pass test green.
    static let targetsPass: Fact = "targetsPass"
    /// Candidates ran out, and one of them turned some fail-to-pass tests green.
    static let partialFound: Fact = "partialFound"
    static let noRegression: Fact = "noRegression"
    static let patchMinimal: Fact = "patchMinimal"
    static let delivered: Fact = "delivered"
    /// Time and candidates are left; without it only what is at hand is proven and handed over.
    static let withinBudget: Fact = "withinBudget"
    /// The run has ended without a patch, and said why.
    static let abstained: Fact = "abstained"
}
