/// Carries a plan out: runs one action, compares the facts it promised with the facts observed, learns what it cost,
/// and plans again whenever the world is not as the plan foresaw.
///
/// It always ends: an action may run ``Patience/attempts`` times in all, and ``Patience/fruitless`` times in a row
/// without changing anything, before it is ruled out; with no action left there is no plan.
package struct Executive: Sendable {
    /// How often an action may be tried in one execution.
    package struct Patience: Sendable {
        package let attempts: Int
        package let fruitless: Int

        package init(attempts: Int = 1_000, fruitless: Int = 3) {
            precondition(attempts > 0 && fruitless > 0, "an action that may never run is no action")
            self.attempts = attempts
            self.fruitless = fruitless
        }
    }

    package let planner: Planner
    package let budgets: [Budget]
    package let patience: Patience
    private let clock: any Clock<Duration>
    private let report: @Sendable (ExecutiveEvent) -> Void

    package init(
        _ planner: Planner, budgets: [Budget] = [], patience: Patience = Patience(),
        clock: any Clock<Duration> = ContinuousClock(), report: @escaping @Sendable (ExecutiveEvent) -> Void
    ) {
        self.planner = planner
        self.budgets = budgets
        self.patience = patience
        self.clock = clock
        self.report = report
    }

    /// Runs actions by `perform` until the goal is reached, or else the fallback, or until neither can be.
    ///
    /// `perform` runs one action, with what is left of the budgets, and says what it saw. A failure of the action is an
    /// observation; what `perform` throws ends the execution and passes through. Cancellation of the task is looked
    /// for between actions.
    package func run<Failure: Error>(
        from start: WorldState, to goal: Goal, otherwise fallback: Goal? = nil,
        isolation: isolated (any Actor)? = #isolation,
        perform: (PlanningAction, BudgetLedger) async throws(Failure) -> Observation
    ) async throws(Failure) -> Execution {
        let elapsed = stopwatch(clock)
        var course = Course(from: start, to: goal, otherwise: fallback, planner, budgets, patience, report)
        while let action = course.nextAction(at: elapsed()) {
            let begin = elapsed()
            let observation = try await perform(action, course.ledger)
            course.learn(from: observation, of: action, lasting: elapsed() - begin)
            course.compare(observation, withPromiseOf: action)
            course.ruleOut(action, after: observation)
            course.charge(observation.spent, at: elapsed())
        }
        return course.execution
    }
}

/// Time since now.
private func stopwatch<C: Clock<Duration>>(_ clock: C) -> () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
}
