import Foundation
import Testing

@testable import Inference

@Suite("The prefix cache on disk")
struct PrefixFolderTests {
    private func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path + "/prefixes-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    private func files(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test("another engine finds what one has read, and gets the same logits", arguments: CacheType.allCases)
    func anotherProcess(_ cacheType: CacheType) async throws {
        try await withFolder { folder in
            try await TinyModel(headWidth: 32).withFile { path in
                let options = EngineOptions(cacheType: cacheType, prefixCacheFolder: folder)
                let prefix = Passes.text(200)
                let first = try Engine(modelAt: path, options: options)
                let request = GenerationRequest(prompt: prefix + [7, 8], maxTokens: 20)
                let plain = try await EngineTests.collect(first, request)
                #expect(plain.usage.cachedTokens == 0)

                let second = try Engine(modelAt: path, options: options)
                let found = try await EngineTests.collect(second, request)
                #expect(found.usage.cachedTokens == 201)
                #expect(found.samples == plain.samples)

                let third = try Engine(modelAt: path, options: options)
                let other = GenerationRequest(prompt: prefix + [9, 10, 11], maxTokens: 20)
                let continued = try await EngineTests.collect(third, other)
                #expect(continued.usage.cachedTokens == 200)
                let fresh = try Engine(modelAt: path, options: EngineOptions(cacheType: cacheType))
                #expect(try await EngineTests.collect(fresh, other).samples == continued.samples)
            }
        }
    }

    @Test("another model, or another form of cache, finds nothing")
    func identity() async throws {
        try await withFolder { folder in
            let request = GenerationRequest(prompt: Passes.text(100), maxTokens: 1)
            for seed in [UInt64(1), 2] {
                try await TinyModel(headWidth: 32, seed: seed).withFile { path in
                    for cacheType in CacheType.allCases {
                        let engine = try Engine(
                            modelAt: path, options: EngineOptions(cacheType: cacheType, prefixCacheFolder: folder))
                        #expect(try await EngineTests.collect(engine, request).usage.cachedTokens == 0)
                    }
                }
            }
        }
    }

    @Test("a damaged file is not used, and removed", arguments: [0, 40, 100, 5_000], [false, true])
    func damage(_ place: Int, _ cutting: Bool) async throws {
        try await withFolder { folder in
            try await TinyModel().withFile { path in
                let options = EngineOptions(prefixCacheFolder: folder)
                let request = GenerationRequest(prompt: Passes.text(100), maxTokens: 8)
                let plain = try await EngineTests.collect(try Engine(modelAt: path, options: options), request)
                let names = try files(folder)
                #expect(names.count == 2)
                for name in names {
                    let file = URL(fileURLWithPath: folder + "/" + name)
                    var bytes = try Data(contentsOf: file)
                    if cutting { bytes = bytes.prefix(place) } else { bytes[place] ^= 0x40 }
                    try bytes.write(to: file)
                }
                let again = try await EngineTests.collect(try Engine(modelAt: path, options: options), request)
                #expect(again.usage.cachedTokens == 0)
                #expect(again.samples == plain.samples)
                // What was found damaged was written anew, and is good.
                let third = try await EngineTests.collect(try Engine(modelAt: path, options: options), request)
                #expect(third.usage.cachedTokens >= CacheGeometry.positions)
            }
        }
    }

    @Test("the folder stays within its size; what was not used for longest goes first")
    func size() async throws {
        try await withFolder { folder in
            try await TinyModel().withFile { path in
                let page = try CacheGeometry(Hyperparameters(GGUFFile(path: path).metadata), type: .f16).pageBytes
                let options = EngineOptions(
                    prefixCacheFolder: folder, prefixCacheBytes: 5 * (page + 400), retainedCacheBytes: 0)
                let engine = try Engine(modelAt: path, options: options)
                for seed in 1...6 {
                    _ = try await EngineTests.collect(
                        engine, GenerationRequest(prompt: Passes.text(128, seed: UInt64(seed)), maxTokens: 1))
                    #expect(try files(folder).count <= 5)
                    try await Task.sleep(for: .milliseconds(10))
                }
                let latest = try await EngineTests.collect(
                    engine, GenerationRequest(prompt: Passes.text(128, seed: 6), maxTokens: 1))
                #expect(latest.usage.cachedTokens == 127)
                let oldest = try await EngineTests.collect(
                    engine, GenerationRequest(prompt: Passes.text(128, seed: 1), maxTokens: 1))
                #expect(oldest.usage.cachedTokens == 0)
            }
        }
    }

    @Test("prompts on disk are readable by their owner alone")
    func permissions() async throws {
        try await withFolder { folder in
            try await TinyModel().withFile { path in
                let engine = try Engine(modelAt: path, options: EngineOptions(prefixCacheFolder: folder))
                _ = try await EngineTests.collect(engine, GenerationRequest(prompt: Passes.text(100), maxTokens: 1))
                for file in try files(folder).map({ folder + "/" + $0 }) + [folder] {
                    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                    #expect((mode ?? 0o777) & 0o077 == 0)
                }
            }
        }
    }
}
