/// Delta debugging: the smallest part of a change that still does its work.
///
/// `ddmin` of Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (IEEE TSE 28(2), 2002), with the test's sense
/// turned round: a subset of hunks is good when every test still passes on it.
package enum DeltaDebugging {
    /// A 1-minimal subset of `items` for which `isGood` holds: taking any single item away breaks it.
    /// `items` itself must be good. At most O(n²) calls.
    package static func minimise<Item: Sendable>(
        _ items: [Item], isolation: isolated (any Actor)? = #isolation,
        while isGood: ([Item]) async throws -> Bool
    ) async rethrows -> [Item] {
        var current = items
        var parts = 2
        while current.count >= 2 {
            var reduced = false
            for complement in complements(of: current, parts: parts) where try await isGood(complement) {
                current = complement
                parts = max(parts - 1, 2)
                reduced = true
                break
            }
            guard !reduced else { continue }
            guard parts < current.count else { break }
            parts = min(current.count, parts * 2)
        }
        return current
    }

    /// `items` without each of `parts` equal slices in turn.
    private static func complements<Item>(of items: [Item], parts: Int) -> [[Item]] {
        (0..<parts).map { part in
            let lower = items.count * part / parts
            let upper = items.count * (part + 1) / parts
            return Array(items[..<lower] + items[upper...])
        }
    }
}
