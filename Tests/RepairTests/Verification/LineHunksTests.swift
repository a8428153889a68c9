import Repair
import Testing

@Suite("Hunks and minimising")
struct LineHunksTests {
    @Test("applying every hunk gives the changed file, none gives the base", arguments: 0..<200)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let base = Self.lines(&random)
        let changed = Self.lines(&random)
        let hunks = LineHunks.between(base: ["f": base], changed: ["f": changed])
        let rebuilt = LineHunks.apply(hunks, to: ["f": base])["f"] ?? base
        #expect(rebuilt == changed, "seed \(seed)")
    }

    @Test("separate places are separate hunks")
    func separate() {
        let hunks = LineHunks.between(
            base: ["f": Array("a\nb\nc\nd\n".utf8)], changed: ["f": Array("A\nb\nc\nD\n".utf8)])
        #expect(hunks.map(\.baseLines) == [0..<1, 3..<4])
    }

    @Test("delta debugging keeps exactly what is needed", arguments: 0..<100)
    func minimal(seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        let items = Array(0..<Int.random(in: 1...20, using: &random))
        let needed = Set(items.filter { _ in Bool.random(using: &random) })
        let kept = await DeltaDebugging.minimise(items) { needed.isSubset(of: $0) }
        if needed.isEmpty {
            #expect(kept.count == 1, "seed \(seed)")
        } else {
            #expect(Set(kept) == needed, "seed \(seed)")
        }
    }

    private static func lines(_ random: inout SeededGenerator) -> [UInt8] {
        let count = Int.random(in: 0...12, using: &random)
        var text = (0..<count).map { _ in "\(Int.random(in: 0...4, using: &random))\n" }.joined()
        if Bool.random(using: &random) && !text.isEmpty { text.removeLast() }
        return Array(text.utf8)
    }
}
