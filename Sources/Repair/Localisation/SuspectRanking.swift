/// Joins what several localisers say of the same lines into one ranked list.
package enum SuspectRanking {
    /// Independent hints about a line are joined by noisy-or, `1 − Π(1 − sᵢ)`, so each one can only add suspicion.
    /// Ordered by suspiciousness, then path and line, so that equal input gives equal output.
    package static func merge(_ hints: [Suspect]) -> [Suspect] {
        var merged: [SourceLine: Suspect] = [:]
        for hint in hints {
            let place = SourceLine(path: hint.path, line: hint.line)
            guard var known = merged[place] else {
                merged[place] = hint
                continue
            }
            known.suspiciousness = 1 - (1 - known.suspiciousness) * (1 - hint.suspiciousness)
            known.reasons += hint.reasons.filter { !known.reasons.contains($0) }
            merged[place] = known
        }
        return merged.values.sorted {
            $0.suspiciousness != $1.suspiciousness
                ? $0.suspiciousness > $1.suspiciousness : ($0.path, $0.line) < ($1.path, $1.line)
        }
    }
}
