import Planning
import Toolchains

/// Takes the candidate that helped most as a new base and looks for a second edit: some faults are in two places.
struct BuildOnPartial: RepairAction {
    let planning = PlanningAction(
        "buildOnPartial", requires: [.partialFound, .withinBudget], establishes: [.secondEditsReady],
        retracts: CandidateSource.allReady.union([.partialFound]),
        prior: ActionPrior(seconds: 0.2, chance: 0.5))

    /// A fault in two places shows in the first few partial fixes, or is none.
    static let partialsWorthATry = 5

    func perform(on board: isolated Blackboard) async throws -> Observation {
        if board.source != .secondEdits {
            board.postponed = board.candidates
            board.postponedSource = board.source
        }
        board.candidates = []
        board.source = .secondEdits
        while board.secondsLeft > 0, board.partialsBuiltOn < Self.partialsWorthATry,
            let partial = board.takeBestPartial()
        {
            board.partialsBuiltOn += 1
            guard let changed = Blackboard.changedFiles(partial.candidate.stages, over: board.sources) else { continue }
            // Most break something, and what they break need not be proven.
            let proof = try await board.verifier.prove(changed, reruns: 1, in: board.slots[0])
            guard proof.regressed.isEmpty, !proof.fixed.isEmpty else { continue }
            board.fixedByStages = proof.fixed.count
            try board.rankAgain(without: Set(proof.fixed), after: changed)
            try await board.proposeSecondEdits(after: partial.candidate, changed)
            return Observation(
                established: board.candidates.isEmpty ? [] : [.secondEditsReady],
                retracted: CandidateSource.allReady.union([.partialFound]),
                note: "building on \(partial.candidate.summary), which mends \(proof.fixed.count) "
                    + "of \(board.verifier.base.failing.count)")
        }
        board.partials = []
        let ready = board.takePostponed()
        return Observation(
            established: board.candidates.isEmpty ? [] : [ready],
            retracted: CandidateSource.allReady.union([.partialFound]),
            note: "no partial fix keeps the passing tests green")
    }
}

extension Blackboard {
    /// The most suspicious lines at which a model is asked for a second edit.
    private static let suspectsOfSecondEdits = 8

    /// Looks for the other half of a fix with every proposer there is.
    func proposeSecondEdits(after partial: Candidate, _ changed: ChangedFiles) async throws {
        let sources = sources.merging(changed) { $1 }
        let proposers = try await proposers()
        try await propose(by: proposers.templates, request(at: suspects, sources: sources, stages: partial.stages))
        if environment.sources.contains(where: { $0 != .templates }), let infills = proposers.infills {
            let first = Array(suspects.prefix(Self.suspectsOfSecondEdits))
            try await propose(by: infills, request(at: first, sources: sources, stages: partial.stages))
        }
    }

    /// The partial candidate that turns most tests green, removed from the list; the smallest and earliest among equals.
    func takeBestPartial() -> Trial? {
        let best = partials.indices.max { left, right in
            (partials[left].passed.count, -left) < (partials[right].passed.count, -right)
        }
        return best.map { partials.remove(at: $0) }
    }

    /// Ranks suspects for the tests that a partial candidate leaves failing. Coverage is the base's: its lines are moved to where the
    /// candidate's edits have put them.
    func rankAgain(without fixed: Set<TestID>, after changed: ChangedFiles) throws {
        let remaining = require(base, "base").failing.filter { !fixed.contains($0.id) }
        guard let coverage else { return }
        let hunks = LineHunks.between(base: sources, changed: changed)
        let moved = spectrum(of: remaining, in: coverage).map { suspect in
            var suspect = suspect
            suspect.line = LineHunks.line(suspect.line, of: suspect.path, after: hunks)
            return suspect
        }
        if !moved.isEmpty { _ = try rank(moved) }
    }
}
