import ArgumentParser

/// `fettle model …`: look into model files and run them.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Look into model files (GGUF), change them and run them.",
        subcommands: [
            ModelInfoCommand.self, ModelTokenizeCommand.self, ModelQuantizeCommand.self,
            ModelGenerateCommand.self, ModelInfillCommand.self, ModelScoreCommand.self,
            BenchCommand.self, LogitsCommand.self,
        ])
}
