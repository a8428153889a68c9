import Planning
import Testing

private let search = PlanningAction(
    "search", requires: ["withinBudget"], establishes: ["found"], prior: ActionPrior(seconds: 1, chance: 0.5))
private let concede = PlanningAction("concede", establishes: ["conceded"], prior: .sure(seconds: 1))
private let time = Budget(
    "time", limit: .wallClock(.seconds(10)), within: "withinBudget", exhausted: "budgetExhausted(time)")
private let tokens = Budget("tokens", limit: .amount(100), within: "withinBudget", exhausted: "budgetExhausted(tokens)")

@Suite struct BudgetTests {
    private let log = EventLog()
    private let clock = ManualClock()

    private func run(
        budgets: [Budget], perform: (PlanningAction, BudgetLedger) async -> Observation
    ) async -> Execution {
        let executive = Executive(
            Planner(actions: [search, concede]), budgets: budgets, patience: .init(fruitless: 1_000), clock: clock,
            report: log.record)
        return await executive.run(from: [], to: ["found"], otherwise: ["conceded"], perform: perform)
    }

    @Test("when the time is up, only what needs no budget is run")
    func wallClock() async {
        var remaining: [Duration?] = []
        let execution = await run(budgets: [time]) { action, ledger in
            guard action == search else { return .asPromised(by: action) }
            remaining.append(ledger.remainingTime)
            clock.advance(by: .seconds(4))
            return .failure(note: "nothing here")
        }
        #expect(log.actionsRun == ["search", "search", "search", "concede"])
        #expect(remaining == [.seconds(10), .seconds(6), .seconds(2)])
        #expect(log.events.contains(.budgetExhausted(time)))
        #expect(log.plans.last?.reason == .budgetExhausted(["time"]))
        #expect(execution.state == ["conceded", "budgetExhausted(time)"])
        guard case .reachedFallback(["conceded"], .unreachable(let report)) = execution.ending else {
            Issue.record("\(execution.ending)")
            return
        }
        #expect(report.summary == "cannot reach found: no action brings about withinBudget")
    }

    @Test("amounts are counted from what the observations say was spent")
    func amounts() async {
        let execution = await run(budgets: [time, tokens]) { action, ledger in
            guard action == search else { return .asPromised(by: action) }
            #expect(ledger.remaining("tokens") == 100 - 30 * log.actionsRun.count)
            #expect(ledger.remaining("candidates") == nil)
            return .failure(spent: ["tokens": 30, "candidates": 1], note: "nothing here")
        }
        #expect(log.actionsRun == ["search", "search", "search", "search", "concede"])
        #expect(execution.state == ["conceded", "budgetExhausted(tokens)"])
    }

    @Test("a budget of nothing is exhausted before the first action")
    func nothingToSpend() async {
        let none = Budget("tokens", limit: .amount(0), within: "withinBudget", exhausted: "budgetExhausted(tokens)")
        _ = await run(budgets: [none]) { action, _ in .asPromised(by: action) }
        #expect(log.actionsRun == ["concede"])
    }

    @Test("an observation cannot bring a budget back")
    func observationsDoNotRefill() async {
        _ = await run(budgets: [tokens]) { action, _ in
            guard action == search else { return .asPromised(by: action) }
            return Observation(
                established: ["withinBudget"], retracted: ["budgetExhausted(tokens)"], failed: true,
                spent: ["tokens": 100])
        }
        #expect(log.actionsRun == ["search", "concede"])
    }

    @Test("a goal reached with the last of the budget is reached")
    func lastPenny() async {
        let execution = await run(budgets: [tokens]) { action, _ in .asPromised(by: action, spent: ["tokens": .max]) }
        #expect(execution.ending == .reached(["found"]))
    }
}
