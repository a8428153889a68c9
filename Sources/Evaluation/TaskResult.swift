package import Repair

/// What became of one task of a batch.
package struct TaskResult: Sendable, Codable, Hashable {
    package var id: String
    package var title: String
    package var language: String
    package var faultClass: String
    package var expect: String
    package var verdict: Verdict
    /// One line: what fixed it, or why it was not fixed.
    package var reason: String
    package var seconds: Double
    package var candidatesTried: Int
    /// Files that the proven patch changes.
    package var changedFiles: [String]
    /// The run in the store; nil where the task never came to a run.
    package var run: String?

    package var isAsExpected: Bool { verdict.rawValue == expect }

    /// Worth another try when the batch is run again: what stopped it lay outside the task.
    package var isUnsettled: Bool { verdict == .interrupted || verdict == .environmentError }
}
