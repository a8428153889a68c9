/// A sequence of actions that leads from a state to a goal, each with the estimate it was chosen by.
package struct Plan: Hashable, Sendable, Codable {
    package struct Step: Hashable, Sendable, Codable {
        package let action: PlanningAction
        package let estimate: ActionEstimate
    }

    package let goal: Goal
    package let steps: [Step]

    /// The sum of the actions' costs: expected seconds until each has succeeded once.
    package var cost: Duration { steps.reduce(.zero) { $0 + $1.estimate.cost } }

    /// Expected seconds if every action succeeds at once.
    package var seconds: Double { steps.reduce(0) { $0 + $1.estimate.seconds } }

    /// The chance that every action succeeds at once.
    package var chance: Double { steps.reduce(1) { $0 * $1.estimate.chance } }
}

extension Plan: CustomStringConvertible {
    /// A table to be read: one line an action, its seconds, chance and cost.
    package var description: String {
        guard !steps.isEmpty else { return "\(goal) already holds: nothing to do" }
        let width = steps.map(\.action.name.count).max() ?? 0
        let rows = steps.enumerated().map { index, step in
            "  \(rightAligned("\(index + 1)", 2)). \(leftAligned(step.action.name, width))"
                + "  \(rightAligned(Duration.seconds(step.estimate.seconds).brief, 10))"
                + "  chance \(rightAligned(percent(step.estimate.chance), 5))"
                + "  cost \(step.estimate.cost.brief)"
        }
        let actions = steps.count == 1 ? "1 action" : "\(steps.count) actions"
        let summary =
            "plan for \(goal): \(actions), \(Duration.seconds(seconds).brief) if all goes well "
            + "(chance \(percent(chance))), cost \(cost.brief)"
        return ([summary] + rows).joined(separator: "\n")
    }
}

extension Duration {
    /// `0.02 s`, `4.5 s`, `2 min 5 s`.
    var brief: String {
        let seconds = self / .seconds(1)
        if seconds >= 119.5 {
            let whole = Int(seconds + 0.5)
            return "\(whole / 60) min \(whole % 60) s"
        }
        return seconds < 1
            ? "\(decimal(seconds, steps: seconds < 0.1 ? 1_000 : 100)) s" : "\(decimal(seconds, steps: 10)) s"
    }
}

/// Whole per cent, or tenths where the chance is small.
private func percent(_ chance: Double) -> String {
    chance < 0.01 ? "\(decimal(chance * 100, steps: 10)) %" : "\(Int(chance * 100 + 0.5)) %"
}

/// A number not below zero, to the nearest of so many steps in one.
private func decimal(_ number: Double, steps: Double) -> Double {
    Double(Int(number * steps + 0.5)) / steps
}

private func leftAligned(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
}

private func rightAligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
