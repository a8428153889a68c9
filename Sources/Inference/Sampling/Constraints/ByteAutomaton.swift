/// A machine that reads bytes and knows which texts are still possible. States are small numbers, found as they are met.
protocol ByteAutomaton: Sendable {
    /// The state before the first byte.
    var start: Int32 { get }

    /// The state after `byte`; ``deadState`` if no allowed text goes on so.
    mutating func next(_ state: Int32, _ byte: UInt8) -> Int32

    func allowsEnd(_ state: Int32) -> Bool

    /// Whether no byte can follow.
    func isExhausted(_ state: Int32) -> Bool

    /// Whether so many states were met that it is better to begin anew than to keep them.
    var isFull: Bool { get }

    /// The same machine with no more than its start and the state meant by `state`, and what that is called there.
    func renewed(keeping state: Int32) -> (automaton: Self, state: Int32)
}

/// No allowed text goes on from here.
let deadState: Int32 = -1
