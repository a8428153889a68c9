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
        let workspace = board.slots[0].workspace
        let limit = Duration.seconds(min(board.secondsLeft, max(120, board.task.limits.wallSeconds / 2)))

        let first = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: limit, in: workspace)
        try refuseUnusable(first)
        let suiteSeconds = first.result.map { $0.wall.inSeconds } ?? 0
        var runs = [first, try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: limit, in: workspace)]
        let failing = first.outcomes.filter { $0.status.isFailure }.map(\.id)
        let failingCost = runs[1].result.map { $0.wall.inSeconds } ?? 0
        let isAffordable = failingCost * Double(Self.runsOfFailing) < board.secondsLeft / 10
        if !failing.isEmpty && first.ending != .buildFailed && isAffordable {
            for _ in runs.count..<Self.runsOfFailing {
                runs.append(
                    try await toolchain.test(
                        .only(failing), stopAtFirstFailure: false, wallClock: limit, in: workspace))
            }
        }
        var evidence = BaseEvidence(runs: runs, targets: board.task.targets, suiteSeconds: suiteSeconds)
        evidence.buildSeconds = board.buildSeconds
        board.base = evidence
        try board.reportBase()
        return observation(of: evidence)
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
