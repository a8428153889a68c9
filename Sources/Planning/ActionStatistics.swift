/// One observed run of an action.
package struct ActionTrial: Hashable, Sendable, Codable {
    /// Whether the action kept its promise.
    package let succeeded: Bool
    package let duration: Duration

    package init(succeeded: Bool, duration: Duration) {
        self.succeeded = succeeded
        self.duration = duration
    }
}

/// What is remembered of an action's runs, old runs weighing less than new ones.
///
/// Counts fade by ``memory`` and seconds by ``inertia`` at each run, so that some fifty runs say how often an action
/// succeeds and some ten how long it takes; a streak of failures is never drowned by a long history.
package struct ActionStatistics: Hashable, Sendable, Codable {
    static let memory = 0.98
    static let inertia = 0.8

    /// Runs that kept their promise, faded.
    package let successes: Double
    /// Runs that broke it, faded.
    package let failures: Double
    /// The exponentially weighted sum of seconds; what it lacks to a mean is the prior's share.
    package let weightedSeconds: Double
    /// All runs, not faded.
    package let trials: Int

    package init(successes: Double = 0, failures: Double = 0, weightedSeconds: Double = 0, trials: Int = 0) {
        self.successes = successes
        self.failures = failures
        self.weightedSeconds = weightedSeconds
        self.trials = trials
    }

    /// The statistics with one more run in them.
    package func adding(_ trial: ActionTrial) -> ActionStatistics {
        ActionStatistics(
            successes: successes * Self.memory + (trial.succeeded ? 1 : 0),
            failures: failures * Self.memory + (trial.succeeded ? 0 : 1),
            weightedSeconds: weightedSeconds * Self.inertia + (trial.duration / .seconds(1)) * (1 - Self.inertia),
            trials: trials &+ 1)
    }

    /// The mean of the Beta posterior: the prior's pseudo-runs and the observed ones together.
    func chance(given prior: ActionPrior) -> Double {
        (prior.chance * prior.weight + successes) / (prior.weight + successes + failures)
    }

    /// The exponentially weighted mean, started at the prior.
    func seconds(given prior: ActionPrior) -> Double {
        var priorShare = 1.0
        for _ in 0..<min(max(trials, 0), 200) { priorShare *= Self.inertia }
        return weightedSeconds + priorShare * prior.seconds
    }
}
