import Editing

/// The mutation pass: every small edit that people's bug fixes are made of, at every suspect, in order of promise. It costs no token.
package struct TemplateProposer: Proposer {
    package let name = "template"
    /// Beyond this many lines the suspicion says next to nothing.
    package let suspectsFollowed: Int
    private let weights: [String: Double]

    /// - Parameter weights: how much better (above 1) or worse each operator did than the average, learnt from the run store.
    package init(weights: [String: Double] = [:], suspectsFollowed: Int = 400) {
        self.suspectsFollowed = suspectsFollowed
        self.weights = weights
    }

    package func propose(_ request: ProposalRequest) async throws -> [Candidate] {
        let enumerator = enumerator(for: request)
        let followed = request.suspects.prefix(suspectsFollowed)
        let candidates = Dictionary(grouping: followed, by: \.path).sorted { $0.key < $1.key }.flatMap {
            path, suspects -> [Candidate] in
            guard let bytes = request.sources[path], let file = SourceFile(path: path, bytes: bytes) else { return [] }
            return propose(at: suspects, in: file, on: request.stages, by: enumerator)
        }
        return Array(Candidate.ranked(candidates).prefix(request.limit))
    }

    /// Each operator's prior, as history and the failures at hand correct it.
    private func enumerator(for request: ProposalRequest) -> TemplateEnumerator {
        let called = FailureClass.multipliers(for: request.failures, isBuildBroken: request.isBuildBroken)
        let operators = TemplateOperator.all
        let corrected = operators.map { ($0.name, $0.prior * (weights[$0.name] ?? 1) * (called[$0.name] ?? 1)) }
        return TemplateEnumerator(
            operators: operators, weights: Dictionary(corrected, uniquingKeysWith: { first, _ in first }),
            named: NamedLiterals(in: request.issue ?? ""))
    }

    private func propose(
        at suspects: [Suspect], in file: SourceFile, on stages: [[FileEdit]], by enumerator: TemplateEnumerator
    ) -> [Candidate] {
        let byLine = Dictionary(suspects.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let lines = suspects.map { ($0.line, $0.weight) }
        return enumerator.edits(for: lines, in: file).compactMap { edit in
            guard let suspect = byLine[edit.line] else { return nil }
            return Candidate(
                proposer: name, operation: edit.operatorName, summary: edit.summary, stages: stages + [edit.edits],
                suspect: suspect, score: edit.score)
        }
    }
}
