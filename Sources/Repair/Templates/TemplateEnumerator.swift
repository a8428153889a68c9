package import Editing

/// Asks every operator about every suspect line, drops what comes twice, and ranks the rest.
package struct TemplateEnumerator: Sendable {
    private let operators: [TemplateOperator]
    /// Takes the place of an operator's prior, by its name; learnt from what earlier runs tried and proved.
    private let weights: [String: Double]
    private let named: NamedLiterals

    package init(
        operators: [TemplateOperator] = TemplateOperator.all, weights: [String: Double] = [:],
        named: NamedLiterals = NamedLiterals(in: "")
    ) {
        self.operators = operators
        self.weights = weights
        self.named = named
    }

    /// The candidates for some suspect lines of a file, best first; equal input gives equal output.
    ///
    /// Two candidates with the same text, comments and white space aside, count as one, which keeps the better score.
    package func edits(
        for suspectLines: [(line: Int, suspiciousness: Double)], in file: SourceFile
    ) -> [TemplateCandidate] {
        let normalForm = NormalForm(of: file)
        var best: [NormalisedChange: TemplateCandidate] = [:]
        for suspect in suspectLines where suspect.suspiciousness > 0 {
            let site = TemplateSite(file: file, line: suspect.line, named: named)
            guard !site.tokens.isEmpty else { continue }
            for candidate in candidates(at: site, suspiciousness: suspect.suspiciousness, normalForm) {
                if let known = best[candidate.change], known.score >= candidate.candidate.score { continue }
                best[candidate.change] = candidate.candidate
            }
        }
        return best.values.sorted(by: Self.ranksBefore)
    }

    private func candidates(
        at site: TemplateSite, suspiciousness: Double, _ normalForm: NormalForm
    ) -> [(change: NormalisedChange, candidate: TemplateCandidate)] {
        var result: [(NormalisedChange, TemplateCandidate)] = []
        for template in operators {
            let weight = weights[template.name] ?? template.prior
            guard weight > 0 else { continue }
            var seen: Set<NormalisedChange> = []
            var proposed: [(edit: TemplateEdit, change: NormalisedChange)] = []
            for edit in template.propose(at: site) {
                guard let change = Self.change(edit.edits, normalForm), !change.isEmpty, seen.insert(change).inserted
                else { continue }
                proposed.append((edit, change))
            }
            // Edits that are all unlikely do not get the operator's whole weight by being alone.
            let total = max(1, proposed.reduce(0) { $0 + $1.edit.weight })
            for (edit, change) in proposed {
                let candidate = TemplateCandidate(
                    edits: edit.edits, operatorName: template.name, line: site.line,
                    score: suspiciousness * weight * edit.weight / total,
                    summary: "\(template.name): \(edit.summary) at \(site.file.path):\(site.line)",
                    changedTokens: change.tokenCount)
                result.append((change, candidate))
            }
        }
        return result
    }

    /// What an edit changes, or nil where it does not fit the file.
    private static func change(_ edits: [FileEdit], _ normalForm: NormalForm) -> NormalisedChange? {
        do throws(EditingError) {
            return try normalForm.change(by: edits)
        } catch {
            assertionFailure("\(error)")
            return nil
        }
    }

    private static func ranksBefore(_ left: TemplateCandidate, _ right: TemplateCandidate) -> Bool {
        if left.score != right.score { return left.score > right.score }
        if left.changedTokens != right.changedTokens { return left.changedTokens < right.changedTokens }
        if left.line != right.line { return left.line < right.line }
        if left.operatorName != right.operatorName { return left.operatorName < right.operatorName }
        return left.key < right.key
    }
}

extension TemplateCandidate {
    /// Tells candidates of equal rank apart, so that their order does not hang on a dictionary's.
    fileprivate var key: String {
        edits.map { "\($0.range.lowerBound):\($0.range.upperBound):\($0.replacement)" }.joined(separator: "\n")
    }
}
