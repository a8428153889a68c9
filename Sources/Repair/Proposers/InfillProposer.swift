import Editing
import Foundation
package import LanguageModels

/// Lets a language model write what should stand at the suspects: many independent samples, equal ones once, likely ones first.
///
/// Every hole at a suspect is one request; its samples share the prompt. The order of what comes back does not depend on
/// the order in which requests end.
package struct InfillProposer: Proposer {
    package let name = "infill"
    private let model: any LanguageModel
    private let weights: [String: Double]
    private let samples: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - weights: how much better (above 1) or worse holes of each shape did than the average, learnt from the run store, by
    ///     their candidates' operation.
    ///   - samples: how many for the suspect's own statement; other holes get a third of it.
    package init(
        model: any LanguageModel, weights: [String: Double] = [:], samples: Int = 24, seed: UInt64 = 1
    ) {
        self.model = model
        self.weights = weights
        self.samples = samples
        self.seed = seed
    }

    /// How likely a fix is held to have each shape; the shares sum to 1.
    ///
    /// Of 10,363 mined fixes 58 % replace one line and 4 % delete it, 15 % insert, 12 % replace two lines and 12 % more. Those of
    /// more lines are held to be rarer here, for such holes are seldom filled right; an expression's share is the line's.
    private static func share(of shape: PlacedHole.Shape) -> Double {
        switch shape {
        case .line: 0.47
        case .expression: 0.20
        case .before: 0.09
        case .after: 0.06
        case .withAbove, .withBelow: 0.06
        case .body: 0.06
        }
    }

    /// The longest rewriting worth waiting for, in tokens.
    private static let maxTokens = 96
    /// Requests under way at once: enough to fill the engine's batches.
    private static let requestsAtOnce = 12

    package func propose(_ request: ProposalRequest) async throws -> [Candidate] {
        let facts = FailureFacts(of: request.failures).lines(withValues: request.tellsValues)
        var asked: [(hole: PlacedHole, suspect: Suspect)] = []
        var files: [String: SourceFile] = [:]
        for suspect in request.suspects {
            guard let bytes = request.sources[suspect.path] else { continue }
            guard let file = files[suspect.path] ?? SourceFile(path: suspect.path, bytes: bytes) else { continue }
            files[suspect.path] = file
            asked += HoleFinder(file: file).holes(at: suspect.line).map { ($0, suspect) }
        }
        let answers = try await rewritings(for: asked.map(\.hole), facts: facts)
        var best: [FileEdit: Candidate] = [:]
        for (question, rewritings) in zip(asked, answers) {
            for rewriting in rewritings {
                guard let edit = question.hole.edit(for: rewriting.lines) else { continue }
                let shape = question.hole.shape
                let likelihood =
                    rewriting.probability * Self.share(of: shape) * (weights[Self.operation(of: shape)] ?? 1)
                let score = question.suspect.weight * likelihood
                if best[edit]?.suspect == question.suspect {
                    // The same edit by another hole: ways that exclude each other add up.
                    best[edit]?.score += score
                } else if score > best[edit]?.score ?? 0 {
                    best[edit] = candidate(edit, question.hole, question.suspect, score, request.stages)
                }
            }
        }
        let inOrder = best.sorted { $0.key < $1.key }.map(\.value)
        return Array(Candidate.ranked(inOrder).prefix(request.limit))
    }

    private static func operation(of shape: PlacedHole.Shape) -> String { "infill-\(shape.rawValue)" }

    private func candidate(
        _ edit: FileEdit, _ hole: PlacedHole, _ suspect: Suspect, _ score: Double, _ stages: [[FileEdit]]
    ) -> Candidate {
        Candidate(
            proposer: name, operation: Self.operation(of: hole.shape),
            summary: "infill: \(hole.summary(of: edit)) at \(suspect.path):\(hole.line)", stages: stages + [[edit]],
            suspect: suspect, score: score)
    }

    // MARK: - Asking the model

    struct Rewriting: Sendable {
        var lines: [String]
        /// That the model would write it.
        var probability: Double
    }

    /// What the model writes for each hole, in the holes' order.
    private func rewritings(for holes: [PlacedHole], facts: [String]) async throws -> [[Rewriting]] {
        var answers = [[Rewriting]](repeating: [], count: holes.count)
        try await withThrowingTaskGroup(of: (Int, [Rewriting]).self) { group in
            var waiting = holes.indices.makeIterator()
            func askNext() {
                guard let index = waiting.next() else { return }
                group.addTask { (index, try await rewritings(for: holes[index], facts: facts)) }
            }
            for _ in 0..<Self.requestsAtOnce { askNext() }
            for try await (index, rewritings) in group {
                answers[index] = rewritings
                askNext()
            }
        }
        return answers
    }

    private func rewritings(for hole: PlacedHole, facts: [String]) async throws -> [Rewriting] {
        let count = hole.shape == .line ? samples : max(1, samples / 3)
        let options = GenerationOptions(
            maxTokens: Self.maxTokens, temperatures: Self.temperatures(count), seed: seed)
        var texts = [String](repeating: "", count: count)
        var likelihoods: [Int: Double?] = [:]
        for try await event in model.rewrite(hole.hole(facts: facts), options) {
            switch event {
            case .text(let sample, let text): texts[sample] += text
            case .finished(let sample, .length, _): texts[sample] = ""
            case .finished(let sample, _, let likelihood): likelihoods[sample] = .some(likelihood)
            case .usage: continue
            }
        }
        var found: [[String]: (probability: Double?, count: Int)] = [:]
        for (sample, likelihood) in likelihoods {
            let lines = Self.lines(of: texts[sample])
            guard hole.keepsBrackets(lines) else { continue }
            found[lines, default: (likelihood.map(exp), 0)].count += 1
        }
        return found.map { lines, seen in
            Rewriting(lines: lines, probability: seen.probability ?? Double(seen.count) / Double(count))
        }.sorted { ($1.probability, $0.lines.joined()) < ($0.probability, $1.lines.joined()) }
    }

    /// Greedy once, then spread: cool samples for what is likely, warm ones for variety.
    static func temperatures(_ count: Int) -> [Float] {
        [0] + (0..<max(0, count - 1)).map { 0.5 + 0.6 * Float($0) / Float(max(1, count - 2)) }
    }

    /// Whole lines, without their breaks.
    static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter {
            !$0.allSatisfy(\.isWhitespace)
        }
    }
}
