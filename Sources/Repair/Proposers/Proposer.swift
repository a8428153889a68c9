package import Editing
package import Toolchains

/// Makes candidates from what is known about the fault.
package protocol Proposer: Sendable {
    /// `template`, `infill` or `chat`.
    var name: String { get }

    /// Candidates at the suspects, most promising first, deterministic for equal input.
    func propose(_ request: ProposalRequest) async throws -> [Candidate]
}

/// What a proposer may look at.
package struct ProposalRequest: Sendable {
    /// Ranked, most suspicious first.
    package var suspects: [Suspect]
    /// Editable sources in which the suspects lie, as they are now: the base, or the base with `stages` applied.
    package var sources: [String: [UInt8]]
    /// Edits that `sources` already hold: those of a candidate that helped only partly.
    package var stages: [[FileEdit]]
    package var limit: Int
    /// What is to be mended: the failing tests, and whether the base builds at all.
    package var failures: [TestOutcome] = []
    package var isBuildBroken = false
    /// What the user wrote about the fault.
    package var issue: String?
    /// Whether a model is told the values that a failing test compared: in a second round, when the first brought nothing.
    package var tellsValues = false

    package init(suspects: [Suspect], sources: [String: [UInt8]], stages: [[FileEdit]] = [], limit: Int) {
        self.suspects = suspects
        self.sources = sources
        self.stages = stages
        self.limit = limit
    }
}
