import Editing
import Foundation
package import LanguageModels

/// Another proposer's candidates in the order in which a language model holds them likely, so that the likely hundred of thousands are
/// tested first.
///
/// A candidate's chance is that its line is at fault, times what the other proposer thinks of it among the line's candidates, times what the
/// model thinks, to a power below one: a product of two experts of which neither is sure (Hinton, "Products of experts", ICANN 1999).
/// A model's likelihood falls with every token, so a long line's counts for less a token.
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

    /// What the model's word counts for, chosen among a few powers on 33 synthetic bugs of the projects that the repair model is validated
    /// on, together with the root by which length counts. `usualLength`, in characters, stands for eight tokens, by estimate;
    /// `fettle_training.rerank` measures all of it.
    private static let modelPower = 0.3
    private static let usualLength = 25.0
    private static let requestsAtOnce = 12

    package func propose(_ request: ProposalRequest) async throws -> [Candidate] {
        var candidates = try await base.propose(request)
        let own = Self.shares(of: candidates)
        let likelihoods = try await likelihoods(of: Array(candidates.prefix(scored)), request)
        // Of what was not scored nothing is known, so it counts as one in the middle.
        let known = likelihoods.compactMap(\.self).sorted()
        let unknown = known.isEmpty ? 0 : known[known.count / 2]
        for index in candidates.indices {
            let likelihood = index < likelihoods.count ? likelihoods[index] ?? unknown : unknown
            candidates[index].score = candidates[index].suspect.weight * own[index] * exp(Self.modelPower * likelihood)
        }
        return Candidate.ranked(candidates)
    }

    /// Each candidate's score as a share of all that its line's candidates have.
    private static func shares(of candidates: [Candidate]) -> [Double] {
        var totals: [SourceLine: Double] = [:]
        for candidate in candidates { totals[candidate.suspect.place, default: 0] += candidate.score }
        return candidates.map { $0.score / max(totals[$0.suspect.place] ?? 0, .leastNormalMagnitude) }
    }

    /// Of each candidate, the log-likelihood that the model gives its lines, corrected for their length; nil where its edits are no rewriting
    /// of a few lines of one function.
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
                    return zip(group.members, scores).map { member, score in
                        let length = member.lines.reduce(1) { $0 + $1.utf8.count { $0 != UInt8(ascii: " ") } }
                        return (member.index, score * (Self.usualLength / Double(length)).squareRoot())
                    }
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
