import Planning
import Testing

/// A cook: bread from flour, by oven or by pan.
private let knead = PlanningAction("knead", requires: ["flour"], establishes: ["dough"], prior: .sure(seconds: 5))
private let bake = PlanningAction(
    "bake", requires: ["dough"], establishes: ["bread"], retracts: ["dough"], prior: .sure(seconds: 10))
private let fry = PlanningAction(
    "fry", requires: ["dough"], establishes: ["bread"], retracts: ["dough"], prior: .sure(seconds: 90))
private let goHungry = PlanningAction("goHungry", establishes: ["hungry"], prior: .sure(seconds: 1))

@Suite struct ExecutiveTests {
    private let log = EventLog()

    private func executive(
        _ actions: [PlanningAction], budgets: [Budget] = [], patience: Executive.Patience = .init(),
        clock: any Clock<Duration> = ManualClock()
    ) -> Executive {
        Executive(Planner(actions: actions), budgets: budgets, patience: patience, clock: clock, report: log.record)
    }

    @Test("a plan whose promises are all kept runs once through")
    func straightRun() async {
        let execution = await executive([knead, bake, fry]).run(from: ["flour"], to: ["bread"]) { action, _ in
            .asPromised(by: action)
        }
        #expect(execution.ending == .reached(["bread"]))
        #expect(execution.state == ["flour", "bread"])
        #expect(log.actionsRun == ["knead", "bake"])
        #expect(log.plans.count == 1)
        #expect(log.events.last == .ended(.reached(["bread"])))
    }

    @Test("a broken promise is reported as a surprise, and another way is taken once it is cheaper")
    func replansAtSurprise() async {
        let clock = ManualClock()
        let execution = await executive([knead, bake, fry], clock: clock).run(from: ["flour"], to: ["bread"]) {
            action, _ in
            clock.advance(by: .seconds(action.prior.seconds))
            return action == bake ? .failure(exhausted: true, note: "the oven is cold") : .asPromised(by: action)
        }
        #expect(execution.ending == .reached(["bread"]))
        #expect(log.actionsRun == ["knead", "bake", "fry"])
        #expect(log.plans.map(\.names) == [["knead", "bake"], ["fry"]])
        #expect(log.plans.last?.reason == .surprise(action: "bake"))
        let surprise = ExecutiveEvent.surprised(
            bake, missing: [Condition("bread"), Condition("dough", holds: false)], unexpected: [])
        #expect(log.events.contains(surprise))
        #expect(log.events.contains(.ruledOut(bake, because: .exhausted)))
    }

    @Test("what an action costs is learnt while running")
    func learns() async throws {
        let clock = ManualClock()
        let execution = await executive([knead, bake], clock: clock).run(from: ["flour"], to: ["bread"]) { action, _ in
            clock.advance(by: .seconds(30))
            return .asPromised(by: action)
        }
        #expect(abs(execution.costs.estimate(of: bake).seconds - 14) < 1e-9)
        #expect(try #require(execution.costs.statistics["bake"]).trials == 1)
    }

    @Test("an action that fails without effect is tried again, but not for ever")
    func givesUpFruitlessActions() async {
        let execution = await executive([knead, bake]).run(from: ["flour"], to: ["bread"]) { action, _ in
            action == bake ? .failure(note: "no gas") : .asPromised(by: action)
        }
        #expect(log.actionsRun == ["knead", "bake", "bake", "bake"])
        #expect(log.events.contains(.ruledOut(bake, because: .fruitless(times: 3))))
        guard case .gaveUp(.unreachable(let report)) = execution.ending else {
            Issue.record("\(execution.ending)")
            return
        }
        #expect(report.summary == "cannot reach bread: bread is missing: bake is ruled out")
    }

    @Test("an unexpected stroke of luck shortens the plan")
    func takesOpportunities() async {
        let execution = await executive([knead, bake]).run(from: ["flour"], to: ["bread"]) { _, _ in
            Observation(established: ["bread"], note: "a neighbour brought some")
        }
        #expect(execution.ending == .reached(["bread"]))
        #expect(log.actionsRun == ["knead"])
        #expect(log.events.contains(.surprised(knead, missing: [Condition("dough")], unexpected: [Condition("bread")])))
    }

