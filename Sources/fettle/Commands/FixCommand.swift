import ArgumentParser
import Foundation
import LanguageModels
import Repair
import Runs
import StrictYAML

/// `fettle fix`: this issue, now.
struct FixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix", abstract: "Find and mend what makes the tests of this repository fail.",
        discussion: """
            The checkout, its index, HEAD, branches and stash stay untouched unless --apply or --branch asks for it. \
            Interrupted, run the same command again: what was tried is not tried twice.
            """)

    @Argument(help: "The repository, or a folder in it.")
    var repository = "."

    @Option(help: ArgumentHelp("A file that describes the fault; - reads standard input.", valueName: "file"))
    var issue: String?

    @Option(help: ArgumentHelp("How the repository is tested, if it does not say so itself.", valueName: "command"))
    var test: String?

    @Option(name: .customLong("target"), help: ArgumentHelp("Mend this test only; may be repeated.", valueName: "test"))
    var targets: [String] = []

    @Flag(help: "Apply the proven patch to the working tree.")
    var apply = false

    @Option(help: ArgumentHelp("Commit the proven patch on a new branch of this name.", valueName: "name"))
    var branch: String?

    @Option(help: ArgumentHelp("Write the patch to this file; - writes it to standard output.", valueName: "file"))
    var patch: String?

    @Option(help: ArgumentHelp("Write the report, in Markdown, to this file.", valueName: "file"))
    var report: String?

    @OptionGroup var candidateModel: CandidateModelOptions

    @Option(help: ArgumentHelp("Give up after this long, such as 90s or 10m.", valueName: "duration"))
    var wall: Seconds = Seconds(600)

    @Option(help: "Give up after verifying this many candidates.")
    var candidates = 5000

    @Option(help: "Candidates verified at once.")
    var jobs = min(64, ProcessInfo.processInfo.activeProcessorCount)

    @Flag(help: "Print the plan, each surprise, and each new plan with its reason.")
    var explain = false

    @Flag(help: "Print one JSON event a line on standard output and nothing else.")
    var json = false

    @OptionGroup var state: StateOptions

    func validate() throws {
        if apply && branch != nil { throw ValidationError("choose one of --apply and --branch") }
        if json && patch == "-" { throw ValidationError("--json and --patch - both want standard output") }
        if jobs < 1 || jobs > 64 { throw ValidationError("--jobs must lie between 1 and 64") }
        if candidates < 1 { throw ValidationError("--candidates must be at least 1") }
    }

    func run() async throws {
        try await withPlainErrors {
            let installation = Installation.current
            let session = try RunSession(
                stateDirectory: state.directory(), profileDirectories: installation.profileDirectories,
                launcher: installation.launcher())
            let renderer = Renderings.choose(isJSON: json, isExplaining: explain, patchOnStandardOutput: patch == "-")
            let result = try await Interruption.cancellable {
                try await session.fix(
                    try task(), model: candidateModel.loader, sources: candidateModel.sources,
                    observer: renderer.render)
            }
            try deliverFiles(of: result)
            renderer.finish(result)
            throw ExitCode(result.ending.verdict.exitCode)
        }
    }

    private func task() throws -> RepairTask {
        var task = RepairTask(repository: repository)
        task.issue = try issue.map(Self.readIssue)
        task.testCommand = test
        task.targets = targets
        task.delivery = apply ? .apply : branch.map { .branch($0) } ?? .patchOnly
        task.limits.wallSeconds = wall.value
        task.limits.candidates = candidates
        task.limits.jobs = jobs
        return task
    }

    private static func readIssue(_ file: String) throws -> String {
        if file == "-" { return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw EnvironmentError("cannot read the issue \(file); check the path")
        }
        return String(decoding: data, as: UTF8.self)
    }

    private func deliverFiles(of result: RunSession.Result) throws {
        if let report { try Output.write(Data(result.report.utf8), to: report) }
        guard let patch, let bytes = result.patch else { return }
        try Output.write(Data(bytes), to: patch)
    }
}

/// A duration on the command line, such as `90s`, `10m` or `1h`.
struct Seconds: ExpressibleByArgument, CustomStringConvertible {
    let value: Double

    init(_ value: Double) {
        self.value = value
    }

    init?(argument: String) {
        guard let duration = Duration(configuration: argument), duration > .zero else { return nil }
        value = duration / .seconds(1)
    }

    var description: String { "\(Int(value))s" }
    var defaultValueDescription: String { description }
}
