/// Finds rules that can begin with themselves: no stack machine gets past those.
struct LeftRecursion {
    private let firsts: [Set<Int>]

    init(_ alternatives: [[[Grammar.Symbol]]], loops: Set<Int>) {
        let nullable = Self.nullable(alternatives)
        firsts = alternatives.enumerated().map { rule, branches in
            var firsts: Set<Int> = []
            for branch in branches {
                scan: for symbol in branch {
                    guard case .rule(let reference) = symbol else { break scan }
                    if reference != rule || !loops.contains(rule) { firsts.insert(reference) }
                    if !nullable[reference] { break scan }
                }
            }
            return firsts
        }
    }

    /// - Throws: an error that names the rules of one circle.
    func refuse(in source: GrammarSource, named: [String: Int]) throws(InferenceError) {
        guard let circle = circle() else { return }
        let names = Dictionary(named.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let members = circle.compactMap { names[$0] }
        guard let rule = source.rules.first(where: { members.contains($0.name) }) else { return }
        let start = members.firstIndex(of: rule.name) ?? 0
        let path = (members[start...] + members[..<start] + [rule.name]).joined(separator: " → ")
        throw rule.place.error("\(rule.name) begins with itself (\(path)); put the recursion at the end, or use *")
    }

    /// Rules without a first rule of their own are taken away until none is left, or a circle is.
    private func circle() -> [Int]? {
        var users = [[Int]](repeating: [], count: firsts.count)
        for (rule, references) in firsts.enumerated() { for reference in references { users[reference].append(rule) } }
        var open = firsts.map(\.count)
        var ready = open.indices.filter { open[$0] == 0 }
        while let rule = ready.popLast() {
            for user in users[rule] {
                open[user] -= 1
                if open[user] == 0 { ready.append(user) }
            }
        }
        guard var rule = open.indices.first(where: { open[$0] > 0 }) else { return nil }
        var path: [Int] = []
        var placeOf: [Int: Int] = [:]
        while placeOf[rule] == nil {
            placeOf[rule] = path.count
            path.append(rule)
            guard let next = firsts[rule].filter({ open[$0] > 0 }).min() else { return nil }
            rule = next
        }
        return Array(path[(placeOf[rule] ?? 0)...])
    }

    /// Which rules match the empty text.
    private static func nullable(_ alternatives: [[[Grammar.Symbol]]]) -> [Bool] {
        var nullable = [Bool](repeating: false, count: alternatives.count)
        var users = [[(rule: Int, branch: Int)]](repeating: [], count: alternatives.count)
        var missing = alternatives.map { $0.map(\.count) }
        var ready: [Int] = []
        func settle(_ rule: Int) {
            if !nullable[rule] {
                nullable[rule] = true
                ready.append(rule)
            }
        }
        for (rule, branches) in alternatives.enumerated() {
            for (branch, symbols) in branches.enumerated() {
                if symbols.isEmpty { settle(rule) }
                for case .rule(let reference) in symbols { users[reference].append((rule, branch)) }
            }
        }
        while let rule = ready.popLast() {
            for user in users[rule] {
                missing[user.rule][user.branch] -= 1
                if missing[user.rule][user.branch] == 0 { settle(user.rule) }
            }
        }
        return nullable
    }
}
