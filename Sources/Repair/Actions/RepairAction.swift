package import Planning

/// One thing that a run can do: it reads the blackboard, does it, and reports the facts it established.
///
/// To add an action, write it in a file of its own and name it in ``all``.
package protocol RepairAction: Sendable {
    /// What the planner knows of it.
    var planning: PlanningAction { get }

    func perform(on board: isolated Blackboard) async throws -> Observation
}

/// Every action of the repair domain.
package enum RepairActions {
    package static let all: [any RepairAction] = [
        OpenWorktree(), DetectToolchain(), BuildBase(), Reproduce(),
        LocaliseBySpectrum(), LocaliseByTrace(), LocaliseByDiagnostics(), RetrieveByIssue(),
        ProposeCandidates(), Verify(), BuildOnPartial(), VerifyAll(), Minimise(), Deliver(),
        Abstain(),
    ]
}

/// A run cannot go on for a reason outside the program under repair.
package struct EnvironmentFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
