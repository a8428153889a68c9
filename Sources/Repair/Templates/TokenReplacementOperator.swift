import Editing

/// An operator that puts one token in another's place, by a table.
struct TokenReplacementOperator {
    let name: String
    let prior: Double
    var languages = Set(SourceLanguage.allCases)
    /// For each token what may stand there instead, likeliest first; the n-th counts 1/n.
    let table: [String: [String]]
    /// Whether a token of the table is meant at its place.
    var applies: @Sendable (TemplateSite, Int) -> Bool = { _, _ in true }
    let examples: [TemplateOperator.Example]

    var templateOperator: TemplateOperator {
        TemplateOperator(name, prior: prior, languages: languages, examples: examples) { [table, applies] site in
            site.tokens.flatMap { token -> [TemplateEdit] in
                guard let others = table[site.text(token)], applies(site, token) else { return [] }
                return others.enumerated().map { rank, other in
                    site.replacing(token, with: other, weight: 1 / Double(rank + 1))
                }
            }
        }
    }

    /// A table from families of words, each of which may stand for any other of its family, near ones first.
    static func families(_ families: [String]) -> [String: [String]] {
        var table: [String: [String]] = [:]
        for family in families {
            let words = family.split(separator: " ").map(String.init)
            for word in words {
                for other in words where other != word && table[word]?.contains(other) != true {
                    table[word, default: []].append(other)
                }
            }
        }
        return table
    }
}
