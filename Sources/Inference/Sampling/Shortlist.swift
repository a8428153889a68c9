/// The k highest logits in order: highest first, among equals the lower token first.
///
/// A binary heap whose root is the worst of the best so far; a vocabulary is passed eight logits at a time, and nearly
/// all of them are below the root.
struct Shortlist: Sendable {
    struct Entry: Sendable {
        var token: Token
        var logit: Float

        func precedes(_ other: Entry) -> Bool {
            logit > other.logit || (logit == other.logit && token < other.token)
        }
    }

    /// Sorted after ``select(_:of:)``.
    private(set) var entries: ContiguousArray<Entry> = []

    mutating func select(_ count: Int, of logits: LogitVector) {
        entries.removeAll(keepingCapacity: true)
        guard count > 0 else { return }
        entries.reserveCapacity(min(count, logits.buffer.count))
        var index = 0
        while index < logits.buffer.count {
            let end = min(index + 8, logits.buffer.count)
            defer { index = end }
            if entries.count == count && end - index == 8
                && !logits.anyOfEight(from: index, atLeast: entries[0].logit.nextUp)
            {
                continue
            }
            for token in index..<end where logits.buffer[token] > -.infinity {
                offer(Entry(token: Token(token), logit: logits.buffer[token]), keeping: count)
            }
        }
        entries.sort { $0.precedes($1) }
    }

    private mutating func offer(_ entry: Entry, keeping count: Int) {
        if entries.count < count {
            entries.append(entry)
            rise(from: entries.count - 1)
        } else if entry.precedes(entries[0]) {
            entries[0] = entry
            sink()
        }
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[parent].precedes(entries[child]) else { return }
            entries.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < entries.count else { return }
            if child + 1 < entries.count && entries[child].precedes(entries[child + 1]) { child += 1 }
            guard entries[parent].precedes(entries[child]) else { return }
            entries.swapAt(parent, child)
            parent = child
        }
    }
}