    @Test("rounds of proposing and testing go on until one comes true")
    func loops() async {
        let propose = PlanningAction("propose", establishes: ["proposal"], prior: ActionPrior(seconds: 1, chance: 0.9))
        let test = PlanningAction(
            "test", requires: ["proposal"], establishes: ["proven"], prior: ActionPrior(seconds: 2, chance: 0.3))
        var rounds = 0
        let execution = await executive([propose, test]).run(from: [], to: ["proven"]) { action, _ in
            guard action == test else { return .asPromised(by: action) }
            rounds += 1
            return rounds == 7 ? .asPromised(by: action) : Observation(retracted: ["proposal"], failed: true)
        }
        #expect(execution.ending == .reached(["proven"]))
        #expect(log.actionsRun == Array(repeating: ["propose", "test"], count: 7).flatMap(\.self))
    }

    @Test("an action that gave its last is not planned with again, though its promise was kept")
    func exhaustedAfterSuccess() async {
        let propose = PlanningAction("propose", establishes: ["proposal"], prior: .sure(seconds: 1))
        let test = PlanningAction("test", requires: ["proposal"], establishes: ["proven"], prior: .sure(seconds: 1))
        let execution = await executive([propose, test, goHungry]).run(
            from: [], to: ["proven"], otherwise: ["hungry"]
        ) { action, _ in
            switch action {
            case propose: Observation(established: ["proposal"], exhausted: true)
            case test: Observation(retracted: ["proposal"], failed: true)
            default: .asPromised(by: action)
            }
        }
        #expect(log.actionsRun == ["propose", "test", "goHungry"])
        guard case .reachedFallback(["hungry"], _) = execution.ending else {
            Issue.record("\(execution.ending)")
            return
        }
    }

    @Test("an error of the performer ends the execution and passes through")
    func errorsPassThrough() async {
        struct Broken: Error, Equatable {}
        await #expect(throws: Broken()) {
            try await executive([goHungry]).run(from: [], to: ["hungry"]) { _, _ in throw Broken() }
        }
    }

    @Test("no action is started after the task is cancelled")
    func cancellation() async {
        let executive = executive([knead, bake])
        let task = Task {
            await executive.run(from: ["flour"], to: ["bread"]) { action, _ in
                withUnsafeCurrentTask { $0?.cancel() }
                return .asPromised(by: action)
            }
        }
        #expect(await task.value.ending == .cancelled)
        #expect(log.actionsRun == ["knead"])
        #expect(log.events.last == .ended(.cancelled))
    }

    @Test("the events read as an explanation")
    func explanation() async {
        _ = await executive([knead, bake, goHungry]).run(from: ["flour"], to: ["bread"], otherwise: ["hungry"]) {
            action, _ in
            action == bake ? .failure(exhausted: true, note: "the oven is cold") : .asPromised(by: action)
        }
        let reason = "cannot reach bread: bread is missing: bake is ruled out"
        #expect(
            log.events.map(\.description).joined(separator: "\n") == """
                plan for bread: 2 actions, 15.0 s if all goes well (chance 100 %), cost 15.0 s
                   1. knead       5.0 s  chance 100 %  cost 5.0 s
                   2. bake       10.0 s  chance 100 %  cost 10.0 s
                knead: expected to take 5.0 s
                knead: done in 0.0 s
                bake: expected to take 10.0 s
                bake: did not do it in 0.0 s, the oven is cold
                surprise after bake; promised but not so: bread, not dough
                bake is not chosen again: it has nothing more to give
                cannot reach bread:
                  bread is missing: bake is ruled out
                planning again because bake did not do what it promised
                plan for hungry: 1 action, 1.0 s if all goes well (chance 100 %), cost 1.0 s
                   1. goHungry       1.0 s  chance 100 %  cost 1.0 s
                goHungry: expected to take 1.0 s
                goHungry: done in 0.0 s
                reached only hungry: \(reason)
                """)
    }
}
