import Git
import Planning
import Toolchains

/// Runs the fail-to-pass tests on the candidates, in all slots at once, until one turns them all green.
struct Verify: RepairAction {
    let planning: PlanningAction
    private let ready: Fact

    init(_ source: CandidateSource) {
        ready = source.ready
        planning = PlanningAction(
            source.actionName("verify"), requires: [ready, .withinBudget], establishes: [.targetsPass],
            prior: Self.prior(source))
    }

    private static func prior(_ source: CandidateSource) -> ActionPrior {
        switch source {
        case .templates: ActionPrior(seconds: 20, chance: 0.4)
        case .infills: ActionPrior(seconds: 10, chance: 0.15)
        case .both: ActionPrior(seconds: 25, chance: 0.45)
        case .secondEdits: ActionPrior(seconds: 20, chance: 0.2)
        }
    }

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let sources = board.sources
        let triedBefore = board.candidatesTried
        let known = try board.environment.knownTrials(
            "\(board.require(board.snapshot, "snapshot").tree)", board.task.testCommand)
        let queue = CandidateQueue(
            board.candidates, limit: board.searchLimit, seen: board.fingerprintsTried, known: known
        ) { Blackboard.changedFiles($0.stages, over: sources) }
        try await board.drain(queue)
        board.candidates = board.stages.isEmpty || !board.hits.isEmpty ? await queue.rest : []
        board.fingerprintsTried = await queue.fingerprints
        for trial in await queue.reused { try board.keep(trial) }

        let spent = ["candidates": board.candidatesTried - triedBefore]
        if !board.hits.isEmpty {
            return Observation(
                established: [.targetsPass], retracted: board.candidates.isEmpty ? [ready] : [],
                spent: spent, note: board.hits[0].candidate.summary)
        }
        let isPartial = !board.partials.isEmpty
        var established: Set<Fact> = isPartial ? [.partialFound] : []
        if !isPartial && board.candidates.isEmpty && !board.postponed.isEmpty {
            established.insert(board.takePostponed())
        }
        let isDone = board.candidates.isEmpty || board.source.ready != ready
        return Observation(
            established: established, retracted: isPartial || isDone ? Set([ready]).subtracting(established) : [],
            spent: spent, note: "none of \(board.candidatesTried) candidates turns every failing test green")
    }
}

extension Blackboard {
    /// How many candidates one search may try. Faults in one place are far more frequent than those in two, so the search for a second
    /// edit gets no more than was spent on single ones, and then makes room for the others.
    var searchLimit: Int {
        stages.isEmpty ? candidatesLeft : min(candidatesLeft, max(100, candidatesTried))
    }

    /// Goes back to the candidates on the unchanged base; the fact that they are ready.
    func takePostponed() -> Fact {
        candidates = postponed
        source = postponedSource
        postponed = []
        stages = []
        fixedByStages = 0
        return source.ready
    }

    /// Each slot takes candidates from the queue until it is empty, the time is up, or a hit and its rivals are done.
    func drain(_ queue: CandidateQueue) async throws {
        let verifier = verifier
        hasNewPartial = false
        let deadline = ContinuousClock.now + .seconds(secondsLeft)
        let isScreening = verifier.toolchain is any ScreeningToolchain && !verifier.base.isBuildBroken
        try await withThrowingTaskGroup(of: Void.self) { group in
            for slot in slots {
                group.addTask {
                    var batch = isScreening ? 16 : 1
                    while ContinuousClock.now < deadline {
                        let items = await queue.next(batch)
                        guard !items.isEmpty else { return }
                        for trial in try await verifier.look(at: items, until: deadline, in: slot) {
                            if trial.outcome == .timedOut, verifier.tellsByHanging {
                                await queue.timedOut(at: trial.candidate.suspect.place)
                            }
                            switch try await self.keep(trial) {
                            case .hit(isDoubtful: false):
                                await queue.keepRivals(of: trial.candidate, atMost: isScreening ? 24 : 2) {
                                    TokenDistance.between(base: verifier.baseSources, changed: $0)
                                }
                            case .hit(isDoubtful: true):
                                await queue.keepOthers(atMost: isScreening ? 200 : 16) {
                                    Doubt.isDoubtful(base: verifier.baseSources, changed: $0)
                                }
                            case .partial(let isFirst, let tried, let joined):
                                await queue.putFirst(joined)
                                if isFirst { await queue.keepAtMost(max(isScreening ? 200 : 60, 4 * tried)) }
                            case .nothingNew: break
                            }
                        }
                        if isScreening { batch = min(batch * 2, 64) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What a trial changes in how the search goes on.
    enum News: Sendable {
        case nothingNew
        /// The first candidate that passes, and the first that does without doubt.
        case hit(isDoubtful: Bool)
        /// After so many candidates one helps partly: looking for its other half pays more than going on for long. Joined with earlier
        /// ones it may help altogether.
        case partial(isFirst: Bool, tried: Int, joined: [Candidate])
    }

    /// Files and reports a trial.
    @discardableResult
    func keep(_ trial: Trial) throws -> News {
        try report(.tried(trial))
        if !trial.isReused { candidatesTried += 1 }
        if trial.outcome == .partial, trial.passed.count > nearest?.passed.count ?? 0 { nearest = trial }
        switch trial.outcome {
        case .targetsPass:
            let isDoubtful = isDoubtful(trial)
            let isNews = hits.isEmpty || !isDoubtful && hits.allSatisfy(self.isDoubtful)
            hits.append(trial)
            return isNews ? .hit(isDoubtful: isDoubtful) : .nothingNew
        case .partial where trial.passed.count > fixedByStages && partialsBuiltOn < BuildOnPartial.partialsWorthATry:
            let joined = partials.compactMap { Candidate.joining($0, trial) }
            partials.append(trial)
            defer { hasNewPartial = true }
            return .partial(isFirst: !hasNewPartial, tried: candidatesTried, joined: joined)
        default:
            return .nothingNew
        }
    }
}
