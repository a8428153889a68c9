/// What to fix: repository, issue, how it is tested, limits, and what becomes of the patch.
package struct RepairTask: Sendable, Codable {
    /// A path inside the repository's working tree, or of a bare repository.
    package var repository: String
    /// What the user wrote about the fault; it steers localisation where coverage says nothing, and the numbers and strings that it names
    /// are candidates.
    package var issue: String?
    /// Overrides what the repository itself says.
    package var testCommand: String?
    /// Tests to turn green; empty means every test that fails at the base.
    package var targets: [String] = []
    package var delivery: Delivery = .patchOnly
    package var limits: Limits = .init()

    /// What becomes of a proven patch, beyond being kept with the run.
    package enum Delivery: Sendable, Codable, Hashable {
        case patchOnly
        /// Applied to the user's working tree.
        case apply
        /// One commit on a new branch of the user's repository; checkout, index and HEAD stay as they are.
        case branch(String)
    }

    /// When any of these is spent, only abstaining is left.
    package struct Limits: Sendable, Codable {
        /// Seconds from the run's start.
        package var wallSeconds: Double = 600
        /// Candidates verified.
        package var candidates = 5000
        /// Worktrees in which candidates are verified at once.
        package var jobs = 2

        package init() {}
    }

    package init(repository: String) {
        self.repository = repository
    }
}
