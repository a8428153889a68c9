/// Why there is no plan.
package enum PlanningError: Error, Hashable, Sendable, Codable {
    case unreachable(UnreachableGoal)
    /// The search was cut off: the domain is too large to say whether there is a plan.
    case searchTooLarge(Goal, states: Int)

    /// Stable, for records and for scripts.
    package var code: String {
        switch self {
        case .unreachable: "unreachable"
        case .searchTooLarge: "search-too-large"
        }
    }

    /// One line.
    package var summary: String {
        switch self {
        case .unreachable(let report): report.summary
        case .searchTooLarge(let goal, let states):
            "no plan for \(goal) among \(states) states: give the actions fewer facts, or raise the planner's limit"
        }
    }
}

extension PlanningError: CustomStringConvertible {
    /// The summary, and what is missing line by line.
    package var description: String {
        switch self {
        case .unreachable(let report): report.description
        case .searchTooLarge: summary
        }
    }
}
