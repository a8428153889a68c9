/// The smallest automaton of all substrings of a text (Blumer et al., 1985), built in one pass.
///
/// At most 2n states and 3n edges for n bytes; the edges of a state are a linked list.
struct SuffixAutomaton: ByteAutomaton {
    private struct State {
        /// The length of the longest substring that leads here.
        var length: Int32
        /// The state of the longest suffix that stands in more places.
        var link: Int32
        var firstEdge: Int32 = -1
        /// Whether a substring that leads here stands where a quotation may end.
        var isEnd = false
    }

    private struct Edge {
        var target: Int32
        var next: Int32
        var byte: UInt8
    }

    private var states = [State(length: 0, link: -1)]
    private var edges: [Edge] = []
    private let ending: SubstringConstraint.Ending

    init(of text: [UInt8], ending: SubstringConstraint.Ending) {
        self.ending = ending
        states.reserveCapacity(text.count * 3 / 2)
        edges.reserveCapacity(text.count * 2)
        var last: Int32 = 0
        for byte in text { last = extend(last, byte) }
        // All suffixes of the text end where it does.
        while last >= 0 {
            states[Int(last)].isEnd = true
            last = states[Int(last)].link
        }
    }

    var start: Int32 { 0 }
    var isFull: Bool { false }

    func next(_ state: Int32, _ byte: UInt8) -> Int32 {
        guard state >= 0, let edge = edge(state, byte) else { return deadState }
        return edges[edge].target
    }

    func allowsEnd(_ state: Int32) -> Bool {
        guard state >= 0 else { return false }
        switch ending {
        case .anywhere: return true
        case .lineEnd: return states[Int(state)].isEnd || edge(state, 0x0A) != nil || edge(state, 0x0D) != nil
        }
    }

    func isExhausted(_ state: Int32) -> Bool { state < 0 || states[Int(state)].firstEdge < 0 }

    func renewed(keeping state: Int32) -> (automaton: Self, state: Int32) { (self, state) }

    private func edge(_ state: Int32, _ byte: UInt8) -> Int? {
        var edge = states[Int(state)].firstEdge
        while edge >= 0 {
            if edges[Int(edge)].byte == byte { return Int(edge) }
            edge = edges[Int(edge)].next
        }
        return nil
    }

    private mutating func addEdge(from state: Int32, _ byte: UInt8, to target: Int32) {
        edges.append(Edge(target: target, next: states[Int(state)].firstEdge, byte: byte))
        states[Int(state)].firstEdge = Int32(edges.count - 1)
    }

    /// Adds a byte to the text whose whole is `last`; returns the state of the longer whole.
    private mutating func extend(_ last: Int32, _ byte: UInt8) -> Int32 {
        let whole = Int32(states.count)
        states.append(State(length: states[Int(last)].length + 1, link: 0))
        var suffix = last
        while suffix >= 0, edge(suffix, byte) == nil {
            addEdge(from: suffix, byte, to: whole)
            suffix = states[Int(suffix)].link
        }
        guard suffix >= 0, let known = edge(suffix, byte) else { return whole }
        let target = edges[known].target
        if states[Int(suffix)].length + 1 == states[Int(target)].length {
            states[Int(whole)].link = target
        } else {
            states[Int(whole)].link = split(target, after: suffix, byte)
        }
        return whole
    }

    /// Gives the suffixes of `target` up to that of `suffix` and `byte` a state of their own.
    private mutating func split(_ target: Int32, after suffix: Int32, _ byte: UInt8) -> Int32 {
        let clone = Int32(states.count)
        states.append(State(length: states[Int(suffix)].length + 1, link: states[Int(target)].link))
        var copied = states[Int(target)].firstEdge
        while copied >= 0 {
            addEdge(from: clone, edges[Int(copied)].byte, to: edges[Int(copied)].target)
            copied = edges[Int(copied)].next
        }
        var user = suffix
        while user >= 0, let edge = edge(user, byte), edges[edge].target == target {
            edges[edge].target = clone
            user = states[Int(user)].link
        }
        states[Int(target)].link = clone
        return clone
    }
}
