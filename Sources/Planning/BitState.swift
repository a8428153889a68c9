/// A set of small integers in machine words: the planner's own form of a state.
struct BitState: Hashable {
    private var words: [UInt64]

    init(capacity: Int) {
        words = Array(repeating: 0, count: (capacity + 63) / 64)
    }

    init(_ members: some Sequence<Int>, capacity: Int) {
        self.init(capacity: capacity)
        for member in members { words[member >> 6] |= 1 << (member & 63) }
    }

    func contains(_ member: Int) -> Bool { words[member >> 6] & (1 << (member & 63)) != 0 }

    func isSubset(of other: BitState) -> Bool {
        for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
        return true
    }

    /// The state with `removed` taken out, then `added` put in.
    func replacing(_ removed: BitState, with added: BitState) -> BitState {
        var result = self
        for index in words.indices { result.words[index] = words[index] & ~removed.words[index] | added.words[index] }
        return result
    }
}
