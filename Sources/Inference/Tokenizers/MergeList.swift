/// Merges adjacent symbols, best pair first, until no pair can be: the one algorithm under byte-pair and SentencePiece encoding.
///
/// Short words are scanned for their best pair each time; long ones keep a heap, so that time grows as n log n.
/// Symbols are numbers of the caller's; storage is kept between words.
struct MergeList {
    /// What a pair becomes, and how early: the lowest `priority` first, of equals the leftmost.
    struct Merge {
        let priority: UInt32
        let symbol: Int32
    }

    private(set) var symbols: [Int32] = []
    private var priorities: [UInt32] = []
    private var merged: [Int32] = []
    private var next: [Int32] = []
    private var previous: [Int32] = []
    private var queue = MergeQueue()

    private static let scanLimit = 48

    mutating func removeAll() {
        symbols.removeAll(keepingCapacity: true)
    }

    mutating func append(_ symbol: Int32) {
        symbols.append(symbol)
    }

    /// Leaves in `symbols` what remains when nothing more merges.
    mutating func merge(_ lookup: (_ left: Int32, _ right: Int32) -> Merge?) {
        if symbols.count <= Self.scanLimit { mergeByScanning(lookup) } else { mergeByQueue(lookup) }
    }

    private mutating func mergeByScanning(_ lookup: (Int32, Int32) -> Merge?) {
        priorities.removeAll(keepingCapacity: true)
        merged.removeAll(keepingCapacity: true)
        for index in symbols.indices.dropFirst() {
            let merge = lookup(symbols[index - 1], symbols[index])
            priorities.append(merge?.priority ?? .max)
            merged.append(merge?.symbol ?? -1)
        }
        while true {
            var best = -1
            for index in merged.indices
            where merged[index] >= 0 && (best < 0 || priorities[index] < priorities[best]) { best = index }
            guard best >= 0 else { return }
            symbols[best] = merged[best]
            symbols.remove(at: best + 1)
            priorities.remove(at: best)
            merged.remove(at: best)
            if best > 0 { renew(best - 1, lookup) }
            if best < merged.count { renew(best, lookup) }
        }
    }

    private mutating func renew(_ index: Int, _ lookup: (Int32, Int32) -> Merge?) {
        let merge = lookup(symbols[index], symbols[index + 1])
        priorities[index] = merge?.priority ?? .max
        merged[index] = merge?.symbol ?? -1
    }

    private mutating func mergeByQueue(_ lookup: (Int32, Int32) -> Merge?) {
        let count = symbols.count
        next = (0..<count).map { Int32(truncatingIfNeeded: $0 + 1 < count ? $0 + 1 : -1) }
        previous = (0..<count).map { Int32(truncatingIfNeeded: $0 - 1) }
        merged = Array(repeating: -1, count: count)
        queue.removeAll()
        for index in 0..<count - 1 { enqueue(index, lookup) }
        while let entry = queue.pop() {
            let left = Int(entry.key & 0xFFFF_FFFF)
            let right = Int(next[left])
            guard right >= 0, symbols[left] == entry.left, symbols[right] == entry.right else { continue }
            symbols[left] = merged[left]
            symbols[right] = Self.absorbed
            next[left] = next[right]
            if next[right] >= 0 { previous[Int(next[right])] = Int32(left) }
            if previous[left] >= 0 { enqueue(Int(previous[left]), lookup) }
            if next[left] >= 0 { enqueue(left, lookup) }
        }
        symbols.removeAll { $0 == Self.absorbed }
    }

    /// The mark of a symbol that is part of the one before it; no caller's symbol is negative.
    private static let absorbed: Int32 = -1

    private mutating func enqueue(_ left: Int, _ lookup: (Int32, Int32) -> Merge?) {
        let right = Int(next[left])
        guard let merge = lookup(symbols[left], symbols[right]) else { return }
        merged[left] = merge.symbol
        queue.push(
            MergeQueue.Entry(
                key: UInt64(merge.priority) << 32 | UInt64(left), left: symbols[left], right: symbols[right]))
    }
}
