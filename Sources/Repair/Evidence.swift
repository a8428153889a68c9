package import Toolchains

/// What was observed of the base: which tests fail each time, which pass, which waver.
package struct BaseEvidence: Sendable {
    /// Fail-to-pass: failed in every base run. Empty when the build is broken and no test could run.
    package var failing: [TestOutcome]
    /// Pass-to-pass: passed in every base run.
    package var passing: Set<TestID>
    /// Gave different results on the same program; set aside.
    package var flaky: Set<TestID>
    /// Not empty when the base does not build.
    package var buildDiagnostics: [Diagnostic]
    /// Wall seconds of one run of the whole suite.
    package var suiteSeconds: Double

    /// Wall seconds of the base's build; part of every candidate's run where the language is compiled.
    package var buildSeconds = 0.0

    /// What the fail-to-pass tests may take once they are mended: their own time, and for one that hangs that of its neighbours.
    package var targetSeconds: Double {
        failing.reduce(0) { $0 + ($1.status == .timedOut ? typicalSeconds : $1.seconds) }
    }

    /// What a passing test takes on average.
    package let typicalSeconds: Double
    /// Of each passing test, how long it took.
    private let passingSeconds: [TestID: Double]
    package var slowestPassingSeconds: Double { passingSeconds.values.max() ?? 0 }

    /// The passing tests that run in so many seconds all together, quick ones first: to set against the failing ones, many quick tests tell
    /// more than a few slow ones.
    package func passing(within seconds: Double) -> [TestID] {
        var total = 0.0
        let quickFirst = passing.sorted { (passingSeconds[$0] ?? 0, $0) < (passingSeconds[$1] ?? 0, $1) }
        return Array(
            quickFirst.prefix { test in
                total += passingSeconds[test] ?? 0
                return total <= seconds
            })
    }

    package var failToPass: [TestID] { failing.map(\.id) }

    /// The targets to run first. Those that hang take long to fail, and so do slow ones: they are worth the wait only once the quick ones pass.
    package var promptTargets: [TestID] {
        let prompt = failing.filter { $0.status != .timedOut }
        guard let quickest = prompt.map(\.seconds).min() else { return failToPass }
        let total = prompt.reduce(0) { $0 + $1.seconds }
        guard total > Self.secondsWorthSaving else { return prompt.map(\.id) }
        var sum = 0.0
        return prompt.sorted { ($0.seconds, $0.id) < ($1.seconds, $1.id) }.prefix { test in
            sum += test.seconds
            return sum <= max(quickest, total / 8)
        }.map(\.id)
    }

    /// Below it, what slow targets would tell of partial fixes is worth more than the time.
    private static let secondsWorthSaving = 0.3

    package var isBuildBroken: Bool { !buildDiagnostics.isEmpty }

    /// Folds several runs of the same program: a test that gave one result each time is stable, any other is flaky.
    ///
    /// `targets` restricts fail-to-pass to the tests the user named; other failing ones are then neither judged nor repaired.
    package init(runs: [TestReport], targets: [String] = [], suiteSeconds: Double) {
        var statuses: [TestID: Set<Bool>] = [:]
        var lastFailure: [TestID: TestOutcome] = [:]
        for outcome in runs.flatMap(\.outcomes) where outcome.status != .skipped {
            statuses[outcome.id, default: []].insert(outcome.status == .passed)
            if outcome.status != .passed { lastFailure[outcome.id] = outcome }
        }
        let isTarget: (TestID) -> Bool = { id in
            targets.isEmpty || targets.contains { id.rawValue == $0 || id.rawValue.hasSuffix($0) }
        }
        failing = statuses.filter { $0.value == [false] && isTarget($0.key) }.keys.sorted().compactMap {
            lastFailure[$0]
        }
        // One that had no outcome in one of the runs of everything cannot be missed later on: its name may hold a time.
        let told = runs.prefix(2).map { Set($0.outcomes.map(\.id)) }
        passing = Set(
            statuses.filter { test, status in status == [true] && told.allSatisfy { $0.contains(test) } }.keys)
        flaky = Set(statuses.filter { $0.value.count > 1 }.keys)
        let isBroken = runs.contains { $0.ending == .buildFailed }
        buildDiagnostics = isBroken ? runs.last?.diagnostics.filter { $0.severity == .error } ?? [] : []
        self.suiteSeconds = suiteSeconds
        let passed = runs.flatMap(\.outcomes).filter { $0.status == .passed }
        passingSeconds = Dictionary(passed.map { ($0.id, $0.seconds) }, uniquingKeysWith: max)
        typicalSeconds = passed.reduce(0) { $0 + $1.seconds } / Double(max(passed.count, 1))
    }

    /// Sets a test aside that was caught wavering later on.
    package mutating func setAside(_ test: TestID) {
        failing.removeAll { $0.id == test }
        passing.remove(test)
        flaky.insert(test)
    }
}
