import ArgumentParser
import LanguageModels

/// `fettle model generate`: a text continued, or a question answered.
struct ModelGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Continue a text, or answer it as a conversation.",
        discussion:
            "The text is the argument, --file or standard input. A server's key is read from FETTLE_API_KEY or OPENAI_API_KEY."
    )

    @OptionGroup var model: ModelOptions

    @Argument(help: "The text.")
    var prompt: String?

    @Option(name: .shortAndLong, help: "Read the text from this file.")
    var file: String?

    @Flag(help: "The text is a message to the model, in its own chat template.")
    var chat = false

    @Option(help: "What the model is told before the message; with --chat.")
    var system: String?

    @OptionGroup var sampling: SamplingArguments

    @Flag(help: "One JSON object an event.")
    var json = false

    func validate() throws {
        if system != nil, !chat { throw ValidationError("--system goes with --chat") }
        if prompt != nil, file != nil { throw ValidationError("give the text as an argument or with --file") }
    }

    func run() async throws {
        try await withModelWork {
            let text = try TextInput.read(prompt, file: file)
            let model = try await model.open()
            let options = sampling.options
            let stream =
                if chat {
                    model.chat((system.map { [ChatMessage(.system, $0)] } ?? []) + [ChatMessage(.user, text)], options)
                } else {
                    model.complete(text, options)
                }
            try await GenerationOutput.show(stream, samples: options.temperatures.count, json: json)
        }
    }
}
