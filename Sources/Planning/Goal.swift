/// The facts that must hold in the end.
package struct Goal: Hashable, Sendable, Codable {
    package let facts: Set<Fact>

    package init(_ facts: Set<Fact>) {
        self.facts = facts
    }
}

extension Goal: ExpressibleByArrayLiteral, CustomStringConvertible {
    package init(arrayLiteral facts: Fact...) {
        self.init(Set(facts))
    }

    package var description: String { facts.sorted().map(\.description).joined(separator: " and ") }
}
