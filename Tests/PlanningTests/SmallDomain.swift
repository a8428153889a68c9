import Planning

/// A random domain small enough that every state can be looked at: seven facts, up to ten actions.
struct SmallDomain {
    static let facts: [Fact] = ["a", "b", "c", "d", "e", "f", "g"]

    let actions: [PlanningAction]
    let start: WorldState
    let goal: Goal

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func some(_ count: ClosedRange<Int>) -> Set<Fact> {
            let wanted = Int.random(in: count, using: &generator)
            return Set((0..<wanted).compactMap { _ in Self.facts.randomElement(using: &generator) })
        }
        let actionCount = Int.random(in: 3...10, using: &generator)
        actions = (0..<actionCount).map { number in
            PlanningAction(
                "action\(number)", requires: some(0...2), forbids: some(0...1), establishes: some(1...2),
                retracts: some(0...2),
                prior: ActionPrior(
                    seconds: .random(in: 0...5, using: &generator), chance: .random(in: 0.1...1, using: &generator)))
        }
        start = WorldState(some(0...2))
        goal = Goal(some(1...3))
    }

    /// The cheapest cost to every state that can be reached, by relaxing all transitions until nothing changes.
    func cheapestCosts(_ costs: CostModel = CostModel(), without ruledOut: Set<String> = []) -> [WorldState: Duration] {
        let available = actions.filter { !ruledOut.contains($0.name) }
        var cheapest: [WorldState: Duration] = [start: .zero]
        var changed = true
        while changed {
            changed = false
            for (state, cost) in cheapest {
                for action in available where state.permits(action) {
                    let next = state.predicted(after: action)
                    let total = cost + costs.estimate(of: action).cost
                    guard cheapest[next].map({ total < $0 }) ?? true else { continue }
                    cheapest[next] = total
                    changed = true
                }
            }
        }
        return cheapest
    }

    /// The cost of the cheapest way to the goal; nil when there is none.
    func cheapestCostToGoal(_ costs: CostModel = CostModel()) -> Duration? {
        cheapestCosts(costs).filter { $0.key.satisfies(goal) }.values.min()
    }
}
