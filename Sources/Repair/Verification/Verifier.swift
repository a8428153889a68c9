import Toolchains

/// Judges programs by running their tests: a quick look at the fail-to-pass tests first, a proof by the whole suite after.
struct Verifier: Sendable {
    let toolchain: any Toolchain
    let base: BaseEvidence
    /// Editable sources of the base.
    let baseSources: ChangedFiles

    /// Running further than this many targets would cost more than stopping at the first failure saves in knowledge of partial fixes.
    private static let targetsRunInFull = 8

    /// A candidate may take some times what the base took, so that a loop it introduces does not hold the slot for minutes.
    private var quickLimit: Duration { .seconds(3 + 3 * base.suiteSeconds + 3 * base.buildSeconds) }
    private var suiteLimit: Duration { .seconds(10 + 5 * base.suiteSeconds + 3 * base.buildSeconds) }
    /// No mended test should take very much longer than the slowest that passes.
    private var testLimit: Duration { .seconds(3 + 10 * base.slowestPassingSeconds) }
    /// In a screening nothing is built and nothing starts up.
    private var screeningLimit: Duration { .seconds(2 + 5 * base.targetSeconds) }
    /// What failed at once may, mended, take as long as what passes; where nothing passes, nothing is known.
    private var screeningPatience: Duration {
        guard !base.passing.isEmpty else { return screeningLimit }
        let expected = [
            base.slowestPassingSeconds, base.targetSeconds, Double(base.failing.count) * base.typicalSeconds,
        ]
        return .seconds(1 + 5 * (expected.max() ?? 0))
    }

    /// The fail-to-pass tests on each program, in order; the run may end early once one of them passes everything.
    ///
    /// What is not begun by `deadline`, or in a screening is not done by then, has no trial.
    func look(
        at items: [CandidateQueue.Item], until deadline: ContinuousClock.Instant, in slot: Slot
    ) async throws -> [Trial] {
        var trials: [Trial] = []
        if let screening = toolchain as? any ScreeningToolchain, !base.isBuildBroken {
            trials = try await screen(items, with: screening, until: deadline, in: slot)
        }
        // A program that ends the whole screening takes the results of those after it along: each gets a run of its own.
        let judged = Set(trials.map(\.fingerprint))
        for item in items where !judged.contains(item.fingerprint) && ContinuousClock.now < deadline {
            trials.append(try await look(at: item, in: slot))
        }
        return trials
    }

    /// Whether a program that takes too long says something of the edit: where the fault itself is a hang, most edits leave it one.
    var tellsByHanging: Bool { !base.failing.contains { $0.status == .timedOut } }

    /// One program, one run of its own, or two where some targets hung or were slow at the base.
    private func look(at item: CandidateQueue.Item, in slot: Slot) async throws -> Trial {
        let clock = ContinuousClock()
        let start = clock.now
        var workspace = slot.workspace
        workspace.tracesCrashes = false
        workspace.testLimit = testLimit
        let prompt = base.promptTargets
        let rest = Set(base.failToPass).subtracting(prompt).sorted()
        let report = try await slot.with(item.changed, over: baseSources) { [workspace] in
            var report = try await run(prompt, in: workspace)
            if !rest.isEmpty, report.ending == .completed, passesAll(prompt, report.outcomes) {
                let second = try await run(rest, in: workspace)
                report = TestReport(outcomes: report.outcomes + second.outcomes, ending: second.ending)
            }
            return report
        }
        try Task.checkCancellation()
        if case .environment(let reason) = report.ending { throw EnvironmentFailure(reason) }
        let (outcome, passed) = judge(report)
        return Trial(
            fingerprint: item.fingerprint, candidate: item.candidate, outcome: outcome,
            passed: passed.map(\.rawValue), seconds: start.duration(to: clock.now).inSeconds)
    }

    private func run(_ targets: [TestID], in workspace: Workspace) async throws -> TestReport {
        try await toolchain.test(
            targets.isEmpty ? .all : .only(targets), stopAtFirstFailure: targets.count > Self.targetsRunInFull,
            wallClock: quickLimit, in: workspace)
    }

    private func passesAll(_ tests: [TestID], _ outcomes: [TestOutcome]) -> Bool {
        let passed = Set(outcomes.filter { $0.status == .passed }.map(\.id))
        return tests.allSatisfy(passed.contains)
    }

    /// Many programs in one process. What passes the prompt targets is left out while others remain to be run.
    private func screen(
        _ items: [CandidateQueue.Item], with toolchain: any ScreeningToolchain,
        until deadline: ContinuousClock.Instant, in slot: Slot
    ) async throws -> [Trial] {
        let clock = ContinuousClock()
        let start = clock.now
        let prompt = base.promptTargets
        let results = try await toolchain.screen(
            items.enumerated().map { ScreeningCandidate(id: $0.offset, files: $0.element.changed) },
            tests: prompt,
            options: ScreeningOptions(
                perCandidate: screeningLimit, patience: screeningPatience, stopAtFirstHit: false,
                stopAtFirstFailure: prompt.count > Self.targetsRunInFull,
                wallClock: max(.seconds(1), start.duration(to: deadline))), in: slot.workspace)
        let seconds = start.duration(to: clock.now).inSeconds / Double(max(results.count, 1))
        // Whatever a test left in place of a source, the next candidate starts from the base.
        for path in Set(items.flatMap(\.changed.keys)) { try slot.files.write(baseSources[path] ?? [], to: path) }
        let isWhole = prompt.count == base.failToPass.count
        return results.filter { isWhole || !passesAll(prompt, $0.outcomes) }.map { result in
            let item = items[result.candidate]
            let (outcome, passed) = judge(result.outcomes, ending: result.ending.asReportEnding)
            return Trial(
                fingerprint: item.fingerprint, candidate: item.candidate, outcome: outcome,
                passed: passed.map(\.rawValue), seconds: seconds)
        }
    }

