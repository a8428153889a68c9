import ArgumentParser
import Inference

/// `fettle model info`: what a model file holds, from its header alone.
struct ModelInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what a model file holds: architecture, size, types, tokenizer.")

    @Argument(help: ArgumentHelp("The model file; of a split one the first part.", valueName: "file"))
    var model: String

    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await withPlainErrors {
            let summary = try ModelSummary(GGUFFile(path: model), path: model)
            if json { try JSONOutput.line(summary) } else { print(summary.text) }
        }
    }
}
