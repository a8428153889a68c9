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

    @Test(
        "slow targets are run once the quick ones pass, all of them at once where none is slow, and those that hang last"
    )
    func promptTargets() {
        let outcomes = [
            TestOutcome(id: "hangs", status: .timedOut, seconds: 10),
            TestOutcome(id: "quick", status: .failed, seconds: 0.02),
            TestOutcome(id: "also-quick", status: .crashed, seconds: 0.03),
            TestOutcome(id: "slow", status: .failed, seconds: 1.5),
        ]
        func prompt(_ outcomes: some Sequence<TestOutcome>) -> [TestID] {
            let run = TestReport(outcomes: Array(outcomes), ending: .completed)
            return BaseEvidence(runs: [run, run], suiteSeconds: 2).promptTargets
        }
        #expect(prompt(outcomes) == ["quick", "also-quick"])
        #expect(prompt(outcomes[1...2]) == ["also-quick", "quick"])
        #expect(prompt(outcomes[3...]) == ["slow"])
        #expect(prompt(outcomes[..<1]) == ["hangs"])
    }

    private func report(_ statuses: [String: TestOutcome.Status]) -> TestReport {
        TestReport(
            outcomes: statuses.map { TestOutcome(id: TestID($0.key), status: $0.value) }, ending: .completed)
    }
}
