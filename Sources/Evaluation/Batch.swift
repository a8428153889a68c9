import Foundation
import Repair

/// Runs a suite's tasks, some at once, and keeps each result as soon as it is there: run again, it goes on where it stopped.
package struct Batch: Sendable {
    package let suite: TaskSuite
    /// Tasks at once.
    package let jobs: Int
    /// Where results are written; `tasks/ID.json` holds one each.
    package let reportFolder: String
    /// Runs one task, in a process of its own.
    package let execute: @Sendable (TaskManifest) async throws -> TaskResult

    package init(
        suite: TaskSuite, jobs: Int, reportFolder: String,
        execute: @escaping @Sendable (TaskManifest) async throws -> TaskResult
    ) {
        self.suite = suite
        self.jobs = jobs
        self.reportFolder = reportFolder
        self.execute = execute
    }

    /// - Parameter observer: called with each result as it comes, earlier ones first; `isNew` is false for those.
    package func run(observer: @escaping @Sendable (_ result: TaskResult, _ isNew: Bool) -> Void) async throws
        -> BatchReport
    {
        let tasks = reportFolder + "/tasks"
        try FileManager.default.createDirectory(atPath: tasks, withIntermediateDirectories: true)
        var results: [String: TaskResult] = [:]
        for entry in suite.entries {
            guard let earlier = earlierResult(of: entry.id), !earlier.isUnsettled else { continue }
            results[entry.id] = earlier
            observer(earlier, false)
        }
        var waiting = suite.entries.filter { results[$0.id] == nil }[...]
        try await withThrowingTaskGroup(of: TaskResult.self) { group in
            for _ in 0..<jobs {
                guard let entry = waiting.popFirst() else { break }
                group.addTask { await result(of: entry) }
            }
            while let result = try await group.next() {
                results[result.id] = result
                try keep(result)
                try makeReport(results).write(to: reportFolder)
                observer(result, true)
                guard !Task.isCancelled, let entry = waiting.popFirst() else { continue }
                group.addTask { await self.result(of: entry) }
            }
        }
        let report = makeReport(results)
        try report.write(to: reportFolder)
        return report
    }

    private func result(of entry: TaskSuite.Entry) async -> TaskResult {
        switch entry {
        case .broken(let id, let reason):
            return .failed(id: id, reason: reason)
        case .task(let manifest):
            do {
                return try await execute(manifest)
            } catch is CancellationError {
                return .failed(manifest, verdict: .interrupted, reason: "interrupted")
            } catch {
                return .failed(manifest, verdict: .environmentError, reason: "\(error)")
            }
        }
    }

    private func makeReport(_ results: [String: TaskResult]) -> BatchReport {
        BatchReport(
            suite: (suite.folder as NSString).lastPathComponent, results: suite.entries.compactMap { results[$0.id] })
    }

    private func keep(_ result: TaskResult) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(result).write(to: resultFile(of: result.id), options: .atomic)
    }

    /// An earlier result of the task; one that cannot be read is no result.
    private func earlierResult(of id: String) -> TaskResult? {
        guard let data = try? Data(contentsOf: resultFile(of: id)) else { return nil }
        return try? JSONDecoder().decode(TaskResult.self, from: data)
    }

    private func resultFile(of id: String) -> URL {
        URL(fileURLWithPath: "\(reportFolder)/tasks/\(id.replacing("/", with: "_")).json")
    }
}

extension TaskResult {
    static func failed(_ manifest: TaskManifest, verdict: Verdict, reason: String) -> TaskResult {
        TaskResult(
            id: manifest.id, title: manifest.title, language: manifest.language, faultClass: manifest.faultClass,
            expect: manifest.expect, verdict: verdict, reason: reason, seconds: 0, candidatesTried: 0,
            changedFiles: [], run: nil)
    }

    static func failed(id: String, reason: String) -> TaskResult {
        TaskResult(
            id: id, title: id, language: "", faultClass: "", expect: "fixed", verdict: .environmentError,
            reason: reason, seconds: 0, candidatesTried: 0, changedFiles: [], run: nil)
    }
}
