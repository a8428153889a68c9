import Repair
import Testing
import Toolchains

@Suite("Spectrum-based localisation")
struct SpectrumLocaliserTests {
    private let coverage = Coverage(lines: [
        "fails": ["a.py": [1, 2, 3], "tests/t.py": [9]],
        "passes": ["a.py": [1, 2]],
        "passes too": ["a.py": [1]],
    ])

    @Test("a line that only failing tests run is the most suspicious")
    func ochiai() {
        let suspects = SpectrumLocaliser(coverage: coverage, failing: ["fails"]).suspects { $0 == "a.py" }
        let ranked = SuspectRanking.merge(suspects)
        #expect(ranked.map(\.line) == [3, 2, 1])
        #expect(ranked[0].suspiciousness == 1)
        #expect(abs(ranked[1].suspiciousness - 1 / 2.0.squareRoot()) < 1e-12)
        #expect(ranked[2].reasons == ["run by 1 of 1 failing and 2 of 2 passing tests"])
    }

    @Test("what passing tests alone run in the same files is hardly suspect, what they run in others not at all")
    func bystanders() {
        let coverage = Coverage(lines: [
            "fails": ["a.py": [2], "tests/t.py": [9]], "passes": ["a.py": [1, 2], "b.py": [7]],
            "passes too": ["a.py": [3], "tests/t.py": [1]],
        ])
        let found = SpectrumLocaliser(coverage: coverage, failing: ["fails"]).bystanders { !$0.hasPrefix("tests/") }
        #expect(Set(found.map(\.path)) == ["a.py"])
        #expect(found.map(\.line).sorted() == [1, 3])
        #expect(found.allSatisfy { 0 < $0.suspiciousness && $0.suspiciousness < 0.1 })
    }

    @Test("files that may not be edited are no suspects")
    func editable() {
        let suspects = SpectrumLocaliser(coverage: coverage, failing: ["fails"]).suspects { $0 == "a.py" }
        #expect(Set(suspects.map(\.path)) == ["a.py"])
    }

    @Test("hints about one line add up and never exceed certainty")
    func merging() {
        let hint = Suspect(path: "a", line: 1, suspiciousness: 0.5, reasons: ["x"])
        let other = Suspect(path: "a", line: 1, suspiciousness: 0.6, reasons: ["y", "x"])
        let merged = SuspectRanking.merge([hint, other])
        #expect(merged.count == 1)
        #expect(abs(merged[0].suspiciousness - 0.8) < 1e-12)
        #expect(merged[0].reasons == ["x", "y"])
    }

    @Test("coefficients", arguments: [(0, 0, 3, 0.0), (3, 0, 3, 1.0), (1, 3, 1, 0.5), (2, 0, 0, 0.0)])
    func coefficient(failed: Int, passed: Int, total: Int, expected: Double) {
        #expect(abs(SpectrumLocaliser.ochiai(failed: failed, passed: passed, totalFailed: total) - expected) < 1e-12)
    }

    @Test("identifiers are split so that prose finds them")
    func words() {
        #expect(IssueLocaliser.splitWords("overlap_count overlapCount URL") == "overlap count overlap Count URL")
    }

    @Test("the constant that a suspicious line names, and its function's header, become suspects")
    func definitions() {
        let source = """
            LIMIT = 10
            OTHER = 3

            def allowed(count, extra=1):
                return count + extra < LIMIT
            """
        let suspect = Suspect(path: "a.py", line: 5, suspiciousness: 1, reasons: [])
        let found = DefinitionLocaliser.suspects(near: [suspect], in: ["a.py": Array(source.utf8)])
        #expect(found.map(\.line) == [1, 4])
    }
}
