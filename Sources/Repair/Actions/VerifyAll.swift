import Planning

/// Proves the best of the candidates that turn the targets green: the whole suite, on a clean worktree.
struct VerifyAll: RepairAction {
    let planning = PlanningAction(
        "verifyAll", requires: [.targetsPass], establishes: [.noRegression],
        prior: ActionPrior(seconds: 5, chance: 0.7))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        while let hit = board.takeBestHit() {
            guard let changed = Blackboard.changedFiles(hit.candidate.stages, over: board.sources) else { continue }
            let proof = try await board.verifier.prove(changed, in: board.slots[0])
            for test in proof.flaky { board.base?.setAside(test) }
            var judged = hit
            judged.outcome = proof.isProven ? .proven : .regressed
            try board.report(.tried(judged))
            guard proof.isProven else { continue }
            board.proven = Blackboard.ProvenCandidate(trial: judged, changed: changed, proof: proof)
            return Observation(
                established: [.noRegression],
                note: "\(proof.fixed.count) fixed, \(proof.stillPassing) still passing, none broken")
        }
        return Observation(retracted: [.targetsPass], note: "each passing candidate breaks another test")
    }
}

extension Blackboard {
    /// Those without doubt first, then fewest changed tokens, then most suspicious, then highest score.
    func takeBestHit() -> Trial? {
        let best = hits.indices.min { left, right in rank(hits[left]) < rank(hits[right]) }
        return best.map { hits.remove(at: $0) }
    }

    private func rank(_ trial: Trial) -> (Int, Int, Double, Double) {
        let changed = Self.changedFiles(trial.candidate.stages, over: sources) ?? [:]
        let tokens = TokenDistance.between(base: sources, changed: changed)
        let doubt = Doubt.isDoubtful(base: sources, changed: changed) ? 1 : 0
        return (doubt, tokens, -trial.candidate.suspect.suspiciousness, -trial.candidate.score)
    }

    /// Whether what passes the targets may well be no fix.
    func isDoubtful(_ trial: Trial) -> Bool {
        guard let changed = Self.changedFiles(trial.candidate.stages, over: sources) else { return true }
        return Doubt.isDoubtful(base: sources, changed: changed)
    }
}
