/// Something that can be done: what it needs, what it promises, and what it is thought to cost before there is history.
///
/// ```swift
/// PlanningAction(
///     "openDoor", requires: ["atDoor", "keyInHand"], forbids: ["alarmOn"], establishes: ["doorOpen"],
///     prior: ActionPrior(seconds: 2, chance: 0.9))
/// ```
package struct PlanningAction: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Unique among the actions of a planner; history is kept under it.
    package let name: String
    /// Facts that must hold before.
    package let requires: Set<Fact>
    /// Facts that must not hold before.
    package let forbids: Set<Fact>
    /// Facts promised to hold after; they win over `retracts`.
    package let establishes: Set<Fact>
    /// Facts promised not to hold after.
    package let retracts: Set<Fact>
    package let prior: ActionPrior

    package init(
        _ name: String, requires: Set<Fact> = [], forbids: Set<Fact> = [], establishes: Set<Fact>,
        retracts: Set<Fact> = [], prior: ActionPrior
    ) {
        self.name = name
        self.requires = requires
        self.forbids = forbids
        self.establishes = establishes
        self.retracts = retracts
        self.prior = prior
    }

    package var description: String { name }

    var preconditions: [Condition] {
        requires.map { Condition($0) } + forbids.map { Condition($0, holds: false) }
    }

    var effects: [Condition] {
        establishes.map { Condition($0) } + retracts.subtracting(establishes).map { Condition($0, holds: false) }
    }
}

/// What is believed about an action before it was ever seen to run.
package struct ActionPrior: Hashable, Sendable, Codable {
    package let seconds: Double
    /// That a run keeps the action's promise; between 0 and 1.
    package let chance: Double
    /// How many observed runs the belief is worth: the Beta prior's α + β.
    package let weight: Double

    package init(seconds: Double, chance: Double, weight: Double = 4) {
        precondition(seconds >= 0 && (0...1).contains(chance) && weight > 0, "a prior is out of range")
        self.seconds = seconds
        self.chance = chance
        self.weight = weight
    }
}
