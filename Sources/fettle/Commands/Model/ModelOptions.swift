import ArgumentParser
import Foundation
import Inference
import LanguageModels

/// Which model, and how it is run; shared by the commands that make one work.
struct ModelOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A model file, or a server such as http://localhost:8080/v1.", valueName: "model"))
    var model: String

    @Option(help: ArgumentHelp("The server's name for the model; needed where it has several.", valueName: "name"))
    var serverModel: String?

    @Option(name: [.customShort("t"), .long], help: "Threads that compute.")
    var threads = 2

    @Option(help: ArgumentHelp("Keep what prompts were read to, for later runs, here.", valueName: "dir"))
    var prefixCache: String?

    func validate() throws {
        if threads < 1 { throw ValidationError("--threads must be 1 or more") }
    }

    func open() async throws -> any LanguageModel {
        let environment = Installation.current.environment
        let engine = EngineOptions(threads: threads, prefixCacheFolder: prefixCache)
        return try await ModelReference(model).open(
            ModelReference.Options(
                engine: engine, serverModel: serverModel,
                key: environment["FETTLE_API_KEY"] ?? environment["OPENAI_API_KEY"]))
    }
}

/// How to generate; shared by the commands that do.
struct SamplingArguments: ParsableArguments {
    @Option(name: [.customShort("n"), .long], help: "The most tokens of a sample.")
    var maxTokens = 256

    @Option(help: "0 takes the likeliest token always; give it once for each sample, or once for all.")
    var temperature: [Float] = []

    @Option(help: "Draw from the fewest of the likeliest tokens whose probabilities reach this sum.")
    var topP: Float = 1

    @Option(help: "How many samples.")
    var samples: Int?

    @Option(help: "Equal seeds give equal texts.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("End a sample before this text; may be given several times.", valueName: "text"))
    var stop: [String] = []

    func validate() throws {
        if maxTokens < 1 { throw ValidationError("--max-tokens must be 1 or more") }
        if let samples, samples < 1 || samples > 512 { throw ValidationError("--samples is a number from 1 to 512") }
        if let samples, temperature.count > 1, temperature.count != samples {
            throw ValidationError("--temperature is given \(temperature.count) times for \(samples) samples")
        }
    }

    var options: GenerationOptions {
        let temperatures =
            temperature.count > 1
            ? temperature : Array(repeating: temperature.first ?? 0, count: samples ?? 1)
        return GenerationOptions(
            maxTokens: maxTokens, temperatures: temperatures, seed: seed, stops: stop, topP: topP)
    }
}

/// Where a command's text comes from: the argument, a file, or standard input.
enum TextInput {
    static func read(_ argument: String?, file: String?) throws -> String {
        if let argument { return argument }
        guard let file else {
            return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        do {
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        } catch {
            throw EnvironmentError("cannot read \(file): \((error as NSError).localizedDescription)")
        }
    }
}

/// Ctrl-C ends the program with 130; everything else that goes wrong is one line.
func withModelWork(_ work: @escaping @Sendable () async throws -> Void) async throws {
    try await withPlainErrors {
        do {
            try await Interruption.cancellable(work)
        } catch is CancellationError {
            throw ExitCode(130)
        }
    }
}
