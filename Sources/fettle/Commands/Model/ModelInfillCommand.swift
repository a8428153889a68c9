import ArgumentParser
import Foundation
import LanguageModels

/// `fettle model infill`: what belongs in a gap.
struct ModelInfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infill", abstract: "Fill in what is missing in a text.",
        discussion: """
            The text is the argument, --file or standard input, with \(marker) where something is missing. A server's key is read
            from FETTLE_API_KEY or OPENAI_API_KEY.
            """)

    static let marker = "<FILL_ME>"

    @OptionGroup var model: ModelOptions

    @Argument(help: "The text.")
    var text: String?

    @Option(name: .shortAndLong, help: "Read the text from this file.")
    var file: String?

    @OptionGroup var sampling: SamplingArguments

    @Flag(help: "One JSON object an event.")
    var json = false

    func validate() throws {
        if text != nil, file != nil { throw ValidationError("give the text as an argument or with --file") }
    }

    func run() async throws {
        try await withModelWork {
            let gap = try Self.gap(in: TextInput.read(text, file: file))
            let model = try await model.open()
            let options = sampling.options
            try await GenerationOutput.show(
                model.infill(gap, options), samples: options.temperatures.count, json: json)
        }
    }

    private static func gap(in text: String) throws -> Gap {
        let parts = text.components(separatedBy: marker)
        guard parts.count == 2 else {
            throw EnvironmentError(
                "the text has \(marker) \(parts.count - 1) times; put it where something is missing, once")
        }
        return Gap(before: parts[0], after: parts[1])
    }
}
