/// Sequences that are kept for later requests which begin alike.
///
/// Bounded by the memory of their pages; the least recently used go first.
package struct PrefixCache {
    private var kept: [CachedSequence] = []
    private let pageLimit: Int

    package init(bytes: Int, geometry: CacheGeometry) {
        pageLimit = bytes / geometry.pageBytes
    }

    /// A fork of the kept sequence that shares most leading tokens with `tokens`, cut to what it shares.
    package mutating func longestMatch(_ tokens: [Token]) -> CachedSequence? {
        var best: (index: Int, length: Int)?
        for (index, sequence) in kept.enumerated() {
            let length = sharedPrefixLength(sequence.tokens[...], tokens[...])
            if length > (best?.length ?? 0) { best = (index, length) }
        }
        guard let best else { return nil }
        let sequence = kept.remove(at: best.index)
        kept.append(sequence)
        return sequence.fork(first: best.length)
    }

    /// Keeps the sequence's present state; later changes of `sequence` do not show.
    package mutating func keep(_ sequence: CachedSequence) {
        guard sequence.count > 0 else { return }
        let covers = { (long: CachedSequence, short: CachedSequence) in
            sharedPrefixLength(long.tokens[...], short.tokens[...]) == short.count
        }
        if let longer = kept.firstIndex(where: { covers($0, sequence) }) {
            kept.append(kept.remove(at: longer))
            return
        }
        kept.removeAll { covers(sequence, $0) }
        kept.append(sequence.fork())
        while pageCount > pageLimit, !kept.isEmpty { kept.removeFirst() }
    }

    private var pageCount: Int {
        var pages = Set<ObjectIdentifier>()
        for sequence in kept { pages.formUnion(sequence.pages.lazy.map(ObjectIdentifier.init)) }
        return pages.count
    }
}

/// How many leading tokens two texts share.
func sharedPrefixLength(_ a: ArraySlice<Token>, _ b: ArraySlice<Token>) -> Int {
    var length = 0
    for (left, right) in zip(a, b) {
        guard left == right else { break }
        length += 1
    }
    return length
}
