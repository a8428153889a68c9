/// What an action is expected to take, and its price for the planner.
package struct ActionEstimate: Hashable, Sendable, Codable {
    /// Expected seconds of one attempt.
    package let seconds: Double
    /// Expected chance that an attempt keeps its promise, at least 0.001: hope never dies, it only becomes dear.
    package let chance: Double

    /// Figures may come from a file: what makes no sense is brought to the nearest that does.
    package init(seconds: Double, chance: Double) {
        self.seconds = seconds.isFinite ? min(max(seconds, 0), 1e6) : 0
        self.chance = chance.isFinite ? min(max(chance, 0.001), 1) : 0.001
    }

    /// Expected seconds until the first success: seconds ÷ chance, at least a millisecond.
    ///
    /// No action is free, so that no plan holds an idle step; whole microseconds, so that sums are exact.
    package var cost: Duration { .microseconds(microseconds) }

    var microseconds: Int { max(1_000, Int(seconds / chance * 1e6)) }
}

/// Prices actions by their history: a Beta posterior for the chance, an exponentially weighted mean for the time, and
/// the action's own prior where there is no history.
package struct CostModel: Hashable, Sendable, Codable {
    /// By action name.
    package private(set) var statistics: [String: ActionStatistics]

    package init(statistics: [String: ActionStatistics] = [:]) {
        self.statistics = statistics
    }

    package func estimate(of action: PlanningAction) -> ActionEstimate {
        let history = statistics[action.name] ?? ActionStatistics()
        return ActionEstimate(
            seconds: history.seconds(given: action.prior), chance: history.chance(given: action.prior))
    }

    package mutating func learn(_ trial: ActionTrial, of action: String) {
        statistics[action] = statistics[action, default: ActionStatistics()].adding(trial)
    }
}
