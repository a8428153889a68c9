package import Planning

/// One run: an issue and a repository in, a proven patch out, or an honest account of why not.
///
/// ```swift
/// let ending = try await Fix(task: task, environment: environment).run()
/// ```
package struct Fix: Sendable {
    package let task: RepairTask
    package let environment: RunEnvironment

    package init(task: RepairTask, environment: RunEnvironment) {
        self.task = task
        self.environment = environment
    }

    /// What a run leaves: its verdict, and what it learnt of its actions' costs.
    package struct Result: Sendable {
        package var ending: RunEvent.Ending
        package var costs: CostModel
    }

    /// Plans, acts and replans until a patch is delivered or only abstaining is left. Cancelling the task interrupts the run; what was
    /// reported by then is kept. Throws only what the event sink throws.
    package func run() async throws -> Result {
        let board = Blackboard(task: task, environment: environment)
        let actions = RepairActions.all.filter { $0.isPossible(in: environment) }
        let planner = Planner(actions: actions.map(\.planning), costs: CostModel(statistics: environment.statistics))
        let executive = Executive(planner, budgets: budgets) { event in board.explain(event) }
        var costs = planner.costs
        do {
            let execution = try await executive.run(
                from: WorldState([]), to: [.delivered], otherwise: [.abstained]
            ) { action, _ in try await board.perform(action, of: actions) }
            costs = execution.costs
            if execution.ending == .cancelled { await board.interrupted() }
        } catch is CancellationError {
            await board.interrupted()
        } catch let error as SinkFailure {
            throw error.cause
        } catch {
            await board.failed(error)
        }
        let ending = await board.ending
        try await board.report(.ended(ending))
        return Result(ending: ending, costs: costs)
    }

    private var budgets: [Budget] {
        [
            Budget(
                "time", limit: .wallClock(.seconds(task.limits.wallSeconds)), within: .withinBudget,
                exhausted: "timeSpent"),
            Budget(
                "candidates", limit: .amount(task.limits.candidates), within: .withinBudget,
                exhausted: "candidatesSpent"),
        ]
    }
}

extension Blackboard {
    func perform(_ planned: PlanningAction, of actions: [any RepairAction]) async throws -> Observation {
        guard let action = actions.first(where: { $0.planning.name == planned.name }) else {
            preconditionFailure("the planner made up the action \(planned.name)")
        }
        try report(.actionStarted(name: planned.name))
        let start = elapsed
        let observation: Observation
        do {
            observation = try await action.perform(on: self)
        } catch {
            // Cancelling ends commands early, and what they leave unfinished looks like a failure of its own.
            try Task.checkCancellation()
            throw error
        }
        try Task.checkCancellation()
        let kept = planned.establishes.isSubset(of: observation.established)
        try report(
            .actionFinished(
                name: planned.name, succeeded: kept, seconds: elapsed - start, note: observation.note))
        return observation
    }

    /// What the executive decided, for `--explain`.
    nonisolated func explain(_ event: ExecutiveEvent) {
        switch event {
        case .started, .finished: return
        case .planned, .abandoned, .surprised, .budgetExhausted, .ruledOut, .ended:
            log.note(.decided("\(event)"))
        }
    }

    func interrupted() {
        verdict = .interrupted
        conclusion = "interrupted after \(candidatesTried) candidates; run the same command again to go on"
    }

    /// An action could not do its work for a reason outside the program under repair.
    func failed(_ error: any Error) {
        verdict = .environmentError
        conclusion = "\(error)"
    }

    var ending: RunEvent.Ending {
        RunEvent.Ending(verdict: verdict, reason: conclusion, seconds: elapsed, candidatesTried: candidatesTried)
    }
}
