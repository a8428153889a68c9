@testable import Inference

/// Matches a text against a grammar's source as its definition reads: recursively, by characters, trying everything.
struct NaiveMatcher {
    private let rules: [String: GrammarExpression]
    private let text: [Unicode.Scalar]
    private var memory: [String: Set<Int>] = [:]

    static func matches(_ source: GrammarSource, _ text: String) -> Bool {
        var matcher = NaiveMatcher(
            rules: Dictionary(uniqueKeysWithValues: source.rules.map { ($0.name, $0.body) }),
            text: Array(text.unicodeScalars))
        return matcher.ends(of: "root", from: 0).contains(matcher.text.count)
    }

    private mutating func ends(of rule: String, from start: Int) -> Set<Int> {
        let key = "\(rule) \(start)"
        if let known = memory[key] { return known }
        let result = rules[rule].map { ends($0, from: start) } ?? []
        memory[key] = result
        return result
    }

    private mutating func ends(_ expression: GrammarExpression, from start: Int) -> Set<Int> {
        switch expression {
        case .literal(let bytes):
            let wanted = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
            return text[start...].starts(with: wanted) ? [start + wanted.count] : []
        case .characters(let ranges):
            return start < text.count && ranges.contains { $0.contains(text[start].value) } ? [start + 1] : []
        case .reference(let name, _):
            return ends(of: name, from: start)
        case .sequence(let items):
            var places: Set<Int> = [start]
            for item in items { places = step(item, from: places) }
            return places
        case .alternatives(let branches):
            var places: Set<Int> = []
            for branch in branches { places.formUnion(ends(branch, from: start)) }
            return places
        case .repetition(let item, let minimum, let maximum):
            var places: Set<Int> = [start]
            for _ in 0..<minimum { places = step(item, from: places) }
            var reached = places
            var rounds = 0
            while !places.isEmpty && rounds < maximum.map({ $0 - minimum }) ?? .max {
                places = step(item, from: places).subtracting(reached)
                reached.formUnion(places)
                rounds += 1
            }
            return reached
        }
    }

    private mutating func step(_ item: GrammarExpression, from places: Set<Int>) -> Set<Int> {
        var next: Set<Int> = []
        for place in places { next.formUnion(ends(item, from: place)) }
        return next
    }
}
