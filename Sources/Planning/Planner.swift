/// Finds the cheapest sequence of actions from a state to a goal.
///
/// Planning here is goal-oriented action planning: a ``WorldState`` is a small set of ``Fact``s; a ``PlanningAction``
/// needs some, and promises to establish and retract others; its cost is what the ``CostModel`` has learnt, expected
/// seconds ÷ chance of success. The planner searches with A\* under the landmark-cut heuristic, which never
/// overestimates, so that the ``Plan`` is a cheapest one. The ``Executive`` carries plans out, compares what was
/// promised with what is observed, and plans again at every surprise.
///
/// ```swift
/// let planner = Planner(actions: [walk, openDoor, climbIn])
/// let plan = try planner.plan(from: ["keyInHand"], to: ["inside"])
/// ```
///
/// For equal input the plan is equal; among equally cheap plans the order of the actions decides.
package struct Planner: Sendable {
    package let actions: [PlanningAction]
    package var costs: CostModel
    /// How many states a search may look at before it says ``PlanningError/searchTooLarge(_:states:)``.
    package let stateLimit: Int

    package init(actions: [PlanningAction], costs: CostModel = CostModel(), stateLimit: Int = 50_000) {
        precondition(Set(actions.map(\.name)).count == actions.count, "two actions share a name")
        self.actions = actions
        self.costs = costs
        self.stateLimit = stateLimit
    }

    /// The cheapest plan that does without the actions named in `ruledOut`.
    package func plan(
        from state: WorldState, to goal: Goal, without ruledOut: Set<String> = []
    ) throws(PlanningError) -> Plan {
        let available = actions.filter { !ruledOut.contains($0.name) }
        let estimates = available.map(costs.estimate)
        let problem = GroundProblem(
            actions: available, costs: estimates.map(\.microseconds), start: state, goal: goal)
        var search = CheapestPathSearch(problem, stateLimit: stateLimit)
        switch search.run() {
        case .path(let path):
            return Plan(goal: goal, steps: path.map { Plan.Step(action: available[$0], estimate: estimates[$0]) })
        case .noPath:
            throw .unreachable(UnreachableGoal(goal, from: state, by: actions, without: ruledOut))
        case .limitReached:
            throw .searchTooLarge(goal, states: stateLimit)
        }
    }
}
