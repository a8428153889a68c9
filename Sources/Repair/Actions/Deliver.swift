import Git
import Planning
import Toolchains

/// Writes the proven change as a patch and hands it over in the way the task asks for.
struct Deliver: RepairAction {
    let planning = PlanningAction(
        "deliver", requires: [.patchMinimal], establishes: [.delivered], prior: ActionPrior(seconds: 0.1, chance: 0.98))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let proven = board.require(board.proven, "a proven candidate")
        let slot = try board.slots[0].cleaned()
        let patch = try await slot.with(proven.changed, over: board.sources) { try slot.worktree.diff() }
        try SlotFiles(root: board.environment.runDirectory).write(patch.bytes, to: "fix.patch")
        try board.report(
            .proven(
                RunEvent.ProvenPatch(
                    patch: String(decoding: patch.bytes, as: UTF8.self),
                    changedFiles: proven.changed.keys.sorted(), summary: proven.trial.candidate.summary,
                    suspect: proven.trial.candidate.suspect, fixedTests: proven.proof.fixed.map(\.rawValue),
                    stillPassing: proven.proof.stillPassing)))
        let place = try hand(over: patch, of: proven, for: board)
        board.verdict = .fixed
        board.conclusion = proven.trial.candidate.summary
        return Observation(established: [.delivered], note: place)
    }

    private func hand(
        over patch: Patch, of proven: Blackboard.ProvenCandidate, for board: isolated Blackboard
    ) throws -> String {
        let repository = board.require(board.repository, "repository")
        switch board.task.delivery {
        case .patchOnly:
            return "patch kept with the run"
        case .apply:
            let applied = try repository.apply(patch, mergingFrom: board.runRepository)
            return "applied to \(applied.changed.map(\.description).joined(separator: ", ")) in the working tree"
        case .branch(let name):
            let message = CommitMessage.text(
                summary: proven.trial.candidate.summary, fixedTests: proven.proof.fixed.map(\.rawValue),
                stillPassing: proven.proof.stillPassing)
            let commit = try repository.commit(
                patch, onBranch: name, author: repository.configuredIdentity() ?? board.environment.author,
                message: message, trailers: [("Fettle-Run", board.environment.run)],
                mergingFrom: board.runRepository)
            return "committed on \(name) as \(commit)"
        }
    }
}
