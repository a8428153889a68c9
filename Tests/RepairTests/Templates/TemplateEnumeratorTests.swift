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

    @Test("equal input gives equal candidates in the same order")
    func determinism() {
        for pair in BugPair.all.prefix(3) {
            let file = SourceFile(path: "x", bytes: Array(pair.source.utf8), language: pair.language)
            let lines = (1...file.lineCount).map { (line: $0, suspiciousness: 1 / Double($0)) }
            let first = TemplateEnumerator().edits(for: lines, in: file)
            let second = TemplateEnumerator().edits(for: lines, in: file)
            #expect(first.map(\.edits) == second.map(\.edits))
            #expect(first.map(\.score) == first.map(\.score).sorted(by: >))
        }
    }

    @Test("no two candidates of a line give the same text, and none gives the text as it is")
    func distinct() throws {
        for pair in BugPair.all.enumerated().filter({ $0.offset % 6 == 0 }).map(\.element) {
            let file = SourceFile(path: "x", bytes: Array(pair.source.utf8), language: pair.language)
            var seen: Set<[String]> = [TemplateOperatorTests.normalised(pair.source, pair.language)]
            for candidate in TemplateEnumerator().edits(for: [(line: pair.line, suspiciousness: 1)], in: file) {
                let text = String(decoding: try FileEdit.apply(candidate.edits, to: file.bytes), as: UTF8.self)
                #expect(
                    seen.insert(TemplateOperatorTests.normalised(text, pair.language)).inserted, "\(candidate.summary)")
            }
        }
    }

    @Test("weights take the place of priors, and a weight of zero silences an operator")
    func weights() {
        let file = SourceFile(path: "a.py", bytes: Array("while i < n:\n    i += 1\n".utf8), language: .python)
        let line = [(line: 1, suspiciousness: 0.5)]
        let heavy = TemplateEnumerator(weights: ["negation": 1_000]).edits(for: line, in: file)
        #expect(heavy.first?.operatorName == "negation")
        let silent = TemplateEnumerator(weights: ["boundary": 0]).edits(for: line, in: file)
        #expect(!silent.contains { $0.operatorName == "boundary" })
        let plain = TemplateEnumerator(operators: [.boundary]).edits(for: line, in: file)
        #expect(plain.map(\.summary) == ["boundary: `<` → `<=` at a.py:1"])
        #expect(plain.map(\.score) == [4])
    }

    @Test("broken sources give candidates whose edits fit the file", arguments: SourceLanguage.allCases)
    func fuzz(language: SourceLanguage) throws {
        let seed = UInt64(language.rawValue.utf8.reduce(11) { $0 &* 31 &+ Int($1) })
        var random = SeededGenerator(seed: seed)
        let interesting = Array("(){}[]:;,.\"'\n=<".utf8)
        let sources = BugPair.all.filter { $0.language == language }.map { Array($0.source.utf8) }
        for _ in 0..<2 {
            var bytes = sources[Int.random(in: 0..<sources.count, using: &random)]
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(interesting[Int.random(in: interesting.indices, using: &random)], at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(place + 7, bytes.count)], at: place)
                }
            }
            let file = SourceFile(path: "x", bytes: bytes, language: language)
            for line in 1...file.lineCount {
                for candidate in TemplateEnumerator().edits(for: [(line: line, suspiciousness: 1)], in: file) {
                    #expect(throws: Never.self, "seed \(seed)") { try FileEdit.apply(candidate.edits, to: bytes) }
                }
            }
        }
    }
}
