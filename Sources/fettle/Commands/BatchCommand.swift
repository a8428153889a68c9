import ArgumentParser
import Evaluation
import Foundation
import Repair
import Runs
import Sandboxing

/// `fettle batch`: a suite of tasks, resumable.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Run every task of a suite and report.",
        discussion: "Run again with the same --report folder, it goes on where it stopped.")

    @Argument(help: "A folder of tasks, or the name of a suite that ships, such as starter.")
    var suite: String

    @Option(help: "Tasks at once.")
    var jobs = 1

    @Option(help: ArgumentHelp("Give each task up after this long, or sooner where it says so.", valueName: "duration"))
    var wall: Seconds?

    @Option(help: ArgumentHelp("Write results.json, results.xml (JUnit) and results.md here.", valueName: "dir"))
    var report: String

    @Flag(help: "One JSON result a line on standard output and nothing else.")
    var json = false

    @OptionGroup var candidateModel: CandidateModelOptions
    @OptionGroup var state: StateOptions

    func validate() throws {
        if jobs < 1 || jobs > 64 { throw ValidationError("--jobs must lie between 1 and 64") }
    }

    func run() async throws {
        try await withPlainErrors {
            let installation = Installation.current
            let cores = ProcessInfo.processInfo.activeProcessorCount
            let executor = LocalExecutor(
                program: installation.executableDirectory + "/fettle", stateDirectory: try state.directory(),
                slots: min(64, max(1, cores / jobs)), wallLimit: wall?.value, options: candidateModel.arguments)
            let batch = Batch(
                suite: try TaskSuite(folder: folder(in: installation)), jobs: jobs, reportFolder: report,
                execute: executor.execute)
            let isJSON = json
            let result = try await Interruption.cancellable {
                try await batch.run { result, isNew in
                    if isJSON { try? JSONOutput.line(result) } else { Self.show(result, isNew: isNew) }
                }
            }
            if !json { print("\(result.fixedCount) of \(result.results.count) fixed; see \(report)/results.md") }
            if result.results.contains(where: { $0.verdict == .interrupted }) { throw ExitCode(130) }
            if !result.results.allSatisfy(\.isAsExpected) { throw ExitCode(1) }
        }
    }

    /// The folder as named, else a shipped suite of that name.
    private func folder(in installation: Installation) -> String {
        if FileManager.default.fileExists(atPath: suite) { return suite }
        let shipped = installation.shipped("Tasks").map { "\($0)/\(suite)" }
        return shipped.first { FileManager.default.fileExists(atPath: $0) } ?? suite
    }

    private static func show(_ result: TaskResult, isNew: Bool) {
        let seconds = "\((result.seconds * 10).rounded() / 10) s"
        let columns = [
            result.id.padded(to: 28), result.verdict.phrase.padded(to: 17), seconds.padded(to: 9),
            oneLine(result.reason) + (isNew ? "" : " (from before)"),
        ]
        FileHandle.standardOutput.write(Data((TerminalText.sanitised(columns.joined(separator: "  ")) + "\n").utf8))
    }
}
