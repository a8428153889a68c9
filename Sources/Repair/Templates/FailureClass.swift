package import Toolchains

/// What kind of failure was seen, as far as it says what kind of edit mends it: a null access wants a guard, a hang a step or a jump.
///
/// The classes and what they call for follow the failure-guided fix schemas of PAR (Kim et al., ICSE 2013) and the checkers of TBar (Liu et
/// al., ISSTA 2019). A failed comparison says nothing of the kind, so it has no class.
package struct FailureClass: Sendable {
    /// Words of which one stands in the failure's kind or message, in lower case.
    let signs: [String]
    /// By operator: how much more likely it is than its prior says.
    let multipliers: [String: Double]

    static let all: [FailureClass] = [nullAccess, outOfBounds, hang, undefinedName, changedWhileIterated]

    static let nullAccess = FailureClass(
        signs: [
            "segmentation fault", "sigsegv", "nonetype", "unexpectedly found nil", "nullpointerexception",
            "nil pointer dereference", "of undefined", "of null",
        ],
        multipliers: ["guard": 6, "added-condition": 3, "missing-return": 3, "exchanged-statements": 1.5])

    static let outOfBounds = FailureClass(
        signs: ["indexerror", "out of range", "out of bounds", "keyerror", "remove last element", "stopiteration"],
        multipliers: [
            "guard": 3, "boundary": 2, "plus-one": 2, "range-call": 2, "range-end": 2, "subscript": 2, "slice": 2,
            "call-family": 2,
        ])

    static let hang = FailureClass(
        signs: ["timeout", "timed out", "did not end"],
        multipliers: ["missing-step": 4, "step-direction": 3, "inserted-jump": 3, "boundary": 2, "variable": 2])

    static let undefinedName = FailureClass(
        signs: ["nameerror", "is not defined", "unboundlocalerror", "attributeerror", "modulenotfounderror"],
        multipliers: ["undefined-name": 4, "missing-import": 3, "missing-receiver": 3, "attribute": 2])

    static let changedWhileIterated = FailureClass(
        signs: ["changed size during iteration", "mutated during iteration", "concurrentmodification"],
        multipliers: ["iterated-copy": 8])

    /// Applies where the base does not build.
    static let broken = FailureClass(
        signs: [],
        multipliers: [
            "undefined-name": 4, "missing-import": 3, "missing-punctuation": 4, "mutability": 4, "dereference": 4,
            "member-access": 4, "missing-receiver": 3, "missing-return": 3, "argument-label": 3,
        ])

    /// By operator, what the failures of a run call for; the strongest call counts.
    package static func multipliers(for failures: [TestOutcome], isBuildBroken: Bool) -> [String: Double] {
        let texts = failures.map { outcome in
            "\(outcome.failure?.kind ?? "") \(outcome.failure?.message ?? "") \(outcome.status.rawValue)".lowercased()
        }
        var classes = all.filter { kind in
            texts.contains { text in kind.signs.contains { text.contains($0) } }
        }
        if isBuildBroken { classes.append(broken) }
        return classes.reduce(into: [:]) { result, kind in
            result.merge(kind.multipliers) { max($0, $1) }
        }
    }
}
