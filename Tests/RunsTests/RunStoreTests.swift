import Foundation
import Runs
import Testing

@testable import Repair

@Suite("The run store")
struct RunStoreTests {
    @Test("events come back in order after reopening")
    func order() throws {
        try withStore { store in
            try store.append(.started("r1"), to: "r1")
            for index in 0..<50 { try store.append(.note("\(index)"), to: "r1") }
            let notes = try RunStore(at: store.path).events(of: "r1").compactMap { event -> String? in
                if case .decided(let text) = event.kind { text } else { nil }
            }
            #expect(notes == (0..<50).map(String.init))
        }
    }

    @Test("a run ends with its verdict; one that was killed has none")
    func verdicts() throws {
        try withStore { store in
            try store.append(.started("r1"), to: "r1")
            try store.append(.started("r2"), to: "r2")
            let ending = RunEvent.Ending(verdict: .fixed, reason: "why", seconds: 2.5, candidatesTried: 7)
            try store.append(RunEvent(at: 2.5, kind: .ended(ending)), to: "r2")
            #expect(try store.run(matching: "r1")?.verdict == nil)
            let ended = try #require(try store.run(matching: "r2"))
            #expect(ended.verdict == .fixed)
            #expect(ended.candidates == 7)
            #expect(try store.run(matching: "r") == nil, "two runs match")
        }
    }

    @Test("what an earlier run on the same base tried is known, but not hangs and hits")
    func known() throws {
        try withStore { store in
            try store.append(.started("r1", tree: "t1"), to: "r1")
            for (fingerprint, outcome) in [("a", Trial.Outcome.unfixed), ("b", .targetsPass), ("c", .timedOut)] {
                try store.append(.tried(fingerprint, outcome), to: "r1")
            }
            #expect(try store.knownTrials(baseTree: "t1", testCommand: nil).keys.sorted() == ["a"])
            #expect(try store.knownTrials(baseTree: "t2", testCommand: nil).isEmpty)
            #expect(try store.knownTrials(baseTree: "t1", testCommand: "make test").isEmpty)
        }
    }

    @Test("an operation that is proven more often than others weighs more")
    func weights() throws {
        try withStore { store in
            try store.append(.started("r1"), to: "r1")
            for index in 0..<300 {
                let outcome: Trial.Outcome = index % 10 == 0 ? .proven : .unfixed
                try store.append(.tried("good\(index)", outcome, operation: "good"), to: "r1")
                try store.append(.tried("bad\(index)", .unfixed, operation: "bad"), to: "r1")
            }
            let weights = try store.operationWeights()
            let good = try #require(weights["good"])
            let bad = try #require(weights["bad"])
            #expect(good > 1 && bad < 1 && bad >= 0.25)
        }
    }

    @Test("an event cannot be changed afterwards, and the file that is no database is said in one line")
    func broken() throws {
        try withStore { store in
            let path = store.path + ".other"
            try Data(repeating: 7, count: 8192).write(to: URL(fileURLWithPath: path))
            #expect {
                _ = try RunStore(at: path)
            } throws: {
                "\($0)".hasPrefix("cannot open the run store \(path): ") && !"\($0)".contains("\n")
            }
        }
    }

    @Test("two connections write at once without an error")
    func concurrent() async throws {
        let folder = NSTemporaryDirectory() + "fettle-runs-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/runs.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let store = try RunStore(at: path)
                    try store.append(.started("w\(writer)"), to: "w\(writer)")
                    for index in 0..<50 { try store.append(.note("\(index)"), to: "w\(writer)") }
                }
            }
            try await group.waitForAll()
        }
        let store = try RunStore(at: path)
        for writer in 0..<4 { #expect(try store.events(of: "w\(writer)").count == 51) }
    }

    private func withStore(_ body: (RunStore) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "fettle-runs-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(try RunStore(at: folder + "/runs.sqlite"))
    }
}

extension RunEvent {
    static func started(_ run: String, tree: String = "tree") -> RunEvent {
        RunEvent(
            at: 0,
            kind: .started(
                Started(run: run, task: RepairTask(repository: "/r"), baseTree: tree, baseDescription: "HEAD")))
    }

    static func note(_ text: String) -> RunEvent { RunEvent(at: 0, kind: .decided(text)) }

    static func tried(_ fingerprint: String, _ outcome: Trial.Outcome, operation: String = "op") -> RunEvent {
        let suspect = Suspect(path: "a.py", line: 1, suspiciousness: 1, reasons: [])
        let candidate = Candidate(
            proposer: "template", operation: operation, summary: "s", stages: [], suspect: suspect, score: 1)
        return RunEvent(
            at: 0,
            kind: .tried(
                Trial(fingerprint: fingerprint, candidate: candidate, outcome: outcome, passed: [], seconds: 0.1)))
    }
}
