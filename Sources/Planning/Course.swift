/// The course of one execution: what holds, what is planned, what was used up and learnt.
struct Course {
    private let goal: Goal
    private let fallback: Goal?
    private let patience: Executive.Patience
    private let report: @Sendable (ExecutiveEvent) -> Void

    private(set) var ledger: BudgetLedger
    private var planner: Planner
    private var state: WorldState
    private var steps: ArraySlice<Plan.Step> = []
    /// Why the steps are not to be followed any more.
    private var reasonToPlan: PlanningReason? = .start
    /// Why the goal was given up for the fallback.
    private var abandonment: PlanningError?
    private var ending: Execution.Ending?

    private var attempts: [String: Int] = [:]
    private var fruitlessAttempts: [String: Int] = [:]
    private var ruledOut: Set<String> = []
    private var knownExhausted: [Budget] = []

    init(
        from start: WorldState, to goal: Goal, otherwise fallback: Goal?, _ planner: Planner, _ budgets: [Budget],
        _ patience: Executive.Patience, _ report: @escaping @Sendable (ExecutiveEvent) -> Void
    ) {
        self.goal = goal
        self.fallback = fallback
        self.planner = planner
        self.patience = patience
        self.report = report
        ledger = BudgetLedger(budgets)
        state = start
        ledger.enforce(in: &state)
    }

    /// The outcome so far; an execution without an ending was interrupted.
    var execution: Execution {
        Execution(ending: ending ?? .cancelled, state: state, costs: planner.costs)
    }

    /// The action to run now, after planning where that is due; nil at the end.
    mutating func nextAction(at elapsed: Duration) -> PlanningAction? {
        charge([:], at: elapsed)
        let isThere = reasonToPlan == nil && steps.isEmpty
        if Task.isCancelled, !isThere {
            end(.cancelled)
        } else if let reason = reasonToPlan {
            plan(because: reason)
        }
        guard ending == nil else { return nil }
        guard let step = steps.popFirst() else {
            end(reachedEnding)
            return nil
        }
        report(.started(step.action, step.estimate))
        return step.action
    }

    /// Updates the action's costs: a trial succeeds when the promise was kept.
    mutating func learn(from observation: Observation, of action: PlanningAction, lasting duration: Duration) {
        let missing = state.predicted(after: action).facts.subtracting(state.observed(after: observation).facts)
        let trial = ActionTrial(succeeded: !observation.failed && missing.isEmpty, duration: duration)
        planner.costs.learn(trial, of: action.name)
        report(.finished(action, observation, trial))
    }

    /// Takes on the observed state; where it is not the promised one, the plan is no longer to be followed.
    mutating func compare(_ observation: Observation, withPromiseOf action: PlanningAction) {
        let before = state
        let predicted = before.predicted(after: action)
        state = before.observed(after: observation)
        ledger.enforce(in: &state)
        countAttempt(of: action, wasFruitful: state != before)
        guard state != predicted else { return }
        reportSurprise(after: action, before: before, predicted: predicted)
        reasonToPlan = .surprise(action: action.name)
    }

    private func reportSurprise(after action: PlanningAction, before: WorldState, predicted: WorldState) {
        let absent = predicted.facts.subtracting(state.facts)
        let present = state.facts.subtracting(predicted.facts)
        let conditions = absent.map { Condition($0, holds: false) } + present.map { Condition($0) }
        // What differs from the promise and was so before is a change that did not come; what is new is unexpected.
        let unexpected = conditions.filter { before.facts.contains($0.fact) != $0.holds }
        let missing = conditions.filter { before.facts.contains($0.fact) == $0.holds }
            .map { Condition($0.fact, holds: !$0.holds) }
        report(.surprised(action, missing: missing.sorted(), unexpected: unexpected.sorted()))
    }

    private mutating func countAttempt(of action: PlanningAction, wasFruitful: Bool) {
        attempts[action.name, default: 0] += 1
        fruitlessAttempts[action.name] = wasFruitful ? 0 : fruitlessAttempts[action.name, default: 0] + 1
    }

    /// Strikes an action off that is exhausted or has been tried often enough.
    mutating func ruleOut(_ action: PlanningAction, after observation: Observation) {
        let fruitless = fruitlessAttempts[action.name, default: 0]
        let reason: RuledOutReason? =
            if observation.exhausted {
                .exhausted
            } else if fruitless >= patience.fruitless {
                .fruitless(times: fruitless)
            } else if attempts[action.name, default: 0] >= patience.attempts {
                .attempts(patience.attempts)
            } else {
                nil
            }
        guard let reason else { return }
        ruledOut.insert(action.name)
        report(.ruledOut(action, because: reason))
        if reasonToPlan == nil, steps.contains(where: { $0.action.name == action.name }) {
            reasonToPlan = .ruledOut(action: action.name)
        }
    }

    /// Books what was used; a budget that ran out by it changes the world, and so the plan.
    mutating func charge(_ amounts: [String: Int], at elapsed: Duration) {
        ledger.charge(amounts)
        ledger.charge(elapsed: elapsed)
        let newlyExhausted = ledger.exhausted.filter { !knownExhausted.contains($0) }
        guard !newlyExhausted.isEmpty else { return }
        knownExhausted += newlyExhausted
        ledger.enforce(in: &state)
        for budget in newlyExhausted { report(.budgetExhausted(budget)) }
        reasonToPlan = .budgetExhausted(newlyExhausted.map(\.name))
    }

    /// Plans for the goal, or for the fallback where the goal cannot be reached.
    private mutating func plan(because reason: PlanningReason) {
        reasonToPlan = nil
        steps = []
        do {
            follow(try planner.plan(from: state, to: goal, without: ruledOut), because: reason)
            abandonment = nil
        } catch {
            if abandonment != error { report(.abandoned(goal, because: error)) }
            abandonment = error
            planFallback(because: reason, instead: error)
        }
    }

    private mutating func planFallback(because reason: PlanningReason, instead error: PlanningError) {
        guard let fallback else { return end(.gaveUp(error)) }
        do {
            follow(try planner.plan(from: state, to: fallback, without: ruledOut), because: reason)
        } catch {
            end(.gaveUp(error))
        }
    }

    private mutating func follow(_ plan: Plan, because reason: PlanningReason) {
        steps = plan.steps[...]
        report(.planned(plan, because: reason))
    }

    private var reachedEnding: Execution.Ending {
        guard let fallback, let abandonment else { return .reached(goal) }
        return .reachedFallback(fallback, because: abandonment)
    }

    private mutating func end(_ ending: Execution.Ending) {
        self.ending = ending
        report(.ended(ending))
    }
}
