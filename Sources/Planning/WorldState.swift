/// The facts that hold now; every other fact does not.
package struct WorldState: Hashable, Sendable, Codable {
    package var facts: Set<Fact>

    package init(_ facts: Set<Fact> = []) {
        self.facts = facts
    }

    /// Whether every fact of the goal holds.
    package func satisfies(_ goal: Goal) -> Bool { goal.facts.isSubset(of: facts) }

    /// Whether the action's preconditions hold.
    package func permits(_ action: PlanningAction) -> Bool {
        action.requires.isSubset(of: facts) && action.forbids.isDisjoint(with: facts)
    }

    /// The state as the action promises to leave it.
    package func predicted(after action: PlanningAction) -> WorldState {
        WorldState(facts.subtracting(action.retracts).union(action.establishes))
    }

    /// The state as the action was seen to leave it.
    package func observed(after observation: Observation) -> WorldState {
        WorldState(facts.subtracting(observation.retracted).union(observation.established))
    }
}

extension WorldState: ExpressibleByArrayLiteral, CustomStringConvertible {
    package init(arrayLiteral facts: Fact...) {
        self.init(Set(facts))
    }

    package var description: String { "{" + facts.sorted().map(\.description).joined(separator: ", ") + "}" }
}
