/// Turns a grammar's text into rules over bytes: groups and repetitions become rules of their own.
struct GrammarCompiler {
    private var alternatives: [[[Grammar.Symbol]]] = []
    private var named: [String: Int] = [:]
    /// Rules that repeat themselves at their end, which is no left recursion.
    private var loops: Set<Int> = []
    private var classRules: [[ClosedRange<UInt32>]: Grammar.Symbol] = [:]
    private var loopRules: [Grammar.Symbol: Int] = [:]
    private var size = 0

    private static let largest = 500_000

    mutating func compile(_ source: GrammarSource) throws(InferenceError) -> Grammar {
        var places: [String: GrammarPlace] = [:]
        for rule in source.rules {
            if let first = places.updateValue(rule.place, forKey: rule.name) {
                throw rule.place.error("\(rule.name) is defined twice, first in line \(first.line)")
            }
            named[rule.name] = newRule()
        }
        guard let root = named["root"] else {
            throw GrammarPlace(line: 1, column: 1).error("no rule is called root, where a text begins")
        }
        for rule in source.rules {
            guard let index = named[rule.name] else { continue }
            alternatives[index] = try branches(of: rule.body, in: rule)
        }
        try LeftRecursion(alternatives, loops: loops).refuse(in: source, named: named)
        return flattened(root: root)
    }

    private func flattened(root: Int) -> Grammar {
        var symbols: [Grammar.Symbol] = []
        let rules = alternatives.map { branches in
            branches.map { branch in
                defer { symbols += branch + [.end] }
                return symbols.count
            }
        }
        return Grammar(symbols: symbols, rules: rules, root: root)
    }

    private mutating func newRule(_ branches: [[Grammar.Symbol]] = []) -> Int {
        alternatives.append(branches)
        return alternatives.count - 1
    }

    private mutating func branches(
        of expression: GrammarExpression, in rule: GrammarSource.Rule
    ) throws(InferenceError) -> [[Grammar.Symbol]] {
        guard case .alternatives(let branches) = expression else { return [try symbols(of: expression, in: rule)] }
        var result: [[Grammar.Symbol]] = []
        for branch in branches { result.append(try symbols(of: branch, in: rule)) }
        return result
    }

    private mutating func symbols(
        of expression: GrammarExpression, in rule: GrammarSource.Rule
    ) throws(InferenceError) -> [Grammar.Symbol] {
        size += 1
        guard size <= Self.largest else { throw rule.place.error("the grammar is too large once it is spelled out") }
        switch expression {
        case .literal(let bytes):
            return bytes.map { .bytes(ByteSet([$0...$0])) }
        case .characters(let ranges):
            return [characterClass(ranges)]
        case .reference(let name, let place):
            guard let index = named[name] else { throw place.error("no rule is called \(name)") }
            return [.rule(index)]
        case .sequence(let items):
            var result: [Grammar.Symbol] = []
            for item in items { result += try symbols(of: item, in: rule) }
            return result
        case .alternatives:
            return [.rule(newRule(try branches(of: expression, in: rule)))]
        case .repetition(let item, let minimum, let maximum):
            return try repetition(symbol(of: item, in: rule), minimum, maximum, in: rule)
        }
    }

    private mutating func symbol(
        of item: GrammarExpression, in rule: GrammarSource.Rule
    ) throws(InferenceError) -> Grammar.Symbol {
        let symbols = try symbols(of: item, in: rule)
        return symbols.count == 1 ? symbols[0] : .rule(newRule([symbols]))
    }

    /// x{m,n} is m times x, then rules `rest(k) ::= x rest(k − 1) | ε`; x{m,} ends in `rest ::= x rest | ε`.
    private mutating func repetition(
        _ symbol: Grammar.Symbol, _ minimum: Int, _ maximum: Int?, in rule: GrammarSource.Rule
    ) throws(InferenceError) -> [Grammar.Symbol] {
        size += maximum ?? minimum
        guard size <= Self.largest else { throw rule.place.error("the grammar is too large once it is spelled out") }
        var result = [Grammar.Symbol](repeating: symbol, count: minimum)
        guard let maximum else { return result + [.rule(loop(symbol))] }
        var rest: [Grammar.Symbol] = []
        for _ in minimum..<maximum { rest = [.rule(newRule([[symbol] + rest, []]))] }
        result += rest
        return result
    }

    private mutating func loop(_ symbol: Grammar.Symbol) -> Int {
        if let rule = loopRules[symbol] { return rule }
        let rule = newRule()
        alternatives[rule] = [[symbol, .rule(rule)], []]
        loops.insert(rule)
        loopRules[symbol] = rule
        return rule
    }

    private mutating func characterClass(_ ranges: [ClosedRange<UInt32>]) -> Grammar.Symbol {
        if let symbol = classRules[ranges] { return symbol }
        let sequences = CodePoints.normalised(ranges).flatMap(CodePoints.byteSequences)
        let single = sequences.filter { $0.count == 1 }.map { $0[0] }
        let longer = sequences.filter { $0.count > 1 }.map { $0.map { Grammar.Symbol.bytes(ByteSet([$0])) } }
        let first: [[Grammar.Symbol]] = single.isEmpty ? [] : [[.bytes(ByteSet(single))]]
        let symbol = longer.isEmpty && !first.isEmpty ? first[0][0] : .rule(newRule(first + longer))
        classRules[ranges] = symbol
        return symbol
    }
}
