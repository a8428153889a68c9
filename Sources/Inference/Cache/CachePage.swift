/// A page of keys and values, owned by every sequence that has it; see ``CacheGeometry``.
///
/// A sequence writes only into a page that it owns alone.
package final class CachePage {
    package let memory: UnsafeMutableRawPointer
    private let pool: CachePool

    fileprivate init(_ memory: UnsafeMutableRawPointer, of pool: CachePool) {
        self.memory = memory
        self.pool = pool
    }

    deinit { pool.reclaim(memory) }

    /// A page with the first `count` positions of this one.
    package func copy(first count: Int) -> CachePage {
        let copy = pool.page()
        let geometry = pool.geometry
        for offset in stride(from: 0, to: geometry.pageBytes, by: geometry.blockBytes) {
            (copy.memory + offset).copyMemory(from: memory + offset, byteCount: count * geometry.rowBytes)
        }
        return copy
    }
}

/// Hands out pages, and keeps some that came back, so that decoding does not ask the system for memory again.
package final class CachePool {
    package let geometry: CacheGeometry
    private var spare: [UnsafeMutableRawPointer] = []
    private let spareLimit: Int

    package init(_ geometry: CacheGeometry, spareBytes: Int = 64 << 20) {
        self.geometry = geometry
        spareLimit = max(4, spareBytes / geometry.pageBytes)
    }

    deinit {
        for memory in spare { memory.deallocate() }
    }

    package func page() -> CachePage {
        let memory =
            spare.popLast() ?? .allocate(byteCount: geometry.pageBytes, alignment: 64)
        return CachePage(memory, of: self)
    }

    fileprivate func reclaim(_ memory: UnsafeMutableRawPointer) {
        if spare.count < spareLimit { spare.append(memory) } else { memory.deallocate() }
    }
}
