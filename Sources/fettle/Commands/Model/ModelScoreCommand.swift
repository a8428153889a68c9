import ArgumentParser
import Foundation
import LanguageModels

/// `fettle model score`: how likely a model holds texts to be.
struct ModelScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Tell how likely a model holds continuations of a text to be.",
        discussion: "The text is --prefix, --file or standard input. Natural logarithms, summed over tokens.")

    @OptionGroup var model: ModelOptions

    @Argument(help: "The continuations.")
    var continuations: [String]

    @Option(help: ArgumentHelp("The text that is continued.", valueName: "text"))
    var prefix: String?

    @Option(name: .shortAndLong, help: "Read it from this file.")
    var file: String?

    @Flag(help: "One JSON object a continuation.")
    var json = false

    func validate() throws {
        if continuations.isEmpty { throw ValidationError("give at least one continuation") }
        if prefix != nil, file != nil { throw ValidationError("give the text with --prefix or with --file") }
    }

    func run() async throws {
        try await withModelWork {
            let prefix = try TextInput.read(prefix, file: file)
            let scores = try await model.open().score(continuations, after: prefix)
            for (text, score) in zip(continuations, scores) {
                if json {
                    try JSONOutput.line(Score(text: text, logLikelihood: score))
                } else {
                    print(String(format: "%12.4f", score), text.debugDescription)
                }
            }
        }
    }

    private struct Score: Encodable {
        let text: String
        let logLikelihood: Double
    }
}
