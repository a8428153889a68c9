import Editing
import Foundation
package import LanguageModels

/// Another proposer's candidates in the order in which a language model holds them likely, so that the likely hundred of thousands are
/// tested first.
///
/// A candidate's chance is that its line is at fault, times that this is what should stand there. The latter is a mixture of what the
/// other proposer thinks, shared out over the line's candidates, and what the model does: where one knows nothing, the other still does.
package struct RerankingProposer: Proposer {
    package var name: String { base.name }
    private let base: any Proposer
    private let model: any LanguageModel
    /// Scoring takes time: what the other proposer puts behind these is ordered by that proposer alone.
    private let scored: Int

    package init(_ base: any Proposer, by model: any LanguageModel, scored: Int = 800) {
        self.base = base
        self.model = model
        self.scored = scored
    }

    /// What the model's word counts for in the mixture; set by hand.
    private static let modelShare = 0.7
    private static let requestsAtOnce = 12

    package func propose(_ request: ProposalRequest) async throws -> [Candidate] {
        var candidates = try await base.propose(request)
        let own = Self.shares(of: candidates)
        let likelihoods = try await likelihoods(of: Array(candidates.prefix(scored)), request)
        for index in candidates.indices {
            let model = index < likelihoods.count ? likelihoods[index] ?? 0 : 0
            let chance = Self.modelShare * model + (1 - Self.modelShare) * own[index]
            candidates[index].score = candidates[index].suspect.weight * chance
        }
        return Candidate.ranked(candidates)
    }

    /// Each candidate's score as a share of all that its line's candidates have.
    private static func shares(of candidates: [Candidate]) -> [Double] {
        var totals: [SourceLine: Double] = [:]
        for candidate in candidates { totals[candidate.suspect.place, default: 0] += candidate.score }
        return candidates.map { $0.score / max(totals[$0.suspect.place] ?? 0, .leastNormalMagnitude) }
    }

    /// Of each candidate, how likely the model holds its lines; nil where its edits are no rewriting of a few lines of one function.
    private func likelihoods(of candidates: [Candidate], _ request: ProposalRequest) async throws -> [Double?] {
        let facts = FailureFacts(of: request.failures).lines(withValues: request.tellsValues)
        var reader = RewritingReader(sources: request.sources)
        var groups: [RewritingReader.Place: (hole: PlacedHole, members: [(index: Int, lines: [String])])] = [:]
        for (index, candidate) in candidates.enumerated() {
            guard let edits = candidate.stages.last, let read = reader.read(edits) else { continue }
            groups[read.place, default: (read.hole, [])].members.append((index, read.lines))
        }
        var likelihoods = [Double?](repeating: nil, count: candidates.count)
        try await withThrowingTaskGroup(of: [(Int, Double)].self) { tasks in
            var waiting = groups.values.makeIterator()
            func scoreNext() {
                guard let group = waiting.next() else { return }
                tasks.addTask {
                    let scores = try await model.score(group.members.map(\.lines), of: group.hole.hole(facts: facts))
                    return zip(group.members, scores).map { ($0.index, exp($1)) }
                }
            }
            for _ in 0..<Self.requestsAtOnce { scoreNext() }
            for try await scores in tasks {
                for (index, likelihood) in scores { likelihoods[index] = likelihood }
                scoreNext()
            }
        }
        return likelihoods
    }
}
