import Foundation
import Synchronization

/// A suite in a temporary folder.
struct SuiteFolder: Sendable {
    let path: String
    var tasks: String { path + "/tasks" }

    func add(_ id: String, _ manifest: String) throws {
        try FileManager.default.createDirectory(atPath: "\(tasks)/\(id)/repo", withIntermediateDirectories: true)
        try Data(manifest.utf8).write(to: URL(fileURLWithPath: "\(tasks)/\(id)/task.yml"))
    }
}

func withSuite<Result>(_ body: (SuiteFolder) async throws -> Result) async throws -> Result {
    let suite = SuiteFolder(path: NSTemporaryDirectory() + "fettle-suite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: suite.path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: suite.path) }
    return try await body(suite)
}

/// Names in the order of their coming.
final class Counter: Sendable {
    private let seen = Mutex<[String]>([])
    var names: [String] { seen.withLock { $0 } }
    func add(_ name: String) { seen.withLock { $0.append(name) } }
}
