import Planning
import Sandboxing
import Toolchains

/// Runs the base's tests more than once: what fails each time is to be fixed, what wavers is set aside.
struct Reproduce: RepairAction {
    let planning = PlanningAction(
        "reproduce", requires: [.baseBuilt], forbids: [.nothingFails, .buildBroken], establishes: [.failureReproduced],
        prior: ActionPrior(seconds: 5, chance: 0.8))

    /// Failing tests are run this often in all: one that fails 2 times in 5 passes for stable once in 100.
    private static let runsOfFailing = 5

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let toolchain = board.require(board.toolchain, "toolchain")
        let limit = Duration.seconds(min(board.secondsLeft, max(120, board.task.limits.wallSeconds / 2)))
        let secondsBefore = board.secondsLeft
        let workspaces = board.slots.map { slot in
            var workspace = slot.workspace
            workspace.testLimit = testLimit(board.task.limits)
            return workspace
        }
        var runs = try await runTwice(with: toolchain, in: workspaces, wallClock: limit)
        let secondsTaken = secondsBefore - board.secondsLeft
        for run in runs { try refuseUnusable(run) }
        let suiteSeconds = runs.compactMap { $0.result?.wall.inSeconds }.min() ?? 0
        let failing = worthRepeating(runs)
        let isAffordable = secondsTaken * Double(Self.runsOfFailing) / 2 < board.secondsLeft / 10
        if !failing.isEmpty && runs[0].ending != .buildFailed && isAffordable {
            runs += try await repeatFailing(
                failing, times: Self.runsOfFailing - runs.count, with: toolchain,
                wallClock: .seconds(board.secondsLeft / 4), in: workspaces[0])
        }
        var evidence = BaseEvidence(runs: runs, targets: board.task.targets, suiteSeconds: suiteSeconds)
        evidence.buildSeconds = board.buildSeconds
        board.base = evidence
        try refuseMisnamed(board.task.targets, evidence, failing: failing)
        try board.reportBase()
        return observation(of: evidence)
    }

    /// Long enough that a slow test on a busy machine does not look hung, short enough that a few that do hang leave time for the repair.
    private func testLimit(_ limits: RepairTask.Limits) -> Duration {
        .seconds(min(max(10, limits.wallSeconds / 20), 60))
    }

    /// What failed, but for what hung each time: that would hang again, and waiting for it is dear.
    private func worthRepeating(_ runs: [TestReport]) -> [TestID] {
        let hung = runs.map { run in Set(run.outcomes.filter { $0.status == .timedOut }.map(\.id)) }
        let alwaysHung = hung.dropFirst().reduce(hung.first ?? []) { $0.intersection($1) }
        return Set(runs.flatMap(\.failing)).subtracting(alwaysHung).sorted()
    }

    /// The whole suite two times, at once where there are two slots.
    private func runTwice(
        with toolchain: any Toolchain, in workspaces: [Workspace], wallClock: Duration
    ) async throws -> [TestReport] {
        guard workspaces.count > 1 else {
            var runs: [TestReport] = []
            for _ in 0..<2 {
                runs.append(
                    try await toolchain.test(
                        .all, stopAtFirstFailure: false, wallClock: wallClock, in: workspaces[0]))
            }
            return runs
        }
        async let first = toolchain.test(.all, stopAtFirstFailure: false, wallClock: wallClock, in: workspaces[0])
        async let second = toolchain.test(.all, stopAtFirstFailure: false, wallClock: wallClock, in: workspaces[1])
        return try await [first, second]
    }

    /// The failing tests some times more, in one process where the toolchain can.
    private func repeatFailing(
        _ failing: [TestID], times: Int, with toolchain: any Toolchain, wallClock: Duration, in workspace: Workspace
    ) async throws -> [TestReport] {
        if let screening = toolchain as? any ScreeningToolchain {
            let unchanged = (0..<times).map { ScreeningCandidate(id: $0, files: [:]) }
            let options = ScreeningOptions(
                perCandidate: .seconds(30), stopAtFirstHit: false, stopAtFirstFailure: false, wallClock: wallClock)
            let results = try await screening.screen(unchanged, tests: failing, options: options, in: workspace)
            return results.map { TestReport(outcomes: $0.outcomes, ending: .completed) }
        }
        var runs: [TestReport] = []
        for _ in 0..<times {
            runs.append(
                try await toolchain.test(
                    .only(failing), stopAtFirstFailure: false, wallClock: wallClock, in: workspace))
        }
        return runs
    }

    private func observation(of evidence: BaseEvidence) -> Observation {
        if evidence.isBuildBroken {
            return Observation(established: [.buildBroken], note: "the tests cannot be loaded")
        }
        if evidence.failing.isEmpty {
            let waver = evidence.flaky.isEmpty ? "" : "; \(evidence.flaky.count) waver and are set aside"
            return Observation(
                established: [.nothingFails], note: "all \(evidence.passing.count) tests pass\(waver)")
        }
        return Observation(
            established: [.failureReproduced],
            note: "\(evidence.failing.count) failing, \(evidence.passing.count) passing, \(evidence.flaky.count) flaky")
    }

    /// A test that is to be mended and does not fail may be misspelt: that something else fails must not be told as success.
    private func refuseMisnamed(_ targets: [String], _ evidence: BaseEvidence, failing: [TestID]) throws {
        guard !targets.isEmpty, evidence.failing.isEmpty, !evidence.isBuildBroken, !failing.isEmpty else { return }
        let names = failing.prefix(5).map(\.rawValue).joined(separator: ", ")
        throw EnvironmentFailure(
            "no failing test is called \(targets.joined(separator: " or ")); these fail: \(names)")
    }

    private func refuseUnusable(_ report: TestReport) throws {
        switch report.ending {
        case .environment(let reason):
            throw EnvironmentFailure(reason)
        case .noTests:
            throw EnvironmentFailure(
                "no tests were run; say how the project is tested with --test \"COMMAND\" or `test:` in .fettle.yml")
        default:
            guard report.outcomes.isEmpty && report.ending != .buildFailed else { return }
            throw EnvironmentFailure("the tests ended without a result: \(report.result?.lastLine ?? "no output")")
        }
    }
}
