import Planning
import Testing

@Suite struct TerminationTests {
    @Test("replanning ends in a world that answers at random, within the attempts and the budget", arguments: 0..<20)
    func endsInAdversarialWorlds(block: UInt64) async {
        for seed in block * 15..<(block + 1) * 15 {
            let domain = SmallDomain(seed: seed)
            let spending = Set(domain.actions.prefix(3).map(\.name))
            let budget = Budget("amount", limit: .amount(25), within: "g", exhausted: "f")
            let patience = Executive.Patience(attempts: 12, fruitless: 3)
            let log = EventLog()
            var world = SeededGenerator(seed: ~seed)
            var spentBefore: [Int] = []
            var spent = 0
            let execution = await Executive(
                Planner(actions: domain.actions), budgets: [budget], patience: patience, clock: ManualClock(),
                report: log.record
            ).run(from: domain.start, to: domain.goal, otherwise: ["a", "b"]) { action, ledger in
                #expect(ledger.remaining("amount") == max(0, 25 - spent), "seed \(seed)")
                #expect(!action.requires.contains("g") || spent < 25, "an action overdrew, seed \(seed)")
                spentBefore.append(spent)
                var observation = Observation.adversarial(using: &world)
                if spending.contains(action.name) { observation.spent = ["amount": 3] }
                spent += observation.spent["amount", default: 0]
                return observation
            }
            let runs = Dictionary(grouping: log.actionsRun, by: \.self).mapValues(\.count)
            #expect(runs.values.allSatisfy { $0 <= 12 }, "seed \(seed)")
            #expect(log.events.last == .ended(execution.ending), "seed \(seed)")
            #expect(log.events.count { if case .ended = $0 { true } else { false } } == 1, "seed \(seed)")
            if case .reached(let goal) = execution.ending { #expect(execution.state.satisfies(goal), "seed \(seed)") }
        }
    }

    @Test("a world that keeps no promise and changes at every step is given up after the attempts allowed")
    func endsWhenNothingEverWorks() async {
        let log = EventLog()
        let push = PlanningAction("push", establishes: ["moved"], prior: .sure(seconds: 1))
        let pull = PlanningAction("pull", establishes: ["moved"], prior: .sure(seconds: 1))
        var tick = 0
        let execution = await Executive(
            Planner(actions: [push, pull]), patience: .init(attempts: 40), clock: ManualClock(), report: log.record
        ).run(from: [], to: ["moved"]) { _, _ in
            tick += 1
            return Observation(established: ["tick\(tick)"], failed: true)
        }
        guard case .gaveUp = execution.ending else {
            Issue.record("\(execution.ending)")
            return
        }
        #expect(tick == 80)
    }

    @Test("failures make the planner turn to the other way, and back when that fails as well")
    func failuresAreShared() async {
        let log = EventLog()
        let push = PlanningAction("push", establishes: ["moved"], prior: ActionPrior(seconds: 1, chance: 0.5))
        let pull = PlanningAction("pull", establishes: ["moved"], prior: ActionPrior(seconds: 1.1, chance: 0.5))
        let clock = ManualClock()
        _ = await Executive(Planner(actions: [push, pull]), clock: clock, report: log.record)
            .run(from: [], to: ["moved"]) { _, _ in
                clock.advance(by: .seconds(1))
                return .failure(note: "stuck")
            }
        #expect(log.actionsRun == ["push", "pull", "push", "pull", "push", "pull"])
    }
}

extension Observation {
    /// Anything may hold after any action; now and then one declares itself exhausted.
    fileprivate static func adversarial(using generator: inout SeededGenerator) -> Observation {
        let established = SmallDomain.facts.filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
        let retracted = SmallDomain.facts.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
        return Observation(
            established: Set(established), retracted: Set(retracted), failed: .random(using: &generator),
            exhausted: Int.random(in: 0..<30, using: &generator) == 0)
    }
}
