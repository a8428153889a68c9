import Planning
import Sandboxing
import Toolchains

/// Builds the base as the user left it, and gives the other slots a copy, so that their first build is short.
struct BuildBase: RepairAction {
    let planning = PlanningAction(
        "buildBase", requires: [.toolchainKnown], forbids: [.buildBroken], establishes: [.baseBuilt],
        prior: ActionPrior(seconds: 5, chance: 0.9))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let toolchain = board.require(board.toolchain, "toolchain")
        let report = try await toolchain.build(in: board.slots[0].workspace)
        board.buildSeconds = report.result.map { $0.wall.inSeconds } ?? 0
        try board.openRemainingSlots()
        if report.succeeded { return Observation(established: [.baseBuilt]) }
        let errors = report.diagnostics.filter { $0.severity == .error }
        guard !errors.isEmpty else {
            throw EnvironmentFailure(
                "the base does not build, and the build names no line: \(report.result?.lastLine ?? "no output")")
        }
        var evidence = BaseEvidence(runs: [], suiteSeconds: board.buildSeconds)
        evidence.buildSeconds = board.buildSeconds
        evidence.buildDiagnostics = report.diagnostics.filter { $0.severity != .warning }
        board.base = evidence
        try board.reportBase()
        return Observation(established: [.buildBroken], note: "the base does not build: \(errors[0].message)")
    }
}
