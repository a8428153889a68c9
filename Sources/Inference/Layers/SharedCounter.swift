import Synchronization

/// Deals pieces of one piece of work to threads, whoever comes first.
final class SharedCounter: Sendable {
    private let next = Atomic<Int>(0)

    /// Starts again; not while threads claim.
    func reset() { next.store(0, ordering: .relaxed) }

    /// The next `size` of `total` pieces, fewer at the end; nil when all are taken.
    func claim(_ size: Int, of total: Int) -> Range<Int>? {
        let start = next.wrappingAdd(size, ordering: .relaxed).oldValue
        guard start < total else { return nil }
        return start..<min(start + size, total)
    }
}
