import HeapModule

/// A\* from a problem's start to its goal under the landmark-cut heuristic.
///
/// A state waits in the open list with a lower bound inherited from its parent and is evaluated only when its turn
/// comes; states whose bound rises then go back to wait.
struct CheapestPathSearch {
    enum Outcome {
        /// Places of the actions among those given to the problem.
        case path([Int])
        case noPath
        case limitReached
    }

    private struct Node {
        let state: BitState
        var costSoFar: Int
        /// The node before it and the action between; nil at the start.
        var arrival: (node: Int, action: Int)?
    }

    private struct Waiting: Comparable {
        /// Lower bound of the whole path's cost.
        let bound: Int
        let costSoFar: Int
        let sequence: Int
        let node: Int

        /// Cheapest first, then the farthest along, then the first come.
        static func < (left: Waiting, right: Waiting) -> Bool {
            (left.bound, right.costSoFar, left.sequence) < (right.bound, left.costSoFar, right.sequence)
        }
    }

    private let problem: GroundProblem
    private let stateLimit: Int
    private var heuristic: LandmarkCut
    private var nodes: [Node] = []
    private var nodeByState: [BitState: Int] = [:]
    private var open = Heap<Waiting>()
    private var sequence = 0

    init(_ problem: GroundProblem, stateLimit: Int) {
        self.problem = problem
        self.stateLimit = stateLimit
        heuristic = LandmarkCut(problem)
    }

    mutating func run() -> Outcome {
        arrive(at: problem.start, costSoFar: 0, bound: 0, by: nil)
        var evaluations = 0
        while let next = open.popMin() {
            let node = nodes[next.node]
            guard next.costSoFar == node.costSoFar else { continue }
            if problem.required.isSubset(of: node.state) { return .path(path(to: next.node)) }
            guard evaluations < stateLimit else { return .limitReached }
            evaluations += 1
            guard let estimate = heuristic.estimate(node.state) else { continue }
            let bound = max(next.bound, node.costSoFar + estimate)
            if let rival = open.min, rival.bound < bound {
                wait(next.node, bound: bound)
            } else {
                expand(next.node, estimate: estimate, inherited: bound)
            }
        }
        return .noPath
    }

    /// Bounds inherited from before the node and the node's own landmarks may count the same action, so the larger
    /// of the two is taken and not their sum.
    private mutating func expand(_ index: Int, estimate: Int, inherited: Int) {
        let node = nodes[index]
        for (number, action) in problem.actions.enumerated() where action.required.isSubset(of: node.state) {
            arrive(
                at: node.state.replacing(action.removed, with: action.added),
                costSoFar: node.costSoFar + action.cost,
                bound: max(inherited, node.costSoFar + estimate + heuristic.remainingCosts[number]),
                by: (index, action.source))
        }
    }

    private mutating func arrive(at state: BitState, costSoFar: Int, bound: Int, by arrival: (Int, Int)?) {
        if let known = nodeByState[state] {
            guard costSoFar < nodes[known].costSoFar else { return }
            nodes[known].costSoFar = costSoFar
            nodes[known].arrival = arrival
            wait(known, bound: bound)
        } else {
            nodes.append(Node(state: state, costSoFar: costSoFar, arrival: arrival))
            nodeByState[state] = nodes.count - 1
            wait(nodes.count - 1, bound: bound)
        }
    }

    private mutating func wait(_ node: Int, bound: Int) {
        let costSoFar = nodes[node].costSoFar
        open.insert(
            Waiting(bound: max(bound, costSoFar), costSoFar: costSoFar, sequence: sequence, node: node))
        sequence += 1
    }

    private func path(to last: Int) -> [Int] {
        var actions: [Int] = []
        var node = last
        while let arrival = nodes[node].arrival {
            actions.append(arrival.action)
            node = arrival.node
        }
        return actions.reversed()
    }
}
