import Planning

/// Takes away every part of the fix that the tests do not need.
struct Minimise: RepairAction {
    let planning = PlanningAction(
        "minimise", requires: [.noRegression], establishes: [.patchMinimal],
        prior: ActionPrior(seconds: 1, chance: 0.99))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        var proven = board.require(board.proven, "a proven candidate")
        let hunks = LineHunks.between(base: board.sources, changed: proven.changed)
        let kept = try await DeltaDebugging.minimise(hunks) { subset in
            let changed = LineHunks.apply(subset, to: board.sources)
            let proof = try await board.verifier.prove(changed, in: board.slots[0])
            guard proof.isProven else { return false }
            proven.changed = changed
            proven.proof = proof
            return true
        }
        board.proven = proven
        return Observation(
            established: [.patchMinimal],
            note: hunks.count == kept.count
                ? "every hunk is needed" : "\(kept.count) of \(hunks.count) hunks are needed")
    }
}
