/// How a run ended. Fixed is defined by tests that went from fail to pass with none the other way.
package enum Verdict: String, Sendable, Codable, CaseIterable {
    case fixed
    case unfixed
    case nothingToFix
    case environmentError
    /// Stopped by the user; running again takes up where it stopped.
    case interrupted

    /// The process exit code that says this verdict; 64 is kept for wrong usage.
    package var exitCode: Int32 {
        switch self {
        case .fixed: 0
        case .unfixed: 1
        case .nothingToFix: 3
        case .environmentError: 4
        case .interrupted: 130
        }
    }

    /// For people.
    package var phrase: String {
        switch self {
        case .fixed: "fixed"
        case .unfixed: "not fixed"
        case .nothingToFix: "nothing to fix"
        case .environmentError: "environment error"
        case .interrupted: "interrupted"
        }
    }
}
