import Editing
import Planning

/// Lets every proposer make candidates at the suspects.
struct ProposeCandidates: RepairAction {
    let planning = PlanningAction(
        "propose", requires: [.suspectsRanked, .withinBudget], forbids: [.candidatesReady],
        establishes: [.candidatesReady], prior: ActionPrior(seconds: 0.1, chance: 0.95))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        try await board.propose(sources: board.sources, stages: [])
        return Observation(
            established: board.candidates.isEmpty ? [] : [.candidatesReady], exhausted: true,
            note: "\(board.candidates.count) candidates")
    }
}

extension Blackboard {
    func propose(sources: ChangedFiles, stages: [[FileEdit]]) async throws {
        var request = ProposalRequest(
            suspects: suspects, sources: sources, stages: stages, limit: max(candidatesLeft, 1))
        let base = require(base, "base")
        request.failures = base.failing
        request.isBuildBroken = base.isBuildBroken
        var all: [Candidate] = []
        for proposer in environment.proposers {
            let made = try await proposer.propose(request)
            try report(.proposed(proposer: proposer.name, count: made.count))
            all += made
        }
        candidates = Candidate.ranked(all)
        self.stages = stages
    }
}
