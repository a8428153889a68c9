package import Sandboxing

/// A test's name, unique in its repository, in the words of its framework.
///
/// `tests/test_a.py::TestA::test_b` (pytest and unittest), `Module.Suite/test()` (Swift), a CTest or TAP name.
package struct TestID: Sendable, Hashable, Codable, CustomStringConvertible, Comparable {
    package let rawValue: String

    package init(_ rawValue: String) { self.rawValue = rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var description: String { rawValue }

    package static func < (left: TestID, right: TestID) -> Bool { left.rawValue < right.rawValue }
}

/// A place in the worktree on the way to a failure.
package struct StackFrame: Sendable, Hashable, Codable {
    /// Relative to the worktree, with / separators.
    package var path: String
    /// 1-based.
    package var line: Int
    package var function: String?

    package init(path: String, line: Int, function: String? = nil) {
        self.path = path
        self.line = line
        self.function = function
    }
}

/// Why a test failed, as far as its framework says.
package struct TestFailure: Sendable, Hashable, Codable {
    /// The exception's type (`ValueError`), `assertion`, `timeout`, `crash` or a signal's name.
    package var kind: String
    package var message: String
    /// The values of a comparison that did not hold, as the framework prints them.
    package var expected: String?
    package var actual: String?
    /// Innermost first.
    package var frames: [StackFrame]

    package init(
        kind: String, message: String, expected: String? = nil, actual: String? = nil, frames: [StackFrame] = []
    ) {
        self.kind = kind
        self.message = message
        self.expected = expected
        self.actual = actual
        self.frames = frames
    }
}

/// What became of one test.
package struct TestOutcome: Sendable, Hashable, Codable {
    package enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        case passed, failed, skipped, timedOut, crashed

        /// Whether a fix could turn this into `passed`.
        package var isFailure: Bool { self == .failed || self == .timedOut || self == .crashed }
    }

    package var id: TestID
    package var status: Status
    package var seconds: Double
    package var failure: TestFailure?

    package init(id: TestID, status: Status, seconds: Double = 0, failure: TestFailure? = nil) {
        self.id = id
        self.status = status
        self.seconds = seconds
        self.failure = failure
    }
}

/// One message of a compiler or an interpreter about a source file.
package struct Diagnostic: Sendable, Hashable, Codable {
    package enum Severity: String, Sendable, Hashable, Codable { case error, warning, note }

    /// Relative to the worktree where the file lies in it.
    package var path: String
    package var line: Int
    package var column: Int?
    package var severity: Severity
    package var message: String

    package init(path: String, line: Int, column: Int? = nil, severity: Severity = .error, message: String) {
        self.path = path
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
    }
}

/// What one run of tests showed.
package struct TestReport: Sendable, Codable {
    package enum Ending: Sendable, Hashable, Codable {
        /// Every selected test has an outcome, or the first failure ended the run as asked.
        case completed
        /// No test ran, because the code under test does not build or load. The diagnostics say where.
        case buildFailed
        /// The wall clock ran out: the test that was running is `timedOut`, those after it have no outcome.
        case timedOut
        /// The process ended early: the test that was running is `crashed`, those after it have no outcome.
        case crashed(String)
        /// Nothing was found to run.
        case noTests
        /// The machine, not the code: a missing framework, memory, a refused command. The text says what to do.
        case environment(String)
    }

    /// In the order in which the tests ran, each test once.
    package var outcomes: [TestOutcome]
    package var diagnostics: [Diagnostic]
    package var ending: Ending
    /// The process that ran the tests, or that failed to build them.
    package var result: CommandResult?

    package init(
        outcomes: [TestOutcome] = [], diagnostics: [Diagnostic] = [], ending: Ending, result: CommandResult? = nil
    ) {
        self.outcomes = outcomes
        self.diagnostics = diagnostics
        self.ending = ending
        self.result = result
    }

    /// The tests that a fix should turn green.
    package var failing: [TestID] { outcomes.filter(\.status.isFailure).map(\.id) }

    /// Whether the run came to its end, something ran, and nothing failed.
    package var isGreen: Bool { ending == .completed && !outcomes.isEmpty && failing.isEmpty }

    package func outcome(of test: TestID) -> TestOutcome? { outcomes.first { $0.id == test } }
}

/// What a build showed.
package struct BuildReport: Sendable, Codable {
    package var succeeded: Bool
    package var diagnostics: [Diagnostic]
    /// Nil where the language has nothing to build.
    package var result: CommandResult?

    package init(succeeded: Bool, diagnostics: [Diagnostic] = [], result: CommandResult? = nil) {
        self.succeeded = succeeded
        self.diagnostics = diagnostics
        self.result = result
    }
}
