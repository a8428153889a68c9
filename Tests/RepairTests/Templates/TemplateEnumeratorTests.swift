import Editing
import Repair
import Testing

@Suite("Template enumerator")
struct TemplateEnumeratorTests {
    /// The 1-based place of the fix among the candidates of the marked line, or nil.
    private static func rank(of pair: BugPair) throws -> Int? {
        let file = SourceFile(path: "x", bytes: Array(pair.source.utf8), language: pair.language)
        let fix = TemplateOperatorTests.normalised(pair.fixed, pair.language)
        let candidates = TemplateEnumerator().edits(for: [(line: pair.line, suspiciousness: 1)], in: file)
        return try candidates.firstIndex { candidate in
            let text = String(decoding: try FileEdit.apply(candidate.edits, to: file.bytes), as: UTF8.self)
            return TemplateOperatorTests.normalised(text, pair.language) == fix
        }.map { $0 + 1 }
    }

    @Test("the fix of a small bug is among the candidates of its line, mostly near the top")
    func ranks() throws {
        var ranks: [Int] = []
        for pair in BugPair.all {
            let rank = try Self.rank(of: pair)
            if let rank { ranks.append(rank) }
            print("rank \(rank.map(String.init) ?? "none"): \(pair)")
        }
        ranks.sort()
        let mean = ranks.reduce(0, +) / max(ranks.count, 1)
        let found = "\(ranks.count) of \(BugPair.all.count) fixes found"
        let near = ranks.filter { $0 <= 30 }.count
        print("\(found), mean rank \(mean), median \(ranks[ranks.count / 2]), \(near) in the first thirty")
        #expect(BugPair.all.count >= 60)
        #expect(ranks.count * 20 >= BugPair.all.count * 19, "\(found)")
        #expect(ranks[ranks.count / 2] <= 15)
        #expect(near * 10 >= BugPair.all.count * 7)
    }
}
