/// The keys and values of a sequence of tokens: pages that may be shared with other sequences.
///
/// A fork shares every page and copies none. The first token that a fork appends in the midst of a shared page gives it a
/// page of its own for those fewer than ``CacheGeometry/positions`` positions (copy on write).
package final class CachedSequence {
    /// The tokens whose keys and values are held, or are about to be written by the batch being built.
    package private(set) var tokens: [Token]
    private(set) var pages: [CachePage]
    private let pool: CachePool

    package init(in pool: CachePool) {
        self.pool = pool
        tokens = []
        pages = []
    }

    private init(_ tokens: [Token], _ pages: [CachePage], in pool: CachePool) {
        self.tokens = tokens
        self.pages = pages
        self.pool = pool
    }

    package var count: Int { tokens.count }

    /// A sequence with the first `count` tokens of this one, nil for all, at no copy.
    package func fork(first count: Int? = nil) -> CachedSequence {
        guard let count, count < tokens.count else { return CachedSequence(tokens, pages, in: pool) }
        return CachedSequence(
            Array(tokens.prefix(count)), Array(pages.prefix(CacheGeometry.pages(for: count))), in: pool)
    }

    /// Forgets all but the first `count` tokens.
    package func truncate(to count: Int) {
        guard count < tokens.count else { return }
        tokens.removeLast(tokens.count - count)
        pages.removeLast(pages.count - CacheGeometry.pages(for: count))
    }

    /// Makes room for tokens whose keys and values are then written by a forward pass.
    package func append(_ more: some Collection<Token>) {
        let used = tokens.count % CacheGeometry.positions
        if used != 0, !more.isEmpty, !isKnownUniquelyReferenced(&pages[pages.count - 1]) {
            pages[pages.count - 1] = pages[pages.count - 1].copy(first: used)
        }
        tokens.append(contentsOf: more)
        while pages.count < CacheGeometry.pages(for: tokens.count) { pages.append(pool.page()) }
    }

    /// Takes over a page that was filled elsewhere; the sequence must end at a page's end.
    func append(filled page: CachePage, with more: some Collection<Token>) {
        precondition(tokens.count == pages.count * CacheGeometry.positions, "a page in the midst of a page")
        precondition(more.count <= CacheGeometry.positions, "more tokens than a page holds")
        tokens.append(contentsOf: more)
        pages.append(page)
    }
}
