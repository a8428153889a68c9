/// Why a goal cannot be reached from a state.
package struct UnreachableGoal: Hashable, Sendable, Codable {
    package enum Cause: Hashable, Sendable, Codable {
        /// What no sequence of actions brings about: first of the goal itself, then of what its producers need, and so on
        /// down to the roots.
        case missing([MissingCondition])
        /// Each of these goal facts looks possible, but every way to them undoes something that another step needs.
        case conflict([Fact])
    }

    package let goal: Goal
    package let cause: Cause
}

/// A condition that nothing can bring about, and what stands in the way of each action that would.
package struct MissingCondition: Hashable, Sendable, Codable {
    package enum Obstacle: Hashable, Sendable, Codable {
        case needs([Condition])
        case ruledOut
    }

    package struct Producer: Hashable, Sendable, Codable {
        package let action: String
        package let obstacle: Obstacle
    }

    package let condition: Condition
    /// In the planner's order; empty when no action brings the condition about.
    package let producers: [Producer]

    /// Whether nothing further down explains it: no action produces it, or all that do are ruled out.
    package var isRoot: Bool { producers.allSatisfy { $0.obstacle == .ruledOut } }
}

extension UnreachableGoal {
    /// The diagnosis in the delete relaxation: once true, a condition is taken to stay true. What is unreachable even
    /// so is unreachable in truth.
    init(_ goal: Goal, from state: WorldState, by actions: [PlanningAction], without ruledOut: Set<String>) {
        self.goal = goal
        let reachable = Self.relaxedReach(from: state, by: actions.filter { !ruledOut.contains($0.name) })
        var wanted = goal.facts.sorted().map { Condition($0) }.filter { !reachable.includes($0) }
        guard !wanted.isEmpty else {
            cause = .conflict(goal.facts.subtracting(state.facts).sorted())
            return
        }
        var seen = Set(wanted)
        var missing: [MissingCondition] = []
        while missing.count < wanted.count {
            let condition = wanted[missing.count]
            let producers = actions.filter { $0.effects.contains(condition) }.map { action in
                let needs = action.preconditions.filter { !reachable.includes($0) }.sorted()
                let isOut = ruledOut.contains(action.name)
                return MissingCondition.Producer(action: action.name, obstacle: isOut ? .ruledOut : .needs(needs))
            }
            missing.append(MissingCondition(condition: condition, producers: producers))
            for case .needs(let needs) in producers.map(\.obstacle) {
                wanted += needs.filter { seen.insert($0).inserted }
            }
        }
        cause = .missing(missing)
    }

    private struct Reach {
        var holding: Set<Fact>
        let start: Set<Fact>
        var retracted: Set<Fact> = []

        func includes(_ condition: Condition) -> Bool {
            condition.holds
                ? holding.contains(condition.fact)
                : !start.contains(condition.fact) || retracted.contains(condition.fact)
        }
    }

    private static func relaxedReach(from state: WorldState, by actions: [PlanningAction]) -> Reach {
        var reach = Reach(holding: state.facts, start: state.facts)
        var waiting = actions
        while true {
            let ready = waiting.filter { $0.preconditions.allSatisfy(reach.includes) }
            guard !ready.isEmpty else { return reach }
            for action in ready {
                reach.holding.formUnion(action.establishes)
                reach.retracted.formUnion(action.retracts.subtracting(action.establishes))
            }
            waiting.removeAll { action in ready.contains { $0.name == action.name } }
        }
    }
}

extension UnreachableGoal: CustomStringConvertible {
    /// One line that names the root.
    package var summary: String {
        switch cause {
        case .missing(let missing):
            let roots = missing.filter(\.isRoot)
            return "cannot reach \(goal): "
                + (roots.isEmpty ? missing : roots).map(\.description).joined(separator: "; ")
        case .conflict(let facts):
            return "cannot reach \(goal): every way to \(facts.map(\.description).joined(separator: " and ")) "
                + "undoes something that another step needs"
        }
    }

    /// The summary, and below it each missing condition with what its producers lack.
    package var description: String {
        guard case .missing(let missing) = cause else { return summary }
        return (["cannot reach \(goal):"] + missing.map { "  \($0)" }).joined(separator: "\n")
    }
}

extension MissingCondition: CustomStringConvertible {
    package var description: String {
        guard !producers.isEmpty else { return "no action brings about \(condition)" }
        let obstacles = producers.map { producer in
            switch producer.obstacle {
            case .needs(let needs): "\(producer.action) needs \(needs.map(\.description).joined(separator: ", "))"
            case .ruledOut: "\(producer.action) is ruled out"
            }
        }
        return "\(condition) is missing: " + obstacles.joined(separator: "; ")
    }
}
