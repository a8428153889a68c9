/// Why a plan was made.
package enum PlanningReason: Hashable, Sendable, Codable {
    case start
    /// The last action left the world otherwise than it promised.
    case surprise(action: String)
    case budgetExhausted([String])
    /// The next action of the plan may not be chosen again.
    case ruledOut(action: String)
}

/// Why an action is not chosen again in an execution.
package enum RuledOutReason: Hashable, Sendable, Codable {
    /// Its own observation said so.
    case exhausted
    /// It changed nothing this many times in a row.
    case fruitless(times: Int)
    /// It ran this many times in all.
    case attempts(Int)
}

/// One decision or observation of the executive, in the order it was made.
package enum ExecutiveEvent: Hashable, Sendable, Codable {
    case planned(Plan, because: PlanningReason)
    /// There is no way to the goal any more; the fallback is pursued, if there is one.
    case abandoned(Goal, because: PlanningError)
    case started(PlanningAction, ActionEstimate)
    case finished(PlanningAction, Observation, ActionTrial)
    /// Promised facts that did not come true (or promised to end and did not), and facts that nobody promised.
    case surprised(PlanningAction, missing: [Condition], unexpected: [Condition])
    case budgetExhausted(Budget)
    case ruledOut(PlanningAction, because: RuledOutReason)
    case ended(Execution.Ending)
}

extension ExecutiveEvent: CustomStringConvertible {
    /// What an explanation prints: one line, except a plan's table and a list of what is missing.
    package var description: String {
        switch self {
        case .planned(let plan, .start): "\(plan)"
        case .planned(let plan, let reason): "planning again because \(reason)\n\(plan)"
        case .abandoned(_, let error): "\(error)"
        case .started(let action, let estimate):
            "\(action): expected to take \(Duration.seconds(estimate.seconds).brief)"
        case .finished(let action, let observation, let trial):
            "\(action): \(trial.succeeded ? "done" : "did not do it") in \(trial.duration.brief)"
                + (observation.note.isEmpty ? "" : ", \(observation.note)")
        case .surprised(let action, let missing, let unexpected):
            "surprise after \(action)"
                + (missing.isEmpty
                    ? "" : "; promised but not so: \(missing.map(\.description).joined(separator: ", "))")
                + (unexpected.isEmpty
                    ? "" : "; unexpected: \(unexpected.map(\.description).joined(separator: ", "))")
        case .budgetExhausted(let budget): "the budget of \(budget.name) has run out"
        case .ruledOut(let action, let reason): "\(action) is not chosen again: \(reason)"
        case .ended(let ending): "\(ending)"
        }
    }
}

extension PlanningReason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .start: "this is the start"
        case .surprise(let action): "\(action) did not do what it promised"
        case .budgetExhausted(let names): "the budget of \(names.joined(separator: ", ")) has run out"
        case .ruledOut(let action): "\(action) is not chosen again"
        }
    }
}

extension RuledOutReason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exhausted: "it has nothing more to give"
        case .fruitless(let times): "it changed nothing \(times) times in a row"
        case .attempts(let count): "it ran \(count) times"
        }
    }
}
