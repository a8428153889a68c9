import Testing

@testable import Repair

@Suite("The report")
struct RunReportTests {
    @Test("says what failed, where the fault was, what was tried, and what the sandbox enforces")
    func whole() {
        let markdown = RunReport(events: Self.events(patch: "--- a\n+++ b\n")).markdown
        #expect(markdown.contains("# Fettle: fixed: mended"))
        #expect(markdown.contains("| `t::a` | fails | passes |"))
        #expect(markdown.contains("`a.py:3`, suspiciousness 0.87"))
        #expect(markdown.contains("Candidates: proven 1, unfixed 1."))
        #expect(markdown.contains("```diff\n--- a\n+++ b\n```"))
    }

    @Test("a patch with a fence in it cannot end its own block")
    func fences() {
        let markdown = RunReport(events: Self.events(patch: "+```\n+# Forged\n")).markdown
        #expect(markdown.contains("````diff\n+```\n+# Forged\n````"))
    }

    @Test("a message cannot add a row or a heading to the report")
    func forged() {
        var base = Self.base
        base.failing[0].message = "x |\n# Forged"
        let markdown = RunReport(events: [RunEvent(at: 0, kind: .baseTested(base))]).markdown
        #expect(!markdown.split(separator: "\n").contains { $0.hasPrefix("# Forged") })
        #expect(markdown.contains("x \\| \\# Forged"))
    }

    private static let suspect = Suspect(path: "a.py", line: 3, suspiciousness: 0.866, reasons: ["run by all"])
    private static let base = RunEvent.BaseTests(
        passing: ["t::b"],
        failing: [.init(test: "t::a", message: "AssertionError: no", expected: nil, actual: nil, place: "a.py:3")],
        flaky: [], buildErrors: [], seconds: 1)

    private static func events(patch: String) -> [RunEvent] {
        let candidate = Candidate(
            proposer: "template", operation: "op", summary: "s", stages: [], suspect: suspect, score: 1)
        let trials = [Trial.Outcome.unfixed, .proven].map {
            Trial(fingerprint: "f", candidate: candidate, outcome: $0, passed: [], seconds: 1)
        }
        let kinds: [RunEvent.Kind] =
            [.baseTested(base), .suspectsRanked([suspect])] + trials.map { .tried($0) } + [
                .proven(
                    RunEvent.ProvenPatch(
                        patch: patch, changedFiles: ["a.py"], summary: "mended", suspect: suspect,
                        fixedTests: ["t::a"], stillPassing: 1)),
                .ended(RunEvent.Ending(verdict: .fixed, reason: "mended", seconds: 2, candidatesTried: 2)),
            ]
        return kinds.map { RunEvent(at: 0, kind: $0) }
    }
}
