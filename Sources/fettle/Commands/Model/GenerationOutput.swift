import Foundation
import Glibc
import LanguageModels
import Sandboxing

/// Shows a generation while it goes on: one sample as it comes, several when each is complete, or an event a line.
struct GenerationOutput {
    private let isJSON: Bool
    private let isAlone: Bool
    private var texts: [Int: String] = [:]

    init(samples: Int, json: Bool) {
        isJSON = json
        isAlone = samples == 1
    }

    /// Shows all of a stream; throws where the stream does, or where the task was cancelled.
    static func show(_ stream: TextStream, samples: Int, json: Bool) async throws {
        var output = GenerationOutput(samples: samples, json: json)
        for try await event in stream { try output.show(event) }
        try Task.checkCancellation()
    }

    private mutating func show(_ event: TextEvent) throws {
        if isJSON { return try JSONOutput.line(EventLine(event)) }
        switch event {
        case .text(_, let text) where isAlone: Self.write(text)
        case .text(let sample, let text): texts[sample, default: ""] += text
        case .finished(let sample, let ending, let likelihood):
            if isAlone {
                Self.write("\n")
            } else {
                let likelihood = likelihood.map { String(format: ", log-likelihood %.3f", $0) } ?? ""
                let text = texts.removeValue(forKey: sample) ?? ""
                Self.write("--- sample \(sample): \(EventLine.name(of: ending))\(likelihood)\n\(text)\n")
            }
            if isAlone, ending != .endOfText, ending != .stop {
                Output.complain("the text ends at: \(EventLine.name(of: ending))")
            }
        case .usage: break
        }
    }

    /// As it is for a file or a pipe; a terminal gets no escape sequences.
    private static func write(_ text: String) {
        let shown = isatty(STDOUT_FILENO) == 1 ? TerminalText.sanitised(text) : text
        FileHandle.standardOutput.write(Data(shown.utf8))
    }

    /// An event for programs.
    private struct EventLine: Encodable {
        var event: String
        var sample: Int?
        var text: String?
        var ending: String?
        var logLikelihood: Double?
        var promptTokens: Int?
        var cachedTokens: Int?
        var generatedTokens: Int?

        init(_ event: TextEvent) {
            switch event {
            case .text(let sample, let text):
                self.event = "text"
                self.sample = sample
                self.text = text
            case .finished(let sample, let ending, let likelihood):
                self.event = "finished"
                self.sample = sample
                self.ending = Self.name(of: ending)
                logLikelihood = likelihood
            case .usage(let usage):
                self.event = "usage"
                promptTokens = usage.promptTokens
                cachedTokens = usage.cachedTokens
                generatedTokens = usage.generatedTokens
            }
        }

        static func name(of ending: TextEvent.Ending) -> String {
            switch ending {
            case .endOfText: "end-of-text"
            case .stop: "stop"
            case .length: "length"
            case .other(let reason): reason
            }
        }
    }
}
