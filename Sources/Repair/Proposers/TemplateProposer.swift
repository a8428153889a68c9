package import Editing

/// The mutation pass: every small edit that people's bug fixes are made of, at every suspect, in order of promise. It costs no token.
package struct TemplateProposer: Proposer {
    package let name = "template"
    /// How much better (above 1) or worse each operator did than the average, learnt from the run store.
    package let weights: [String: Double]
    /// Beyond this many lines the suspicion says next to nothing.
    package let suspectsFollowed: Int

    package init(weights: [String: Double] = [:], suspectsFollowed: Int = 400) {
        self.weights = weights
        self.suspectsFollowed = suspectsFollowed
    }

    package func propose(_ request: ProposalRequest) async throws -> [Candidate] {
        let followed = request.suspects.prefix(suspectsFollowed)
        let candidates = Dictionary(grouping: followed, by: \.path).sorted { $0.key < $1.key }.flatMap {
            path, suspects -> [Candidate] in
            guard let bytes = request.sources[path] else { return [] }
            return propose(at: suspects, in: SourceFile(path: path, bytes: bytes), on: request.stages)
        }
        let ranked = candidates.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }
        return ranked.prefix(request.limit).map(\.element)
    }

    private func propose(at suspects: [Suspect], in file: SourceFile, on stages: [[FileEdit]]) -> [Candidate] {
        let byLine = Dictionary(suspects.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let edits = TemplateEnumerator.edits(
            for: suspects.map { ($0.line, $0.suspiciousness) }, in: file, weights: weights)
        return edits.compactMap { edit in
            guard let suspect = byLine[edit.line] else { return nil }
            return Candidate(
                proposer: name, operation: edit.operatorName, summary: edit.summary, stages: stages + [edit.edits],
                suspect: suspect, score: edit.score)
        }
    }
}
