package import Planning

/// One thing that a run can do: it reads the blackboard, does it, and reports the facts it established.
///
/// To add an action, write it in a file of its own and name it in ``all``.
package protocol RepairAction: Sendable {
    /// What the planner knows of it.
    var planning: PlanningAction { get }

    /// Whether a run in this environment can do it at all; true unless an action says otherwise.
    func isPossible(in environment: RunEnvironment) -> Bool

    func perform(on board: isolated Blackboard) async throws -> Observation
}

extension RepairAction {
    package func isPossible(in environment: RunEnvironment) -> Bool { true }
}

/// Every action of the repair domain.
package enum RepairActions {
    package static let all: [any RepairAction] = [
        OpenWorktree(), DetectToolchain(), BuildBase(), Reproduce(),
        LocaliseBySpectrum(), LocaliseByTrace(), LocaliseByDiagnostics(), RetrieveByIssue(),
        ProposeCandidates(.templates), ProposeCandidates(.infills), ProposeCandidates(.both),
        Verify(.templates), Verify(.infills), Verify(.both), BuildOnPartial(), Verify(.secondEdits),
        VerifyAll(), Minimise(), Deliver(),
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
