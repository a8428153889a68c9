import Planning
import Testing

@Suite struct PlannerTests {
    @Test("the plan found costs exactly what the cheapest of all ways costs", arguments: 0..<20)
    func isCheapest(block: UInt64) throws {
        for seed in block * 30..<(block + 1) * 30 {
            let domain = SmallDomain(seed: seed)
            let found = try? Planner(actions: domain.actions).plan(from: domain.start, to: domain.goal)
            #expect(found?.cost == domain.cheapestCostToGoal(), "seed \(seed)")
        }
    }

    @Test("every step of a plan is permitted when its turn comes, and the last one reaches the goal")
    func isExecutable() throws {
        var planCount = 0
        for seed in 0..<300 as Range<UInt64> {
            let domain = SmallDomain(seed: seed)
            guard let plan = try? Planner(actions: domain.actions).plan(from: domain.start, to: domain.goal) else {
                continue
            }
            planCount += 1
            var state = domain.start
            for step in plan.steps {
                #expect(state.permits(step.action), "seed \(seed)")
                state = state.predicted(after: step.action)
            }
            #expect(state.satisfies(domain.goal), "seed \(seed)")
        }
        #expect(planCount > 100)
    }

    @Test("equal input gives an equal plan")
    func isDeterministic() {
        for seed in 0..<100 as Range<UInt64> {
            let plans = (0..<3).map { _ in
                let domain = SmallDomain(seed: seed)
                return Result { () throws(PlanningError) in
                    try Planner(actions: domain.actions).plan(from: domain.start, to: domain.goal)
                }
            }
            #expect(plans[0] == plans[1], "seed \(seed)")
            #expect(plans[0] == plans[2], "seed \(seed)")
        }
    }

    @Test("of two equally cheap actions the first given is taken")
    func tiesGoByOrder() throws {
        let twins = ["second", "first"].map { PlanningAction($0, establishes: ["done"], prior: .sure(seconds: 1)) }
        #expect(try Planner(actions: twins).plan(from: [], to: ["done"]).names == ["second"])
        #expect(try Planner(actions: twins.reversed()).plan(from: [], to: ["done"]).names == ["first"])
    }

    @Test("a slow sure way is preferred to a fast one that seldom works")
    func weighsTimeByChance() throws {
        let gamble = PlanningAction("gamble", establishes: ["rich"], prior: ActionPrior(seconds: 1, chance: 0.01))
        let work = PlanningAction("work", establishes: ["rich"], prior: ActionPrior(seconds: 50, chance: 0.99))
        #expect(try Planner(actions: [gamble, work]).plan(from: [], to: ["rich"]).names == ["work"])
    }

    @Test("a forbidden fact is removed first")
    func honoursNegativePreconditions() throws {
        let enter = PlanningAction("enter", forbids: ["doorClosed"], establishes: ["inside"], prior: .sure(seconds: 1))
        let open = PlanningAction("open", establishes: [], retracts: ["doorClosed"], prior: .sure(seconds: 1))
        let planner = Planner(actions: [enter, open])
        #expect(try planner.plan(from: ["doorClosed"], to: ["inside"]).names == ["open", "enter"])
        #expect(try planner.plan(from: [], to: ["inside"]).names == ["enter"])
    }

    @Test("a goal that holds already needs no action")
    func emptyPlan() throws {
        let plan = try Planner(actions: []).plan(from: ["done"], to: ["done"])
        #expect(plan.steps == [])
        #expect(plan.description == "done already holds: nothing to do")
    }

    @Test("an action that is ruled out is done without")
    func ruledOut() throws {
        let cheap = PlanningAction("cheap", establishes: ["done"], prior: .sure(seconds: 1))
        let dear = PlanningAction("dear", establishes: ["done"], prior: .sure(seconds: 9))
        let plan = try Planner(actions: [cheap, dear]).plan(from: [], to: ["done"], without: ["cheap"])
        #expect(plan.names == ["dear"])
    }

    @Test("a search past its limit says so instead of going on")
    func stateLimit() {
        let actions = (0..<20).map { number in
            PlanningAction("a\(number)", establishes: ["f\(number)"], prior: .sure(seconds: 1))
        }
        let goal = Goal(Set((0..<20).map { "f\($0)" }))
        #expect(throws: PlanningError.searchTooLarge(goal, states: 3)) {
            try Planner(actions: actions, stateLimit: 3).plan(from: [], to: goal)
        }
    }

    @Test("a plan reads as a table of actions with seconds, chance and cost")
    func description() throws {
        let walk = PlanningAction("walk", establishes: ["there"], prior: ActionPrior(seconds: 90, chance: 0.5))
        let knock = PlanningAction(
            "knock", requires: ["there"], establishes: ["heard"], prior: ActionPrior(seconds: 0.25, chance: 1))
        let plan = try Planner(actions: [walk, knock]).plan(from: [], to: ["heard"])
        #expect(
            plan.description == """
                plan for heard: 2 actions, 90.3 s if all goes well (chance 50 %), cost 3 min 0 s
                   1. walk       90.0 s  chance  50 %  cost 3 min 0 s
                   2. knock      0.25 s  chance 100 %  cost 0.25 s
                """)
    }
}

extension Plan {
    var names: [String] { steps.map(\.action.name) }
}

extension ActionPrior {
    /// Always works.
    static func sure(seconds: Double) -> ActionPrior { ActionPrior(seconds: seconds, chance: 1) }
}
