import Synchronization

/// A constraint that is a byte automaton over a vocabulary. Copies share states and masks, found once.
struct AutomatonConstraint<Automaton: ByteAutomaton>: TokenConstraint {
    private var tables: Tables
    private var state: Int32

    init(_ automaton: Automaton, trie: TokenTrie) {
        state = automaton.start
        tables = Tables(automaton, trie: trie)
    }

    var allowsEnd: Bool { tables.withAutomaton { $0.allowsEnd(state) } }
    var isExhausted: Bool { tables.withAutomaton { $0.isExhausted(state) } }

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        tables.allowed(from: state).mask(logits)
    }

    mutating func accept(_ token: Token) {
        if tables.trie.endTokens.contains(token) && allowsEnd { return }
        let bytes = tables.trie.bytes(of: token)
        let current = state
        let (next, isFull) = tables.withAutomaton { automaton in
            let next = bytes.isEmpty ? deadState : bytes.reduce(current) { automaton.next($0, $1) }
            return (next, automaton.isFull)
        }
        state = next
        if isFull { (tables, state) = tables.renewed(keeping: next) }
    }

    /// The automaton as far as it was explored, and the masks of states that were met.
    private final class Tables: Sendable {
        private struct Explored {
            var automaton: Automaton
            var masks: [Int32: TokenSet] = [:]
        }

        let trie: TokenTrie
        private let explored: Mutex<Explored>

        /// A mask of 150,000 tokens takes 19 kB.
        private static var mostMasks: Int { 512 }

        init(_ automaton: Automaton, trie: TokenTrie) {
            explored = Mutex(Explored(automaton: automaton))
            self.trie = trie
        }

        func withAutomaton<Result>(_ body: (inout Automaton) -> Result) -> Result {
            explored.withLock { body(&$0.automaton) }
        }

        func allowed(from state: Int32) -> TokenSet {
            explored.withLock { explored in
                if let mask = explored.masks[state] { return mask }
                var mask = trie.allowed(by: &explored.automaton, from: state)
                if explored.automaton.allowsEnd(state) { for token in trie.endTokens { mask.insert(token) } }
                if explored.masks.count >= Self.mostMasks { explored.masks = [:] }
                explored.masks[state] = mask
                return mask
            }
        }

        func renewed(keeping state: Int32) -> (Tables, Int32) {
            let (automaton, state) = withAutomaton { $0.renewed(keeping: state) }
            return (Tables(automaton, trie: trie), state)
        }
    }
}
