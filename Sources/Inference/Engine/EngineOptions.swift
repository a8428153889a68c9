/// How an engine uses the machine.
package struct EngineOptions: Sendable {
    /// Threads that compute, the engine's own included.
    package var threads: Int
    /// The most tokens a sequence may have; nil: what the model was trained for.
    package var contextLength: Int?
    package var cacheType: CacheType
    /// Where keys and values of prompts are kept between processes; nil: nowhere.
    package var prefixCacheFolder: String?
    /// The most bytes that folder may hold; the least recently used go first.
    package var prefixCacheBytes: Int
    /// The most bytes of keys and values that are kept in memory for later requests.
    package var retainedCacheBytes: Int
    /// The most bytes of keys and values of requests under way; what does not fit waits its turn. One always runs.
    package var activeCacheBytes: Int

    package init(
        threads: Int = 2, contextLength: Int? = nil, cacheType: CacheType = .f16, prefixCacheFolder: String? = nil,
        prefixCacheBytes: Int = 4 << 30, retainedCacheBytes: Int = 512 << 20, activeCacheBytes: Int = 4 << 30
    ) {
        self.threads = threads
        self.contextLength = contextLength
        self.cacheType = cacheType
        self.prefixCacheFolder = prefixCacheFolder
        self.prefixCacheBytes = prefixCacheBytes
        self.retainedCacheBytes = retainedCacheBytes
        self.activeCacheBytes = activeCacheBytes
    }
}

/// How keys and values are stored.
package enum CacheType: String, Sendable, CaseIterable, Codable {
    /// Twice the size of `f16` for nothing that a text would show; for comparing engines.
    case f32
    case f16
    /// Half the size of `f16`; the loss is below that of most weights.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case q8_0 = "q8_0"
}
