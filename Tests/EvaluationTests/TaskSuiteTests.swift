import Foundation
import Repair
import Testing

@testable import Evaluation

@Suite("Task suites")
struct TaskSuiteTests {
    @Test("a task is read with its class, limits and expectation")
    func manifest() async throws {
        try await withSuite { suite in
            try suite.add("a", "title: T\nlanguage: c\nclass: boundary\nlimits: {wall: 2m}\nexpect: unfixed\n")
            let task = try TaskManifest(folder: suite.tasks + "/a")
            #expect(task.id == "a")
            #expect(task.faultClass == "boundary")
            #expect(task.wallSeconds == 120)
            #expect(task.expect == "unfixed")
        }
    }

    @Test("a broken task is an entry that says why, and the others stay")
    func broken() async throws {
        try await withSuite { suite in
            try suite.add("a", "title: T\n")
            try suite.add("b", "title: T\nbogus: 1\n")
            try suite.add("c", "expect: maybe\n")
            let reasons = try TaskSuite(folder: suite.tasks).entries.map { entry -> String in
                switch entry {
                case .task: ""
                case .broken(_, let reason): String(reason.drop { $0 != ":" })
                }
            }
            #expect(reasons[0] == "")
            #expect(reasons[1].hasPrefix(":2: unknown key `bogus`"))
            #expect(reasons[2] == ":1: `expect`: expected fixed, unfixed or nothingToFix")
        }
    }

    @Test("an empty or missing suite is said in one line")
    func missing() async throws {
        try await withSuite { suite in
            #expect(throws: (any Error).self) { try TaskSuite(folder: suite.path) }
            #expect(throws: (any Error).self) { try TaskSuite(folder: suite.path + "/none") }
        }
    }
}

@Suite("Batches")
struct BatchTests {
    @Test("one task that cannot run does not stop the others, and a second run takes up where the first stopped")
    func resume() async throws {
        try await withSuite { suite in
            for id in ["a", "b", "c"] { try suite.add(id, "title: \(id)\n") }
            let runs = Counter()
            let first = try await batch(suite, runs) { $0 == "b" ? nil : .fixed }
            #expect(first.results.map(\.verdict) == [.fixed, .environmentError, .fixed])
            let second = try await batch(suite, runs) { _ in .unfixed }
            #expect(second.results.map(\.verdict) == [.fixed, .unfixed, .fixed])
            #expect(runs.names.sorted() == ["a", "b", "b", "c"])
        }
    }

    @Test("results are written as JSON, JUnit and Markdown, whatever a reason holds")
    func reports() async throws {
        try await withSuite { suite in
            try suite.add("a", "title: a\n")
            _ = try await batch(suite, Counter()) { _ in .unfixed }
            let report = suite.path + "/report"
            let json = try Data(contentsOf: URL(fileURLWithPath: report + "/results.json"))
            #expect(try JSONDecoder().decode([TaskResult].self, from: json).map(\.id) == ["a"])
            let xml = try String(contentsOfFile: report + "/results.xml", encoding: .utf8)
            #expect(xml.contains("<failure message=\"a &lt;b&gt; &amp; &quot;c&quot; \u{FFFD}\"/>"))
            let markdown = try String(contentsOfFile: report + "/results.md", encoding: .utf8)
            #expect(markdown.contains("0 of 1 fixed"))
        }
    }

    private func batch(
        _ suite: SuiteFolder, _ runs: Counter, verdict: @escaping @Sendable (String) -> Verdict?
    ) async throws -> BatchReport {
        try await Batch(
            suite: TaskSuite(folder: suite.tasks), jobs: 2, reportFolder: suite.path + "/report"
        ) { manifest in
            runs.add(manifest.id)
            guard let verdict = verdict(manifest.id) else { throw ConfigurationFailure() }
            return TaskResult(
                id: manifest.id, title: "", language: "", faultClass: "", expect: "fixed", verdict: verdict,
                reason: "a <b> & \"c\" \u{1}", seconds: 1, candidatesTried: 1, changedFiles: [], run: nil)
        }.run { _, _ in }
    }
}

private struct ConfigurationFailure: Error {}
