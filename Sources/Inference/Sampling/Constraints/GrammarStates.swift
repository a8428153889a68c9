/// The states of a grammar's pushdown machine, determinised as they are met.
///
/// A state is a set of stacks, for a grammar may have read the same text in several ways: the top of each is a set of
/// bytes that may come next, below it is where to go on when a rule ends. Calls at the end of an alternative leave
/// nothing on the stack, so that a loop does not grow it. Transitions are remembered per class of bytes that the
/// grammar never tells apart.
struct GrammarStates: ByteAutomaton {
    private let grammar: Grammar
    /// For each byte its class.
    private let classOf: [UInt8]
    private let classCount: Int

    private var stacks = StackSets()
    /// For each state its set of stacks.
    private var states: [Int32] = []
    private var stateIndex: [Int32: Int32] = [:]
    private var transitions: [Int32] = []
    private(set) var start: Int32 = deadState

    private static let unknown: Int32 = -2
    private static let manyStates = 100_000
    private static let manySets = 1_000_000
    /// A place in the grammar is looked at again for each new way to have come there; a grammar so ambiguous that it
    /// takes more loses the later ones. It then allows less, never more.
    private static let mostVisits = 50_000

    init(_ grammar: Grammar) {
        self.grammar = grammar
        (classOf, classCount) = Self.classes(of: grammar)
        var closure = Closure()
        for alternative in grammar.rules[grammar.root] { visit(Int32(alternative), over: StackSets.empty, &closure) }
        start = finish(&closure)
    }

    var isFull: Bool { states.count > Self.manyStates || stacks.count > Self.manySets }

    func allowsEnd(_ state: Int32) -> Bool { state >= 0 && content(state).hasEmpty }

    func isExhausted(_ state: Int32) -> Bool { state < 0 || content(state).frames.isEmpty }

    mutating func next(_ state: Int32, _ byte: UInt8) -> Int32 {
        guard state >= 0 else { return deadState }
        let slot = Int(state) * classCount + Int(classOf[Int(byte)])
        if transitions[slot] != Self.unknown { return transitions[slot] }
        var closure = Closure()
        for frame in content(state).frames {
            guard case .bytes(let set) = grammar.symbols[Int(frame.symbol)], set.contains(byte) else { continue }
            visit(frame.symbol + 1, over: frame.below, &closure)
        }
        let next = finish(&closure)
        transitions[slot] = next
        return next
    }

    func renewed(keeping state: Int32) -> (automaton: Self, state: Int32) {
        var automaton = Self(grammar)
        guard state >= 0 else { return (automaton, state) }
        let set = automaton.stacks.adopt(states[Int(state)], from: stacks)
        let kept = automaton.state(of: set)
        return (automaton, kept)
    }

    private func content(_ state: Int32) -> StackSets.Content { stacks.contents[Int(states[Int(state)])] }

    /// The places reached without reading a byte, and the stacks below each.
    private struct Closure {
        var below: [Int32: Int32] = [:]
        var open: [StackSets.Frame] = []
        var visits = 0
        var hasEmpty = false
    }

    private mutating func visit(_ symbol: Int32, over below: Int32, _ closure: inout Closure) {
        if let known = closure.below[symbol] {
            let merged = stacks.union(known, below)
            guard merged != known else { return }
            closure.below[symbol] = merged
        } else {
            closure.below[symbol] = below
        }
        closure.visits += 1
        // Only what is new is followed: what follows from the rest was found before.
        if closure.visits <= Self.mostVisits { closure.open.append(.init(symbol: symbol, below: below)) }
    }

    /// Follows calls and returns until nothing new is found; returns the state of the places that read a byte.
    private mutating func finish(_ closure: inout Closure) -> Int32 {
        while let frame = closure.open.popLast() {
            switch grammar.symbols[Int(frame.symbol)] {
            case .bytes: break
            case .rule(let rule):
                let after = frame.symbol + 1
                let isLast = grammar.symbols[Int(after)] == .end
                let below = isLast ? frame.below : stacks.push(after, on: frame.below)
                for alternative in grammar.rules[rule] { visit(Int32(alternative), over: below, &closure) }
            case .end:
                let content = stacks.contents[Int(frame.below)]
                if content.hasEmpty { closure.hasEmpty = true }
                for caller in content.frames { visit(caller.symbol, over: caller.below, &closure) }
            }
        }
        var content = StackSets.Content(hasEmpty: closure.hasEmpty, frames: [])
        for (symbol, below) in closure.below {
            guard case .bytes = grammar.symbols[Int(symbol)] else { continue }
            content.frames.append(.init(symbol: symbol, below: below))
        }
        if content.frames.isEmpty && !content.hasEmpty { return deadState }
        content.frames.sort { $0.symbol < $1.symbol }
        return state(of: stacks.set(content))
    }

    private mutating func state(of set: Int32) -> Int32 {
        if let state = stateIndex[set] { return state }
        let state = Int32(states.count)
        states.append(set)
        stateIndex[set] = state
        transitions.append(contentsOf: repeatElement(Self.unknown, count: classCount))
        return state
    }

    /// Bytes that every byte set of the grammar treats alike are one class.
    private static func classes(of grammar: Grammar) -> (classOf: [UInt8], count: Int) {
        var sets: Set<ByteSet> = []
        for case .bytes(let set) in grammar.symbols { sets.insert(set) }
        var classOf = [Int](repeating: 0, count: 256)
        for set in sets {
            var renamed: [Int: Int] = [:]
            for byte in 0...255 {
                let key = classOf[byte] * 2 + (set.contains(UInt8(byte)) ? 1 : 0)
                classOf[byte] = renamed[key] ?? renamed.count
                renamed[key] = classOf[byte]
            }
        }
        return (classOf.map { UInt8($0) }, (classOf.max() ?? 0) + 1)
    }
}
