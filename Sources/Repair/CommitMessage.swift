/// The words of a commit that holds a proven patch.
enum CommitMessage {
    static func text(summary: String, fixedTests: [String], stillPassing: Int) -> String {
        let tests = fixedTests.prefix(20).map { "- \($0)" }.joined(separator: "\n")
        let more = fixedTests.count > 20 ? "\n- and \(fixedTests.count - 20) more" : ""
        return """
            Fix \(fixedTests.first ?? "the build")

            \(summary)

            Went from fail to pass:
            \(tests)\(more)

            \(stillPassing) tests pass before and after.
            """
    }
}
