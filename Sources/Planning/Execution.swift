/// How an execution ended, and what was learnt by it.
package struct Execution: Hashable, Sendable {
    package enum Ending: Hashable, Sendable, Codable {
        case reached(Goal)
        case reachedFallback(Goal, because: PlanningError)
        /// Neither the goal nor the fallback can be reached from here.
        case gaveUp(PlanningError)
        case cancelled
    }

    package let ending: Ending
    /// The facts that hold at the end.
    package let state: WorldState
    /// The costs as learnt; its statistics are worth keeping.
    package let costs: CostModel
}

extension Execution.Ending: CustomStringConvertible {
    package var description: String {
        switch self {
        case .reached(let goal): "reached \(goal)"
        case .reachedFallback(let goal, let error): "reached only \(goal): \(error.summary)"
        case .gaveUp(let error): "gave up: \(error.summary)"
        case .cancelled: "cancelled"
        }
    }
}
