import ArgumentParser
import Foundation
import Glibc
import Repair
import Runs
import Sandboxing

/// `fettle show RUN`: one run, as a report, its events, or its patch.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a recorded run: its report, its events or its patch.")

    @Argument(help: "The run's id or its beginning; `last` is the newest.")
    var run = "last"

    @Flag(help: "Every event, one JSON object a line.")
    var events = false

    @Flag(help: "The proven patch only.")
    var patch = false

    @Flag(help: "The run's summary as one JSON object.")
    var json = false

    @OptionGroup var state: StateOptions

    func validate() throws {
        if [events, patch, json].count(where: { $0 }) > 1 {
            throw ValidationError("choose one of --events, --patch and --json")
        }
    }

    func run() async throws {
        try await withPlainErrors {
            let directory = try state.directory()
            let store = try RunStore(at: RunSession.storePath(in: directory))
            guard let summary = try store.run(matching: run) else {
                throw EnvironmentError("no single run is called \(run); `fettle runs` lists them")
            }
            if json { return try JSONOutput.line(summary) }
            let events = try store.events(of: summary.id)
            if self.events { return try JSONOutput.lines(events) }
            if patch { return try showPatch(of: summary.id, events: events, in: directory) }
            print(TerminalText.sanitised(RunReport(events: events).markdown), terminator: "")
        }
    }

    /// The exact bytes where the run's folder still has them, else the text from the event.
    private func showPatch(of run: String, events: [RunEvent], in directory: String) throws {
        if let bytes = FileManager.default.contents(atPath: "\(directory)/runs/\(run)/fix.patch") {
            return write(bytes)
        }
        for case .proven(let proven) in events.map(\.kind) { return write(Data(proven.patch.utf8)) }
        throw EnvironmentError("run \(run) proved no patch")
    }

    /// The bytes as they are, for `git apply`; a terminal gets them without what it would obey.
    private func write(_ patch: Data) {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let text = isTerminal ? Data(TerminalText.sanitised(String(decoding: patch, as: UTF8.self)).utf8) : patch
        FileHandle.standardOutput.write(text)
    }
}
