/// A grammar as it is written, before it is compiled.
struct GrammarSource {
    struct Rule {
        let name: String
        let place: GrammarPlace
        let body: GrammarExpression
    }

    /// In the order of the text.
    let rules: [Rule]
}

indirect enum GrammarExpression {
    /// The UTF-8 of a quoted text.
    case literal([UInt8])
    /// One character out of these code points.
    case characters([ClosedRange<UInt32>])
    case reference(String, GrammarPlace)
    case sequence([GrammarExpression])
    case alternatives([GrammarExpression])
    /// `maximum` nil: without end.
    case repetition(GrammarExpression, minimum: Int, maximum: Int?)
}

/// Where in a grammar's text; both count from 1, columns in Unicode scalars.
struct GrammarPlace: Hashable {
    var line: Int
    var column: Int

    func error(_ message: String) -> InferenceError {
        InferenceError(.invalidGrammar, "grammar:\(line):\(column): \(message)")
    }
}
