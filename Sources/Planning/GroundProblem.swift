/// A planning problem in integers, cut down to what can matter for the goal.
///
/// A forbidden fact becomes a condition of its own, "not f", that holds exactly where f does not; so every
/// precondition is positive and the heuristic sees both kinds.
struct GroundProblem {
    struct Action {
        /// Its place among the actions given.
        let source: Int
        let cost: Int
        let preconditions: [Int]
        let additions: [Int]
        let required: BitState
        let added: BitState
        let removed: BitState
    }

    let conditionCount: Int
    let start: BitState
    let goal: [Int]
    let required: BitState
    /// In the order given.
    let actions: [Action]

    /// `costs` are positive and run beside `actions`.
    init(actions: [PlanningAction], costs: [Int], start state: WorldState, goal target: Goal) {
        let facts = FactTable(actions, target)
        let coded = actions.map { CodedAction($0, facts) }
        let goalCodes = target.facts.map(facts.code).sorted()
        let relevant = Self.relevantCodes(for: goalCodes, in: coded, codeCount: 2 * facts.count)

        var place = Array(repeating: -1, count: 2 * facts.count)
        var count = 0
        for code in relevant.indices where relevant[code] {
            place[code] = count
            count += 1
        }
        let places = { (codes: [Int]) in codes.compactMap { place[$0] < 0 ? nil : place[$0] } }
        let bits = { (members: [Int]) in BitState(members, capacity: count) }

        conditionCount = count
        goal = places(goalCodes)
        required = bits(goal)
        start = bits(places(facts.codes(of: state)))
        self.actions = coded.indices.compactMap { index in
            let action = coded[index]
            guard action.additions.contains(where: { relevant[$0] }) else { return nil }
            let preconditions = places(action.preconditions)
            let additions = places(action.additions)
            return Action(
                source: index, cost: costs[index], preconditions: preconditions, additions: additions,
                required: bits(preconditions), added: bits(additions),
                removed: bits(places(action.additions.map { $0 ^ 1 })))
        }
    }

    /// Conditions that the goal needs, or an action that brings about a relevant one. Leaving out the other actions
    /// never makes a plan dearer: they cost something and further nothing.
    private static func relevantCodes(for goal: [Int], in actions: [CodedAction], codeCount: Int) -> [Bool] {
        var producers = Array(repeating: [Int](), count: codeCount)
        for (index, action) in actions.enumerated() {
            for code in action.additions { producers[code].append(index) }
        }
        var relevant = Array(repeating: false, count: codeCount)
        var isUsed = Array(repeating: false, count: actions.count)
        var pending = goal
        while let code = pending.popLast() {
            guard !relevant[code] else { continue }
            relevant[code] = true
            for producer in producers[code] where !isUsed[producer] {
                isUsed[producer] = true
                pending += actions[producer].preconditions
            }
        }
        return relevant
    }
}

/// Facts as numbers in the order of their names, so that nothing depends on the order of a hash table: fact number i is
/// condition 2i, its absence 2i + 1.
private struct FactTable {
    private var numbers: [Fact: Int] = [:]
    private let sorted: [Fact]

    init(_ actions: [PlanningAction], _ goal: Goal) {
        var facts = goal.facts
        for action in actions {
            for part in [action.requires, action.forbids, action.establishes, action.retracts] where !part.isEmpty {
                facts.formUnion(part)
            }
        }
        sorted = facts.sorted()
        for (number, fact) in sorted.enumerated() { numbers[fact] = number }
    }

    var count: Int { sorted.count }

    /// Facts asked for are among those the table was made of.
    func code(_ fact: Fact) -> Int {
        guard let number = numbers[fact] else { preconditionFailure("\(fact) is not in the table") }
        return 2 * number
    }

    func codes(of state: WorldState) -> [Int] {
        sorted.indices.map { state.facts.contains(sorted[$0]) ? 2 * $0 : 2 * $0 + 1 }
    }
}

/// An action's preconditions and effects as condition numbers, ascending.
private struct CodedAction {
    let preconditions: [Int]
    let additions: [Int]

    init(_ action: PlanningAction, _ facts: FactTable) {
        preconditions = (action.requires.map(facts.code) + action.forbids.map { facts.code($0) + 1 }).sorted()
        let retracted = action.retracts.filter { !action.establishes.contains($0) }
        additions = (action.establishes.map(facts.code) + retracted.map { facts.code($0) + 1 }).sorted()
    }
}
