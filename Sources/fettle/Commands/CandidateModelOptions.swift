import ArgumentParser
import Foundation
import Inference
import LanguageModels
import Repair

/// Which language model writes candidates, and whose candidates are tried; shared by `fix` and `batch`.
struct CandidateModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The model that writes candidates: embedded (ships inside), a GGUF file, a server such as http://localhost:8080/v1, or none.",
            valueName: "model"))
    var model = "embedded"

    @Option(help: ArgumentHelp("The server's name for the model, where it has several.", valueName: "name"))
    var serverModel: String?

    @Option(help: "Whose candidates to try: template, infill, both, or auto, which leaves it to the planner.")
    var proposer = ProposerChoice.auto

    func validate() throws {
        if proposer.needsModel && model == "none" {
            throw ValidationError("--proposer \(proposer.rawValue) needs a model; leave out --model none")
        }
    }

    /// Loads the model; nil where none is wanted.
    var loader: (@Sendable () async throws -> any LanguageModel)? {
        guard model != "none", proposer != .template else { return nil }
        let reference = ModelReference(model)
        let environment = ProcessInfo.processInfo.environment
        let options = ModelReference.Options(
            engine: EngineOptions(threads: ProcessInfo.processInfo.activeProcessorCount),
            serverModel: serverModel, key: environment["FETTLE_API_KEY"] ?? environment["OPENAI_API_KEY"])
        return { try await reference.open(options) }
    }

    var sources: Set<CandidateSource> { proposer.sources }

    /// The options as a `fettle fix` of its own takes them.
    var arguments: [String] {
        ["--model", model, "--proposer", proposer.rawValue] + (serverModel.map { ["--server-model", $0] } ?? [])
    }
}

enum ProposerChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, template, infill, both

    var needsModel: Bool { self == .infill || self == .both }

    var sources: Set<CandidateSource> {
        switch self {
        case .auto: CandidateSource.primary
        case .template: [.templates]
        case .infill: [.infills]
        case .both: [.both]
        }
    }
}
