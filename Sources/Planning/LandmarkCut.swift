import HeapModule

/// The landmark-cut heuristic (Helmert & Domshlak, "Landmarks, Critical Paths and Abstractions", ICAPS 2009).
///
/// In the delete relaxation a condition once true stays true. There, as long as the goal costs something under h-max,
/// find a set of actions of which every plan uses one (a cut through the critical paths), count the cheapest of them,
/// and take that much off the price of each. The sum never overestimates.
///
/// Holds scratch buffers that each evaluation reuses.
struct LandmarkCut {
    private static let unreached = Int.max

    /// What is left of each action's cost after the last evaluation; the last one is the artificial goal action.
    ///
    /// An action outside all cuts keeps its cost: taking it brings the goal no nearer, and the landmarks found remain
    /// landmarks. So estimate(child) ≥ estimate(parent) + what is left of the action between them.
    private(set) var remainingCosts: [Int]

    private let costs: [Int]
    private let preconditions: Adjacency
    private let additions: Adjacency
    /// By condition: the actions that need it.
    private let consumers: Adjacency
    /// By condition: the actions that bring it about.
    private let producers: Adjacency
    /// True in every state; the precondition of actions that have none.
    private let always: Int
    /// Brought about by the artificial goal action, whose preconditions are the goal.
    private let finish: Int

    /// h-max by condition.
    private var values: [Int]
    /// By action: its dearest precondition, `-1` while some precondition is unreached.
    private var supporters: [Int]
    private var unmet: [Int]
    private var queue = Heap<Reached>()
    private var isNearGoal: [Bool]
    private var isVisited: [Bool]

    private struct Reached: Comparable {
        let value: Int
        let condition: Int

        static func < (left: Reached, right: Reached) -> Bool { left.value < right.value }
    }

    init(_ problem: GroundProblem) {
        let always = problem.conditionCount
        let finish = always + 1
        self.always = always
        self.finish = finish
        let goalAction = (needs: problem.goal, brings: [finish], cost: 0)
        let actions =
            problem.actions.map { (needs: $0.preconditions, brings: $0.additions, cost: $0.cost) } + [goalAction]
        costs = actions.map(\.cost)
        preconditions = Adjacency(actions.map { $0.needs.isEmpty ? [always] : $0.needs })
        additions = Adjacency(actions.map(\.brings))
        consumers = preconditions.transposed(count: finish + 1)
        producers = additions.transposed(count: finish + 1)
        remainingCosts = costs
        values = Array(repeating: Self.unreached, count: finish + 1)
        supporters = Array(repeating: -1, count: actions.count)
        unmet = supporters
        isNearGoal = Array(repeating: false, count: finish + 1)
        isVisited = isNearGoal
    }

    /// A lower bound of the cost from the state to the goal; nil when there is no way even in the relaxation.
    mutating func estimate(_ state: BitState) -> Int? {
        remainingCosts = costs
        computeCriticalPaths(from: state)
        guard values[finish] != Self.unreached else { return nil }
        var total = 0
        while values[finish] > 0 {
            markConditionsNearGoal()
            let cut = actionsAcrossCut(from: state)
            let cheapest = cut.reduce(Self.unreached) { min($0, remainingCosts[$1]) }
            for action in cut { remainingCosts[action] -= cheapest }
            total += cheapest
            lowerCriticalPaths(after: cut)
        }
        return total
    }

    /// h-max of every condition, by Dijkstra; each action waits for its last, that is dearest, precondition.
    private mutating func computeCriticalPaths(from state: BitState) {
        for condition in values.indices { values[condition] = Self.unreached }
        for action in costs.indices {
            unmet[action] = preconditions.places(of: action).count
            supporters[action] = -1
        }
        for condition in 0..<always where state.contains(condition) { reach(condition, at: 0) }
        reach(always, at: 0)
        while let next = queue.popMin() {
            guard next.value == values[next.condition] else { continue }
            for place in consumers.places(of: next.condition) {
                let action = consumers[place]
                unmet[action] -= 1
                guard unmet[action] == 0 else { continue }
                supporters[action] = next.condition
                reachAdditions(of: action)
            }
        }
    }

    private mutating func reach(_ condition: Int, at value: Int) {
        guard value < values[condition] else { return }
        values[condition] = value
        queue.insert(Reached(value: value, condition: condition))
    }

    private mutating func reachAdditions(of action: Int) {
        let value = values[supporters[action]] + remainingCosts[action]
        for place in additions.places(of: action) { reach(additions[place], at: value) }
    }

    /// Conditions from which the goal costs nothing more along critical paths.
    private mutating func markConditionsNearGoal() {
        for condition in isNearGoal.indices { isNearGoal[condition] = false }
        isNearGoal[finish] = true
        var pending = [finish]
        while let condition = pending.popLast() {
            for place in producers.places(of: condition) {
                let supporter = supporters[producers[place]]
                guard remainingCosts[producers[place]] == 0, supporter >= 0, !isNearGoal[supporter] else { continue }
                isNearGoal[supporter] = true
                pending.append(supporter)
            }
        }
    }

    /// The actions by which the critical paths from the state enter the conditions near the goal.
    private mutating func actionsAcrossCut(from state: BitState) -> [Int] {
        for condition in isVisited.indices { isVisited[condition] = false }
        var cut: [Int] = []
        var pending = (0..<always).filter { state.contains($0) } + [always]
        for condition in pending { isVisited[condition] = true }
        while let condition = pending.popLast() {
            for place in consumers.places(of: condition) {
                let action = consumers[place]
                guard supporters[action] == condition else { continue }
                if additions.places(of: action).contains(where: { isNearGoal[additions[$0]] }) {
                    cut.append(action)
                    continue
                }
                for place in additions.places(of: action) where !isVisited[additions[place]] {
                    isVisited[additions[place]] = true
                    pending.append(additions[place])
                }
            }
        }
        return cut
    }

    /// Brings h-max up to date where the actions of the cut became cheaper.
    private mutating func lowerCriticalPaths(after cut: [Int]) {
        for action in cut { reachAdditions(of: action) }
        while let next = queue.popMin() {
            guard next.value == values[next.condition] else { continue }
            for place in consumers.places(of: next.condition) {
                let action = consumers[place]
                guard supporters[action] == next.condition else { continue }
                supporters[action] = dearestPrecondition(of: action)
                reachAdditions(of: action)
            }
        }
    }

    private func dearestPrecondition(of action: Int) -> Int {
        var dearest = -1
        for place in preconditions.places(of: action) {
            let condition = preconditions[place]
            if dearest < 0 || values[condition] > values[dearest] { dearest = condition }
        }
        return dearest
    }
}

/// Lists of integers in one piece of memory, list after list. Read by place: slices would cost a quarter more time.
private struct Adjacency {
    private let starts: [Int]
    private let members: [Int]

    init(_ lists: [[Int]]) {
        var starts = [0]
        for list in lists { starts.append(starts[starts.count - 1] + list.count) }
        self.starts = starts
        members = Array(lists.joined())
    }

    func places(of list: Int) -> Range<Int> { starts[list]..<starts[list + 1] }

    subscript(_ place: Int) -> Int { members[place] }

    /// List j holds i exactly where list i holds j.
    func transposed(count: Int) -> Adjacency {
        var lists = Array(repeating: [Int](), count: count)
        for list in 0..<starts.count - 1 {
            for place in places(of: list) { lists[members[place]].append(list) }
        }
        return Adjacency(lists)
    }
}
