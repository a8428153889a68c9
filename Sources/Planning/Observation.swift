/// What was seen to come of one run of an action.
package struct Observation: Hashable, Sendable, Codable {
    /// Facts that hold now, promised or not.
    package var established: Set<Fact>
    /// Facts that hold no longer; `established` wins over them.
    package var retracted: Set<Fact>
    /// Whether the action failed, whatever facts it left behind.
    package var failed: Bool
    /// Whether running the action again is pointless in this execution, be it that it failed for good or that it has
    /// nothing more to give.
    package var exhausted: Bool
    /// What was used up, by the name of its ``Budget``; wall-clock time is not said here but measured.
    package var spent: [String: Int]
    /// For people: what happened, in one line.
    package var note: String

    package init(
        established: Set<Fact> = [], retracted: Set<Fact> = [], failed: Bool = false, exhausted: Bool = false,
        spent: [String: Int] = [:], note: String = ""
    ) {
        self.established = established
        self.retracted = retracted
        self.failed = failed
        self.exhausted = exhausted
        self.spent = spent
        self.note = note
    }

    /// Everything came out as the action promised.
    package static func asPromised(by action: PlanningAction, spent: [String: Int] = [:], note: String = "") -> Self {
        Observation(established: action.establishes, retracted: action.retracts, spent: spent, note: note)
    }

    /// The action failed and changed nothing.
    package static func failure(exhausted: Bool = false, spent: [String: Int] = [:], note: String) -> Self {
        Observation(failed: true, exhausted: exhausted, spent: spent, note: note)
    }
}
