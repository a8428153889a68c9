package import Editing

/// One changed file that the mutation pass proposes.
package struct TemplateCandidate: Sendable {
    /// Usually one; two where text is exchanged or moved.
    package let edits: [FileEdit]
    package let operatorName: String
    /// The 1-based suspect line that it answers.
    package let line: Int
    /// Suspiciousness × the operator's weight × this edit's share in what the operator yields for the line.
    package let score: Double
    /// One line for people: "boundary: `<` → `<=` at stats.py:12".
    package let summary: String
    /// How many tokens go or come.
    package let changedTokens: Int
}
