import Editing
import Planning

/// Makes candidates at the suspects.
struct ProposeCandidates: RepairAction {
    let source: CandidateSource
    let planning: PlanningAction

    init(_ source: CandidateSource) {
        self.source = source
        planning = PlanningAction(
            source.actionName("propose"), requires: [.suspectsRanked, .withinBudget],
            forbids: CandidateSource.allReady.union([.partialFound]), establishes: [source.ready],
            prior: ActionPrior(seconds: Self.expectedSeconds(source), chance: 0.95))
    }

    private static func expectedSeconds(_ source: CandidateSource) -> Double {
        switch source {
        case .templates: 0.5
        case .infills: 1
        case .both, .secondEdits: 2
        }
    }

    func isPossible(in environment: RunEnvironment) -> Bool {
        environment.sources.contains(source)
    }

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let proposers = try await board.proposers()
        board.candidates = []
        board.stages = []
        board.source = source
        if source != .infills { try await board.propose(by: proposers.templates, board.request(at: board.suspects)) }
        if source != .templates, let infills = proposers.infills {
            var request = board.request(at: board.nextSuspectsToInfill())
            request.tellsValues = board.candidatesTried > 0
            try await board.propose(by: infills, request)
        }
        // The mutation pass says everything at once; the model has more to say as long as there are suspects.
        let isExhausted = source != .infills || board.suspectsInfilled >= board.suspectsToInfill
        return Observation(
            established: board.candidates.isEmpty ? [] : [source.ready], exhausted: isExhausted,
            note: "\(board.candidates.count) candidates")
    }
}

extension Blackboard {
    /// A model is asked about so many suspects at first, and twice as many each time after that.
    private static let suspectsInFirstRound = 6
    /// Beyond these the suspicion says next to nothing.
    private static let mostSuspectsInfilled = 60

    var suspectsToInfill: Int { min(suspects.count, Self.mostSuspectsInfilled) }

    func nextSuspectsToInfill() -> [Suspect] {
        let end = min(suspectsToInfill, max(suspectsInfilled + Self.suspectsInFirstRound, 2 * suspectsInfilled))
        defer { suspectsInfilled = max(suspectsInfilled, end) }
        return Array(suspects[min(suspectsInfilled, end)..<end])
    }

    /// Made when they are first wanted.
    func proposers() async throws -> Proposers {
        if let loadedProposers { return loadedProposers }
        let proposers = try await environment.proposers()
        loadedProposers = proposers
        return proposers
    }

    /// What a proposer may know, of the base or of the base with the edits of a partial candidate.
    func request(
        at suspects: [Suspect], sources: ChangedFiles? = nil, stages: [[FileEdit]] = []
    ) -> ProposalRequest {
        var request = ProposalRequest(
            suspects: suspects, sources: sources ?? self.sources, stages: stages, limit: max(candidatesLeft, 1))
        let base = require(base, "base")
        request.failures = base.failing
        request.isBuildBroken = base.isBuildBroken
        request.issue = task.issue
        return request
    }

    /// Adds a proposer's candidates to those at hand, best first.
    func propose(by proposer: any Proposer, _ request: ProposalRequest) async throws {
        guard !request.suspects.isEmpty else { return }
        let made = try await proposer.propose(request)
        try report(.proposed(proposer: proposer.name, count: made.count))
        candidates = Candidate.ranked(candidates + made)
        stages = request.stages
    }
}
