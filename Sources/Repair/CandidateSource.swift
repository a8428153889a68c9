import Planning

/// Where the candidates at hand come from. The planner chooses between the sources by expected seconds per success, and what it learns
/// of each is kept apart.
package enum CandidateSource: String, Sendable, CaseIterable {
    /// The mutation pass alone.
    case templates
    /// What the model writes at a few suspects; more suspects in each round.
    case infills
    /// The mutation pass and what the model writes at the first suspects, in one order.
    case both
    /// On top of a candidate that helped only partly.
    case secondEdits

    /// Those that a run begins with.
    package static let primary: Set<CandidateSource> = [.templates, .infills, .both]

    /// Candidates of this source wait to be verified.
    var ready: Fact {
        switch self {
        case .templates: .templatesReady
        case .infills: .infillsReady
        case .both: .bothReady
        case .secondEdits: .secondEditsReady
        }
    }

    static var allReady: Set<Fact> { Set(allCases.map(\.ready)) }

    /// `templates` → `proposeTemplates`.
    func actionName(_ verb: String) -> String { verb + rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
