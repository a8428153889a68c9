import ArgumentParser
import Foundation
import Repair
import Runs
import Sandboxing

/// `fettle runs`: what was tried so far.
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List recorded runs, the newest first.")

    @Option(help: "How many.")
    var limit = 20

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var state: StateOptions

    func run() async throws {
        try await withPlainErrors {
            let store = try RunStore(at: RunSession.storePath(in: state.directory()))
            let runs = try store.runs(limit: limit)
            if json { return try JSONOutput.lines(runs) }
            if runs.isEmpty { print("no runs yet; `fettle fix` makes one") }
            for run in runs {
                let verdict = run.verdict?.phrase ?? "not ended"
                let seconds = run.seconds.map { "\(($0 * 10).rounded() / 10) s" } ?? ""
                let columns = [
                    run.id, verdict.padded(to: 17), seconds.padded(to: 9), "\(run.candidates ?? 0)".padded(to: 6),
                    run.repository,
                ]
                print(TerminalText.sanitised(columns.joined(separator: "  ")))
            }
        }
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// JSON for standard output: one object a line, keys in a fixed order.
enum JSONOutput {
    static func line(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        FileHandle.standardOutput.write(Data(TerminalText.harmlessJSON(try encoder.encode(value))) + Data("\n".utf8))
    }

    static func lines(_ values: [some Encodable]) throws {
        for value in values { try line(value) }
    }
}
