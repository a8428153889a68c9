import Planning
import Toolchains

/// Ends the run without a patch and says what was learnt: better no patch than an unproven one.
struct Abstain: RepairAction {
    let planning = PlanningAction(
        "abstain", establishes: [.abstained], prior: ActionPrior(seconds: 0.01, chance: 1))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let base = board.base
        if let base, base.failing.isEmpty, !base.isBuildBroken {
            board.verdict = .nothingToFix
            let waver =
                base.flaky.isEmpty
                ? "" : "; \(base.flaky.count) waver: " + base.flaky.sorted().map(\.rawValue).joined(separator: ", ")
            board.conclusion = "all \(base.passing.count) tests pass\(waver)"
            return Observation(established: [.abstained], note: board.conclusion)
        }
        board.verdict = .unfixed
        let place = board.suspects.first.map { ", most suspicious \($0.path):\($0.line)" } ?? ""
        let spent =
            board.secondsLeft == 0
            ? "time is up" : board.candidatesLeft == 0 ? "the candidates allowed are used up" : "no candidate passes"
        let nearest = board.nearest.map { trial in
            "; nearest: \(trial.candidate.summary), with which \(trial.passed.count) of "
                + "\(base?.failing.count ?? 0) failing tests pass"
        }
        board.conclusion = "\(spent) after \(board.candidatesTried) candidates\(nearest ?? place)"
        return Observation(established: [.abstained], note: board.conclusion)
    }
}
