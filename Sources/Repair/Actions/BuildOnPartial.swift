import Planning

/// Takes the candidate that helped most as a new base and looks for a second edit: some faults are in two places.
struct BuildOnPartial: RepairAction {
    let planning = PlanningAction(
        "buildOnPartial", requires: [.partialFound, .withinBudget], establishes: [.candidatesReady],
        retracts: [.partialFound],
        prior: ActionPrior(seconds: 0.2, chance: 0.5))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        while let partial = board.takeBestPartial() {
            guard let changed = Blackboard.changedFiles(partial.candidate.stages, over: board.sources) else { continue }
            let proof = try await board.verifier.prove(changed, in: board.slots[0])
            guard proof.regressed.isEmpty else { continue }
            let sources = board.sources.merging(changed) { $1 }
            try await board.propose(sources: sources, stages: partial.candidate.stages)
            return Observation(
                established: [.candidatesReady], retracted: [.partialFound],
                note: "building on \(partial.candidate.summary), which fixes \(partial.passed.count) "
                    + "of \(board.verifier.base.failing.count)")
        }
        return Observation(retracted: [.partialFound], note: "no partial fix keeps the passing tests green")
    }
}

extension Blackboard {
    /// The partial candidate that turns most tests green, removed from the list; the smallest and earliest among equals.
    func takeBestPartial() -> Trial? {
        let best = partials.indices.max { left, right in
            (partials[left].passed.count, -left) < (partials[right].passed.count, -right)
        }
        return best.map { partials.remove(at: $0) }
    }
}
