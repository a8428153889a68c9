import Repair
import Testing
import Toolchains

@Suite("Evidence of the base")
struct EvidenceTests {
    @Test("a test that wavers is set aside, one that fails each time is a target")
    func flaky() {
        let evidence = BaseEvidence(
            runs: [
                report(["a": .failed, "b": .failed, "c": .passed]), report(["a": .failed, "b": .passed, "c": .passed]),
            ],
            suiteSeconds: 1)
        #expect(evidence.failToPass == ["a"])
        #expect(evidence.flaky == ["b"])
        #expect(evidence.passing == ["c"])
    }

    @Test("a test that hangs or crashes each time is a target, a skipped one is nothing")
    func statuses() {
        let run = report(["hangs": .timedOut, "crashes": .crashed, "skipped": .skipped])
        let evidence = BaseEvidence(runs: [run, run], suiteSeconds: 1)
        #expect(evidence.failToPass == ["crashes", "hangs"])
        #expect(evidence.passing.isEmpty)
    }

    @Test("named targets leave other failing tests alone")
    func targets() {
        let run = report(["t.py::a": .failed, "t.py::b": .failed])
        let evidence = BaseEvidence(runs: [run, run], targets: ["b"], suiteSeconds: 1)
        #expect(evidence.failToPass == ["t.py::b"])
    }

    @Test("what fits into a few seconds is the quick tests, not the first ones")
    func quickTests() {
        let seconds = ["a-slow": 5.0, "b": 0.2, "c": 0.1, "d": 0.9]
        let run = TestReport(
            outcomes: seconds.map { TestOutcome(id: TestID($0.key), status: .passed, seconds: $0.value) },
            ending: .completed)
        let evidence = BaseEvidence(runs: [run, run], suiteSeconds: 6)
        #expect(evidence.passing(within: 1) == ["c", "b"])
        #expect(evidence.passing(within: 100) == ["c", "b", "d", "a-slow"])
        #expect(evidence.slowestPassingSeconds == 5)
    }

    private func report(_ statuses: [String: TestOutcome.Status]) -> TestReport {
        TestReport(
            outcomes: statuses.map { TestOutcome(id: TestID($0.key), status: $0.value) }, ending: .completed)
    }
}
