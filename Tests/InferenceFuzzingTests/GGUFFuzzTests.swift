import InferenceFuzzing
import Testing

@Suite("Mutated files")
struct GGUFFuzzTests {
    /// `InferenceFuzzer` runs as many as one likes, under the address sanitizer.
    @Test("headers and vocabularies with random damage are read or refused, never trapped on", arguments: 1...8)
    func mutated(batch: UInt64) throws {
        let seeds = try FuzzSeeds.all()
        var depths = Array(repeating: 0, count: FuzzCase.Depth.allCases.count)
        for seed in batch * 1_000_000..<batch * 1_000_000 + 5_000 {
            var random = FuzzGenerator(seed: seed)
            var bytes = seeds[random.index(below: seeds.count)]
            Mutation.mutate(&bytes, seeds: seeds, &random)
            depths[FuzzCase.read(bytes).rawValue] += 1
        }
        // Damage that is always refused at the door would test the door alone.
        #expect(depths.allSatisfy { $0 > 100 }, "refused, opened, tokenized: \(depths)")
    }

    @Test("every seed is read to the end before it is damaged")
    func seeds() throws {
        for seed in try FuzzSeeds.all().dropFirst(2) { #expect(FuzzCase.read(seed) == .tokenized) }
    }
}
