import Editing
import Planning
import Toolchains

/// Ranks suspects by what failing tests run and passing ones do not, joined with stack frames.
struct LocaliseBySpectrum: RepairAction {
    let planning = PlanningAction(
        "localiseBySpectrum", requires: [.failureReproduced, .withinBudget], forbids: [.coverageSilent],
        establishes: [.suspectsRanked], prior: ActionPrior(seconds: 5, chance: 0.9))

    /// The part of the time left that may go into it.
    private static let share = 0.25
    /// How many times longer a test takes while its lines are recorded, at worst.
    private static let slowdown = 10.0

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let base = board.require(board.base, "base")
        let seconds = board.secondsLeft * Self.share
        let compared = base.passing(within: max(seconds / Self.slowdown, 1)).sorted()
        let coverage = try await board.require(board.toolchain, "toolchain").coverage(
            of: base.failToPass + compared, wallClock: .seconds(seconds), in: board.slots[0].workspace)
        board.coverage = coverage
        let executed = board.spectrum(of: base.failing, in: coverage)
        guard !executed.isEmpty else {
            return Observation(established: [.coverageSilent], note: "no editable line is covered by a failing test")
        }
        return try board.rank(executed)
    }
}

/// Ranks suspects by stack frames alone, where coverage says nothing.
struct LocaliseByTrace: RepairAction {
    let planning = PlanningAction(
        "localiseByTrace", requires: [.failureReproduced, .coverageSilent], forbids: [.tracesSilent],
        establishes: [.suspectsRanked], prior: ActionPrior(seconds: 0.01, chance: 0.6))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let base = board.require(board.base, "base")
        let traced = board.withoutTests(TraceLocaliser.suspects(in: base.failing, file: board.editableFile))
        guard !traced.isEmpty else {
            return Observation(established: [.tracesSilent], note: "no stack frame lies in an editable file")
        }
        let neighbours = NeighbourLocaliser.suspects(near: traced, in: board.sources)
        return try board.rank(board.withoutTests(traced + neighbours))
    }
}

/// Ranks the lines that the compiler complains about.
struct LocaliseByDiagnostics: RepairAction {
    let planning = PlanningAction(
        "localiseByDiagnostics", requires: [.buildBroken], establishes: [.suspectsRanked],
        prior: ActionPrior(seconds: 0.01, chance: 0.8))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let base = board.require(board.base, "base")
        let suspects = board.withoutTests(
            TraceLocaliser.suspects(in: base.buildDiagnostics, where: board.isEditable))
        guard !suspects.isEmpty else {
            throw EnvironmentFailure(
                "the base does not build, and not for a line that may be edited: \(base.buildDiagnostics[0])")
        }
        let declared = DefinitionLocaliser.suspects(near: suspects, in: board.sources, includingLocals: true)
        return try board.rank(board.withoutTests(suspects + declared))
    }
}

/// Ranks what the failing tests call by their text, and what matches the words of the issue and of the tests, where nothing else says
/// anything.
struct RetrieveByIssue: RepairAction {
    let planning = PlanningAction(
        "retrieveByIssue", requires: [.failureReproduced, .coverageSilent, .tracesSilent],
        establishes: [.suspectsRanked], prior: ActionPrior(seconds: 0.2, chance: 0.4))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let base = board.require(board.base, "base")
        let words = base.failing.map { "\($0.id) \($0.failure?.message ?? "")" }
        let query = ([board.task.issue ?? ""] + words).joined(separator: "\n")
        let matching = try await IssueLocaliser(search: board.environment.issueSearch)
            .suspects(for: query, in: board.sources)
        let called = CallLocaliser(sources: board.sources, tests: board.testSources)
            .suspects(failing: base.failing, passing: base.passing)
        let suspects = board.withoutTests(called + matching)
        guard !suspects.isEmpty else {
            return Observation(note: "no editable source matches the issue's words")
        }
        return try board.rank(suspects)
    }
}

extension Blackboard {
    /// What coverage and stack frames say of some failing tests together; empty where coverage says nothing.
    func spectrum(of failing: [TestOutcome], in coverage: Coverage) -> [Suspect] {
        let localiser = SpectrumLocaliser(coverage: coverage, failing: Set(failing.map(\.id)))
        let covered = localiser.suspects(where: isEditable)
        guard !covered.isEmpty else { return [] }
        let executed = SuspectRanking.merge(covered + TraceLocaliser.suspects(in: failing, file: editableFile))
        return executed + DefinitionLocaliser.suspects(near: executed, in: sources)
            + localiser.bystanders(where: isEditable)
    }

    /// Tests that stand in a source file, among the code, are no suspects.
    func withoutTests(_ hints: [Suspect]) -> [Suspect] {
        var tests: [String: [ClosedRange<Int>]] = [:]
        for path in Set(hints.map(\.path)) {
            tests[path] = sources[path].flatMap { SourceFile(path: path, bytes: $0) }?.inlineTestLines
        }
        return hints.filter { hint in tests[hint.path]?.contains { $0.contains(hint.line) } != true }
    }

    /// Keeps and reports the suspects, most suspicious first.
    func rank(_ hints: [Suspect]) throws -> Observation {
        suspects = SuspectRanking.merge(hints)
        try report(.suspectsRanked(Array(suspects.prefix(100))))
        let first = suspects[0]
        return Observation(
            established: [.suspectsRanked], note: "\(suspects.count) lines, first \(first.path):\(first.line)")
    }
}
