import Foundation
import Git
import Repair
import Subprocess
import SystemPackage

/// Runs a task as a `fettle fix` of its own: whatever goes wrong in one process, the others go on.
package struct LocalExecutor: Sendable {
    /// The `fettle` program.
    package let program: String
    package let stateDirectory: String
    /// Slots of each run.
    package let slots: Int
    /// How long a run may take, in seconds; a task that names a shorter time keeps it.
    package let wallLimit: Double?
    /// More options of each `fettle fix`.
    package let options: [String]

    package init(
        program: String, stateDirectory: String, slots: Int, wallLimit: Double? = nil, options: [String] = []
    ) {
        self.program = program
        self.stateDirectory = stateDirectory
        self.slots = slots
        self.wallLimit = wallLimit
        self.options = options
    }

    /// `fettle fix --json` says little on standard error: one line, if anything.
    private static let longestComplaint = 1 << 20

    package func execute(_ manifest: TaskManifest) async throws -> TaskResult {
        let checkout = "\(stateDirectory)/batch/\(manifest.id)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: stateDirectory + "/batch", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: manifest.projectFolder, toPath: checkout)
        defer { try? FileManager.default.removeItem(atPath: checkout) }
        _ = try Repository.create(at: checkout)

        let empty = TaskResult.failed(manifest, verdict: .environmentError, reason: "fettle fix said nothing")
        var platform = PlatformOptions()
        // A run that is asked to end tidies up after itself.
        platform.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(20))]
        let outcome = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments(for: manifest, in: checkout)),
            platformOptions: platform, input: .none, output: .sequence, error: .string(limit: Self.longestComplaint)
        ) { execution in
            var result = empty
            let lines = execution.standardOutput.strings(
                separatedBy: .unicodeScalarSequence(["\n"]), bufferingPolicy: .unbounded)
            for try await line in lines {
                guard let event = try? JSONDecoder().decode(RunEvent.self, from: Data(line.utf8)) else { continue }
                result.fold(event)
            }
            return result
        }
        try Task.checkCancellation()
        var result = outcome.closureResult
        if result.run == nil, !outcome.standardError.isEmpty { result.reason = outcome.standardError }
        return result
    }

    private func arguments(for manifest: TaskManifest, in checkout: String) -> [String] {
        var arguments = ["fix", checkout, "--json", "--state", stateDirectory, "--jobs", "\(slots)"] + options
        if FileManager.default.fileExists(atPath: manifest.issueFile) { arguments += ["--issue", manifest.issueFile] }
        if let test = manifest.test { arguments += ["--test", test] }
        let wall = [manifest.wallSeconds, wallLimit].compactMap(\.self).min()
        if let wall { arguments += ["--wall", "\(wall)"] }
        return arguments
    }
}

extension TaskResult {
    /// Takes over what one event of the task's run says.
    mutating func fold(_ event: RunEvent) {
        switch event.kind {
        case .started(let started):
            run = started.run
        case .proven(let proven):
            changedFiles = proven.changedFiles
        case .ended(let ending):
            verdict = ending.verdict
            reason = ending.reason
            seconds = ending.seconds
            candidatesTried = ending.candidatesTried
        default:
            break
        }
    }
}
