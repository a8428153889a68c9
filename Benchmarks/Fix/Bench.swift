import Foundation
import Git
import LanguageModels
import Repair
import Runs
import Synchronization

/// One repository, mended again and again, each time as if for the first time.
struct Bench {
    private let folder = NSTemporaryDirectory() + "fettle-bench-\(UUID().uuidString)"
    private let checkout: String
    private let launcher: String

    struct Measured {
        var ending: RunEvent.Ending
        var tried: Int
        var verifySeconds: Double
    }

    init() throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        launcher = (program as NSString).deletingLastPathComponent + "/fettle-launcher"
        var checkout = (#filePath as NSString).deletingLastPathComponent
        for _ in 0..<2 { checkout = (checkout as NSString).deletingLastPathComponent }
        self.checkout = checkout
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: checkout + "/Tasks/starter/python-ledger/repo", toPath: folder + "/ledger")
        _ = try Repository.create(at: folder + "/ledger")
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A test that no edit of the module passes.
    func addUnfixableTest() throws {
        let test = "from ledger import *\n\n\ndef test_never():\n    Ledger()\n    assert 1 == 2\n"
        try Data(test.utf8).write(to: URL(fileURLWithPath: folder + "/ledger/tests/test_never.py"))
    }

    func fix(candidates: Int = 5000) async throws -> Measured {
        var task = RepairTask(repository: folder + "/ledger")
        task.limits.candidates = candidates
        task.limits.jobs = ProcessInfo.processInfo.activeProcessorCount
        let events = Mutex<[RunEvent]>([])
        let session = try RunSession(
            stateDirectory: folder + "/state-\(UUID().uuidString)", profileDirectories: [checkout + "/Sandboxes"],
            launcher: launcher)
        let result = try await session.fix(task) { event in events.withLock { $0.append(event) } }
        var verifySeconds = 0.0
        var tried = 0
        for event in events.withLock({ $0 }) {
            if case .actionFinished("verifyTemplates", _, let seconds, _) = event.kind { verifySeconds += seconds }
            if case .tried(let trial) = event.kind, !trial.isReused, trial.outcome != .proven { tried += 1 }
        }
        return Measured(ending: result.ending, tried: tried, verifySeconds: verifySeconds)
    }
}

extension Bench {
    /// The embedded model's candidates at a condition in the middle of the module, from the loading of the model to the last one.
    func infill(samples: Int) async throws -> (candidates: Int, seconds: Double) {
        let path = "ledger/book.py"
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/ledger/\(path)")))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let condition = lines.indices.first { $0 >= lines.count / 2 && lines[$0].contains(" if ") }
        let suspect = Suspect(path: path, line: (condition ?? 0) + 1, suspiciousness: 1, reasons: [])
        let start = ContinuousClock.now
        let proposer = InfillProposer(model: try LocalModel.embedded(), samples: samples)
        let candidates = try await proposer.propose(
            ProposalRequest(suspects: [suspect], sources: [path: bytes], limit: 5000))
        return (candidates.count, start.duration(to: .now) / .seconds(1))
    }
}
