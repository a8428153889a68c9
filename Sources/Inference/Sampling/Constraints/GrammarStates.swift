/// The states of a grammar's pushdown machine, determinised as they are met.
///
/// A state is a set of stacks, for a grammar may have read the same text in several ways. A stack is a linked list of
/// places in the grammar, kept once however many share it: the top is the byte set that comes next, below it is where
/// to go on when a rule ends. Calls at the end of an alternative leave nothing on the stack, so that a loop does not
/// grow it. Transitions are remembered per class of bytes that the grammar never tells apart.
struct GrammarStates: ByteAutomaton {
    /// A place in `grammar.symbols` over the stack below it.
    private struct Frame: Hashable {
        var symbol: Int32
        var below: Int32
    }

    private let grammar: Grammar
    /// For each byte its class, and for each class one of its bytes.
    private let classOf: [UInt8]
    private let representatives: [UInt8]

    private var frames: [Frame] = [Frame(symbol: -1, below: -1)]
    private var frameIndex: [Frame: Int32] = [:]
    /// For each state its stacks in rising order; stack 0 is the empty one, which means that the text may end.
    private var states: [[Int32]] = []
    private var stateIndex: [[Int32]: Int32] = [:]
    private var transitions: [Int32] = []
    private(set) var start: Int32 = deadState

    private static let unknown: Int32 = -2
    private static let manyStates = 100_000
    private static let manyFrames = 2_000_000
    /// A grammar so ambiguous that one text has more readings loses the later ones: it then allows less, never more.
    private static let mostReadings = 20_000

    init(_ grammar: Grammar) {
        self.grammar = grammar
        (classOf, representatives) = Self.classes(of: grammar)
        var closure = Closure()
        call(rule: grammar.root, below: 0, into: &closure)
        start = state(of: finish(&closure))
    }

    var isFull: Bool { states.count > Self.manyStates || frames.count > Self.manyFrames }

    func allowsEnd(_ state: Int32) -> Bool { state >= 0 && states[Int(state)].first == 0 }

    func isExhausted(_ state: Int32) -> Bool { state < 0 || states[Int(state)] == [0] }

    mutating func next(_ state: Int32, _ byte: UInt8) -> Int32 {
        guard state >= 0 else { return deadState }
        let slot = Int(state) * representatives.count + Int(classOf[Int(byte)])
        if transitions[slot] != Self.unknown { return transitions[slot] }
        let next = advance(states[Int(state)], over: byte)
        transitions[slot] = next
        return next
    }

    func renewed(keeping state: Int32) -> (automaton: Self, state: Int32) {
        var automaton = Self(grammar)
        guard state >= 0 else { return (automaton, state) }
        let stacks = states[Int(state)].map { stack in
            var places: [Int32] = []
            var frame = stack
            while frame > 0 {
                places.append(frames[Int(frame)].symbol)
                frame = frames[Int(frame)].below
            }
            return places.reversed().reduce(into: 0) { below, symbol in below = automaton.push(symbol, below) }
        }
        let kept = automaton.state(of: stacks.sorted())
        return (automaton, kept)
    }

    // MARK: - Moving

    /// What is still to be looked at, what was, and the stacks found.
    private struct Closure {
        var open: [Frame] = []
        var seen: Set<Frame> = []
        var stacks: [Int32] = []
    }

    private mutating func advance(_ stacks: [Int32], over byte: UInt8) -> Int32 {
        var closure = Closure()
        for stack in stacks where stack > 0 {
            let frame = frames[Int(stack)]
            guard case .bytes(let set) = grammar.symbols[Int(frame.symbol)], set.contains(byte) else { continue }
            visit(Frame(symbol: frame.symbol + 1, below: frame.below), &closure)
        }
        return state(of: finish(&closure))
    }

    private func visit(_ frame: Frame, _ closure: inout Closure) {
        guard closure.seen.count < Self.mostReadings, closure.seen.insert(frame).inserted else { return }
        closure.open.append(frame)
    }

    private func call(rule: Int, below: Int32, into closure: inout Closure) {
        for alternative in grammar.rules[rule] { visit(Frame(symbol: Int32(alternative), below: below), &closure) }
    }

    /// Follows calls and returns until every stack has a byte set on top, or is empty.
    private mutating func finish(_ closure: inout Closure) -> [Int32] {
        while let frame = closure.open.popLast() {
            switch grammar.symbols[Int(frame.symbol)] {
            case .bytes:
                closure.stacks.append(push(frame.symbol, frame.below))
            case .rule(let rule):
                let after = frame.symbol + 1
                let isLast = grammar.symbols[Int(after)] == .end
                call(rule: rule, below: isLast ? frame.below : push(after, frame.below), into: &closure)
            case .end where frame.below == 0:
                closure.stacks.append(0)
            case .end:
                visit(frames[Int(frame.below)], &closure)
            }
        }
        return Array(Set(closure.stacks)).sorted()
    }

    private mutating func push(_ symbol: Int32, _ below: Int32) -> Int32 {
        let frame = Frame(symbol: symbol, below: below)
        if let index = frameIndex[frame] { return index }
        let index = Int32(frames.count)
        frames.append(frame)
        frameIndex[frame] = index
        return index
    }

    private mutating func state(of stacks: [Int32]) -> Int32 {
        if stacks.isEmpty { return deadState }
        if let state = stateIndex[stacks] { return state }
        let state = Int32(states.count)
        states.append(stacks)
        stateIndex[stacks] = state
        transitions.append(contentsOf: repeatElement(Self.unknown, count: representatives.count))
        return state
    }

    /// Bytes that every byte set of the grammar treats alike are one class.
    private static func classes(of grammar: Grammar) -> (classOf: [UInt8], representatives: [UInt8]) {
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
        var representatives: [UInt8] = []
        for byte in 0...255 where classOf[byte] == representatives.count { representatives.append(UInt8(byte)) }
        return (classOf.map { UInt8($0) }, representatives)
    }
}
