/// A named proposition that holds in a world or does not.
///
/// ```swift
/// extension Fact { static let doorOpen: Fact = "doorOpen" }
/// ```
package struct Fact: RawRepresentable, Hashable, Comparable, Sendable, Codable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static func < (left: Fact, right: Fact) -> Bool { left.rawValue < right.rawValue }
}

extension Fact: ExpressibleByStringInterpolation, CustomStringConvertible {
    package init(stringLiteral name: String) {
        self.init(rawValue: name)
    }

    package var description: String { rawValue }
}

/// A fact that must hold, or one that must not.
package struct Condition: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let fact: Fact
    package let holds: Bool

    package init(_ fact: Fact, holds: Bool = true) {
        self.fact = fact
        self.holds = holds
    }

    package var description: String { holds ? fact.description : "not \(fact)" }

    package static func < (left: Condition, right: Condition) -> Bool {
        (left.fact, left.holds ? 0 : 1) < (right.fact, right.holds ? 0 : 1)
    }
}
