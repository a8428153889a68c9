/// Something there is only so much of, and the facts that say whether any is left.
///
/// While none of the budgets that share the fact `within` has run out, that fact holds; when one runs out, it does not
/// any more and the budget's own `exhausted` fact does. Actions that spend require `within`; those that conclude
/// without do not.
package struct Budget: Hashable, Sendable, Codable {
    package enum Limit: Hashable, Sendable, Codable {
        /// Time since the execution began, measured by its clock.
        case wallClock(Duration)
        /// What observations say was ``Observation/spent`` under the budget's name.
        case amount(Int)
    }

    package let name: String
    package let limit: Limit
    package let within: Fact
    package let exhausted: Fact

    package init(_ name: String, limit: Limit, within: Fact, exhausted: Fact) {
        self.name = name
        self.limit = limit
        self.within = within
        self.exhausted = exhausted
    }
}

/// What has been used of each budget so far.
package struct BudgetLedger: Sendable {
    package let budgets: [Budget]
    package private(set) var elapsed: Duration = .zero
    package private(set) var spent: [String: Int] = [:]

    init(_ budgets: [Budget]) {
        self.budgets = budgets
    }

    /// The least time that a wall-clock budget leaves; nil where there is no such budget.
    package var remainingTime: Duration? {
        budgets.compactMap { budget in
            guard case .wallClock(let limit) = budget.limit else { return nil }
            return max(.zero, limit - elapsed)
        }.min()
    }

    /// What is left of an amount; nil where no budget of that name limits it.
    package func remaining(_ name: String) -> Int? {
        budgets.compactMap { budget in
            guard budget.name == name, case .amount(let limit) = budget.limit else { return nil }
            return max(0, limit - spent[name, default: 0])
        }.min()
    }

    /// The budgets that have run out, in their order.
    package var exhausted: [Budget] {
        budgets.filter { budget in
            switch budget.limit {
            case .wallClock(let limit): elapsed >= limit
            case .amount(let limit): spent[budget.name, default: 0] >= limit
            }
        }
    }

    mutating func charge(elapsed: Duration) {
        self.elapsed = max(self.elapsed, elapsed)
    }

    mutating func charge(_ amounts: [String: Int]) {
        for (name, amount) in amounts where amount > 0 {
            let (sum, overflow) = spent[name, default: 0].addingReportingOverflow(amount)
            spent[name] = overflow ? .max : sum
        }
    }

    /// Sets the budgets' facts in a state, whatever it said of them.
    func enforce(in state: inout WorldState) {
        state.facts.formUnion(budgets.map(\.within))
        state.facts.subtract(budgets.map(\.exhausted))
        state.facts.subtract(exhausted.map(\.within))
        state.facts.formUnion(exhausted.map(\.exhausted))
    }
}
