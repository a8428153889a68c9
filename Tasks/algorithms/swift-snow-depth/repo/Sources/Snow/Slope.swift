/// The depth of snow along a slope, in a tree whose nodes put off what they owe their children.
public struct Slope: Sendable {
    private let metres: Int
    private var deepest: [Int]
    private var owed: [Int]

    public init(metres: Int) {
        precondition(metres > 0, "a slope has at least one metre")
        self.metres = metres
        deepest = Array(repeating: 0, count: 4 * metres)
        owed = deepest
    }

    /// Snow falls on a range of metres (or melts, where the depth is negative).
    public mutating func snow(_ range: Range<Int>, _ depth: Int) {
        add(depth, to: range.clamped(to: 0..<metres), node: 1, covering: 0..<metres)
    }

    /// The depth at the deepest place of a range; nil where the range is empty.
    public mutating func deepest(in range: Range<Int>) -> Int? {
        largest(in: range.clamped(to: 0..<metres), node: 1, covering: 0..<metres)
    }

    private mutating func add(_ depth: Int, to range: Range<Int>, node: Int, covering metres: Range<Int>) {
        guard range.overlaps(metres) else { return }
        if range.lowerBound <= metres.lowerBound && metres.upperBound <= range.upperBound {
            deepest[node] += depth
            owed[node] += depth
            return
        }
        let middle = (metres.lowerBound + metres.upperBound) / 2
        add(depth, to: range, node: 2 * node, covering: metres.lowerBound..<middle)
        add(depth, to: range, node: 2 * node + 1, covering: middle..<metres.upperBound)
        deepest[node] = max(deepest[2 * node], deepest[2 * node + 1])
    }

    private mutating func largest(in range: Range<Int>, node: Int, covering metres: Range<Int>) -> Int? {
        guard range.overlaps(metres) else { return nil }
        if range.lowerBound <= metres.lowerBound && metres.upperBound <= range.upperBound {
            return deepest[node]
        }
        settle(node)
        let middle = (metres.lowerBound + metres.upperBound) / 2
        let left = largest(in: range, node: 2 * node, covering: metres.lowerBound..<middle)
        let right = largest(in: range, node: 2 * node + 1, covering: middle..<metres.upperBound)
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }

    /// Hands down to both children what the node owes them.
    private mutating func settle(_ node: Int) {
        for child in [2 * node, 2 * node + 1] {
            deepest[child] += owed[node]
            owed[child] += owed[node]
        }
        owed[node] = 0
    }
}
