import Planning
import Testing

@Suite struct UnreachableGoalTests {
    @Test("a goal is called unreachable exactly when it is, and each condition named missing is never so")
    func namesTrulyMissingConditions() throws {
        var reports = 0
        for seed in 0..<600 as Range<UInt64> {
            let domain = SmallDomain(seed: seed)
            let states = domain.cheapestCosts().keys
            guard let report = unreachable(domain) else { continue }
            reports += 1
            #expect(!states.contains { $0.satisfies(domain.goal) }, "seed \(seed)")
            guard case .missing(let missing) = report.cause else { continue }
            #expect(!missing.isEmpty, "seed \(seed)")
            #expect(missing.first.map { domain.goal.facts.contains($0.condition.fact) } == true, "seed \(seed)")
            for condition in missing.map(\.condition) {
                #expect(!states.contains { $0.facts.contains(condition.fact) == condition.holds }, "seed \(seed)")
            }
        }
        #expect(reports > 100)
    }

    private func unreachable(_ domain: SmallDomain) -> UnreachableGoal? {
        do {
            _ = try Planner(actions: domain.actions).plan(from: domain.start, to: domain.goal)
        } catch .unreachable(let report) {
            return report
        } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    @Test("the report leads from the goal down to what no action brings about")
    func explainsTheChain() throws {
        let bake = PlanningAction("bake", requires: ["dough"], establishes: ["bread"], prior: .sure(seconds: 1))
        let knead = PlanningAction(
            "knead", requires: ["flour", "water"], establishes: ["dough"], prior: .sure(seconds: 1))
        let error = try #require(throws: PlanningError.self) {
            try Planner(actions: [bake, knead]).plan(from: ["water"], to: ["bread"])
        }
        #expect(
            error.description == """
                cannot reach bread:
                  bread is missing: bake needs dough
                  dough is missing: knead needs flour
                  no action brings about flour
                """)
        #expect(error.summary == "cannot reach bread: no action brings about flour")
        #expect(error.code == "unreachable")
    }

    @Test("an action that is ruled out is named as the reason")
    func namesRuledOutActions() throws {
        let bake = PlanningAction("bake", establishes: ["bread"], prior: .sure(seconds: 1))
        let error = try #require(throws: PlanningError.self) {
            try Planner(actions: [bake]).plan(from: [], to: ["bread"], without: ["bake"])
        }
        #expect(error.summary == "cannot reach bread: bread is missing: bake is ruled out")
    }

    @Test("facts that only come one at a time are reported as a conflict")
    func reportsConflicts() throws {
        let sleep = PlanningAction("sleep", establishes: ["asleep"], retracts: ["awake"], prior: .sure(seconds: 1))
        let wake = PlanningAction("wake", establishes: ["awake"], retracts: ["asleep"], prior: .sure(seconds: 1))
        let error = try #require(throws: PlanningError.self) {
            try Planner(actions: [sleep, wake]).plan(from: ["awake"], to: ["asleep", "awake"])
        }
        #expect(
            error.summary
                == "cannot reach asleep and awake: every way to asleep undoes something that another step needs")
    }

    @Test("a forbidden fact that nothing retracts is named as such")
    func namesForbiddenFacts() throws {
        let enter = PlanningAction("enter", forbids: ["locked"], establishes: ["inside"], prior: .sure(seconds: 1))
        let error = try #require(throws: PlanningError.self) {
            try Planner(actions: [enter]).plan(from: ["locked"], to: ["inside"])
        }
        #expect(error.summary == "cannot reach inside: no action brings about not locked")
    }
}
