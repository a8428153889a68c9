import Foundation
import Repair

/// A batch's results as files: `results.json`, `results.xml` (JUnit) and `results.md`.
package struct BatchReport: Sendable {
    package let suite: String
    package let results: [TaskResult]

    package init(suite: String, results: [TaskResult]) {
        self.suite = suite
        self.results = results
    }

    package var fixedCount: Int { results.count { $0.verdict == .fixed } }

    /// Writes all three into `folder`, each whole or not at all.
    package func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let files = [
            ("results.json", try encoder.encode(results)), ("results.xml", Data(junit.utf8)),
            ("results.md", Data(markdown.utf8)),
        ]
        for (name, data) in files { try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic) }
    }

    /// A table for people.
    package var markdown: String {
        let rows = results.map { result in
            "| \(result.id) | \(result.language) | \(result.faultClass) | \(result.verdict.phrase) "
                + "| \(result.candidatesTried) | \(tenths(result.seconds)) | \(cell(result.reason)) |"
        }
        let seconds = results.reduce(0) { $0 + $1.seconds }
        return """
            # \(suite): \(fixedCount) of \(results.count) fixed

            | task | language | class | verdict | candidates | seconds | by |
            |---|---|---|---|---:|---:|---|
            \(rows.joined(separator: "\n"))

            \(results.reduce(0) { $0 + $1.candidatesTried }) candidates in \(tenths(seconds)) task seconds.

            """
    }

    /// JUnit's XML: a task that is not fixed is a failure, an environment error is an error.
    package var junit: String {
        let cases = results.map { result in
            let head =
                "  <testcase classname=\"\(xml(suite))\" name=\"\(xml(result.id))\" time=\"\(tenths(result.seconds))\">"
            let body =
                switch result.verdict {
                case .fixed, .nothingToFix: ""
                case .unfixed: "<failure message=\"\(xml(result.reason))\"/>"
                case .environmentError, .interrupted: "<error message=\"\(xml(result.reason))\"/>"
                }
            return head + body + "</testcase>"
        }
        let failures = results.count { $0.verdict == .unfixed }
        let errors = results.count { $0.isUnsettled }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="\(xml(suite))" tests="\(results.count)" failures="\(failures)" errors="\(errors)">
            \(cases.joined(separator: "\n"))
            </testsuite>

            """
    }

    private func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }

    private func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Text for an attribute; characters that XML 1.0 cannot hold are replaced.
    private func xml(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\r": result += " "
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
