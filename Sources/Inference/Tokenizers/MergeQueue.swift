/// A binary heap of possible merges: the lowest key first.
struct MergeQueue {
    struct Entry {
        /// Priority in the upper half, position in the lower: of equal merges the leftmost comes first.
        let key: UInt64
        /// What must still stand there for the merge to be possible.
        let left: Int32
        let right: Int32
    }

    private var entries: [Entry] = []

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }

    mutating func push(_ entry: Entry) {
        var index = entries.count
        entries.append(entry)
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[parent].key > entry.key else { break }
            entries[index] = entries[parent]
            index = parent
        }
        entries[index] = entry
    }

    mutating func pop() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first }
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
            guard entries[child].key < last.key else { break }
            entries[index] = entries[child]
            index = child
        }
        entries[index] = last
        return first
    }
}