    /// What a proof found beyond yes or no.
    struct Proof: Sendable {
        var isProven: Bool
        /// Tests that passed at the base and fail now, flaky ones already set aside.
        var regressed: [TestID]
        var fixed: [TestID]
        var stillPassing: Int
        /// Pass-to-pass tests that failed here once and turned out to waver on the base too.
        var flaky: [TestID]
    }

    /// The whole suite on a clean worktree: every fail-to-pass test passes and no pass-to-pass test fails.
    ///
    /// A pass-to-pass test that fails is run again, here `reruns` times and on the base, before it counts: a bystander that wavers must not cost
    /// a fix.
    func prove(_ changed: ChangedFiles, reruns: Int = 3, in slot: Slot) async throws -> Proof {
        let slot = try slot.cleaned()
        let (report, recheck) = try await slot.with(changed, over: baseSources) {
            var report = try await toolchain.test(
                .all, stopAtFirstFailure: false, wallClock: suiteLimit, in: slot.workspace)
            // A base whose run failed as a whole may tell its tests apart once it is mended: the whole is asked about by name.
            let untold = base.failToPass.filter { report.outcome(of: $0) == nil }
            if !untold.isEmpty, report.ending == .completed, !report.outcomes.contains(where: \.status.isFailure) {
                report.outcomes += try await toolchain.test(
                    .only(untold), stopAtFirstFailure: false, wallClock: suiteLimit, in: slot.workspace
                ).outcomes
            }
            let suspects = regressions(in: report)
            guard !suspects.isEmpty, suspects.count <= 5, report.ending == .completed else {
                return (report, Set<TestID>())
            }
            var wavering: Set<TestID> = []
            for _ in 0..<reruns {
                let again = try await toolchain.test(
                    .only(suspects), stopAtFirstFailure: false, wallClock: suiteLimit, in: slot.workspace)
                wavering.formUnion(again.outcomes.filter { $0.status == .passed }.map(\.id))
            }
            return (report, wavering)
        }
        var flaky: Set<TestID> = []
        if !recheck.isEmpty { flaky = try await wavering(Array(recheck), in: slot) }
        let regressed = regressions(in: report).filter { !flaky.contains($0) }
        let passed = Set(report.outcomes.filter { $0.status == .passed }.map(\.id))
        let fixed = base.failToPass.filter(passed.contains)
        let targetsPass =
            base.isBuildBroken
            ? !passed.isEmpty && !report.outcomes.contains { $0.status.isFailure }
            : fixed.count == base.failToPass.count
        return Proof(
            isProven: report.ending == .completed && targetsPass && regressed.isEmpty, regressed: regressed,
            fixed: base.isBuildBroken ? passed.sorted() : fixed,
            stillPassing: base.passing.intersection(passed).count, flaky: flaky.sorted())
    }

    /// Of tests that passed and failed on a candidate, those that waver on the unchanged base as well.
    private func wavering(_ tests: [TestID], in slot: Slot) async throws -> Set<TestID> {
        var failed: Set<TestID> = []
        for _ in 0..<6 where failed.count < tests.count {
            let report = try await toolchain.test(
                .only(tests), stopAtFirstFailure: false, wallClock: suiteLimit, in: slot.workspace)
            failed.formUnion(report.outcomes.filter { $0.status.isFailure }.map(\.id))
        }
        return failed.intersection(tests)
    }

    /// A pass-to-pass test that no longer passes; one that vanished from the report counts, so that deleting tests is no fix.
    private func regressions(in report: TestReport) -> [TestID] {
        let passed = Set(report.outcomes.filter { $0.status == .passed }.map(\.id))
        return base.passing.subtracting(passed).sorted()
    }

    private func judge(_ report: TestReport) -> (Trial.Outcome, [TestID]) {
        judge(report.outcomes, ending: report.ending)
    }

    private func judge(_ outcomes: [TestOutcome], ending: TestReport.Ending) -> (Trial.Outcome, [TestID]) {
        let passed = Set(outcomes.filter { $0.status == .passed }.map(\.id))
        if ending == .buildFailed { return (.buildFailed, []) }
        if base.isBuildBroken {
            // That a program builds is no step towards a fix: deleting what does not build does that.
            let isGreen = ending == .completed && !passed.isEmpty && !outcomes.contains { $0.status.isFailure }
            return (isGreen ? .targetsPass : .unfixed, passed.sorted())
        }
        let fixed = base.failToPass.filter(passed.contains)
        if !fixed.isEmpty && fixed.count == base.failToPass.count { return (.targetsPass, fixed) }
        if !fixed.isEmpty { return (.partial, fixed) }
        switch ending {
        case .timedOut: return (.timedOut, [])
        case .crashed: return (.crashed, [])
        default: return (.unfixed, [])
        }
    }
}

extension ScreeningResult.Ending {
    fileprivate var asReportEnding: TestReport.Ending {
        switch self {
        case .passed, .failed: .completed
        case .buildFailed: .buildFailed
        case .timedOut: .timedOut
        case .crashed: .crashed("while it was screened")
        }
    }
}
