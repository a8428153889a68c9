import Dispatch
import Foundation
import Glibc
import Runs
import Synchronization
import Testing

@Suite("Run folders")
struct RunDirectoryTests {
    @Test("a live run is left alone, a dead one is tidied, its patch kept")
    func sweep() throws {
        try withState { state in
            let live = try RunDirectory(in: state)
            try mark(live.path + "/repository.git")
            let dead = try deadRun(in: state)
            try mark(dead + "/repository.git")
            try mark(dead + "/fix.patch")

            RunDirectory.sweep(state)

            #expect(FileManager.default.fileExists(atPath: live.path + "/repository.git"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: dead) == ["fix.patch"])
        }
    }

    @Test("a dead run that proved nothing leaves nothing")
    func empty() throws {
        try withState { state in
            let dead = try deadRun(in: state)
            try mark(dead + "/worktrees")
            RunDirectory.sweep(state)
            #expect(!FileManager.default.fileExists(atPath: dead))
        }
    }

    @Test("a run that begins while others sweep keeps its folder")
    func beginning() throws {
        try withState { state in
            let lost = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 8) { worker in
                for _ in 0..<100 {
                    guard worker % 2 == 0 else {
                        RunDirectory.sweep(state)
                        continue
                    }
                    guard let live = try? RunDirectory(in: state) else {
                        lost.withLock { $0 += 1 }
                        continue
                    }
                    withExtendedLifetime(live) {
                        if mkdir(live.path + "/trees", 0o700) != 0 { lost.withLock { $0 += 1 } }
                    }
                }
            }
            #expect(lost.withLock { $0 } == 0)
        }
    }

    @Test("IssueSearch ranks what shares the issue's words first")
    func search() async throws {
        let documents = ["parse a date", "merge overlapping intervals", "print help"]
        #expect(try await IssueSearch.search("intervals that overlap are not merged", documents) == [1])
        #expect(try await IssueSearch.search("\"*(", documents).isEmpty)
    }

    /// A folder whose owner is gone: made, then its lock let go.
    private func deadRun(in state: String) throws -> String { try RunDirectory(in: state).path }

    private func mark(_ path: String) throws { try Data("x".utf8).write(to: URL(fileURLWithPath: path)) }

    private func withState(_ body: (String) throws -> Void) throws {
        let state = NSTemporaryDirectory() + "fettle-state-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: state) }
        try body(state)
    }
}
