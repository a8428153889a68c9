package import Editing

/// One class of small bug with the edits that would mend it: a row of the mutation pass.
///
/// An operator looks at one line and says what could stand there instead. The classes and their relative frequency
/// follow the published studies of small fixes: ManySStuBs4J (Karampatsis and Sutton, MSR 2020), TBar (Liu et al.,
/// ISSTA 2019) and TSSB-3M (Richter and Wehrheim, MSR 2022).
package struct TemplateOperator: Sendable {
    /// A bug and its fix, which the operator must find.
    package struct Example: Sendable {
        package let language: SourceLanguage
        package let before: String
        package let after: String

        init(_ language: SourceLanguage, _ before: String, _ after: String) {
            self.language = language
            self.before = before
            self.after = after
        }
    }

    /// Stable: statistics are kept under it.
    package let name: String
    /// How often bugs are of this class, relative to the other operators.
    package let prior: Double
    package let languages: Set<SourceLanguage>
    package let examples: [Example]
    private let edits: @Sendable (TemplateSite) -> [TemplateEdit]

    init(
        _ name: String, prior: Double, languages: Set<SourceLanguage> = Set(SourceLanguage.allCases),
        examples: [Example], edits: @escaping @Sendable (TemplateSite) -> [TemplateEdit]
    ) {
        self.name = name
        self.prior = prior
        self.languages = languages
        self.examples = examples
        self.edits = edits
    }

    /// The edits that this operator knows for a site; none where the file's language is not one of its own.
    package func propose(at site: TemplateSite) -> [TemplateEdit] {
        languages.contains(site.file.language) ? edits(site) : []
    }
}

/// One way to change a line, with how likely it is among its operator's ways.
package struct TemplateEdit: Sendable {
    package var edits: [FileEdit]
    /// What changes, in a few words: "`<` → `<=`".
    package var summary: String
    /// How likely it is next to the operator's other edits for the line; 1 for one that nothing speaks against.
    package var weight: Double
}
