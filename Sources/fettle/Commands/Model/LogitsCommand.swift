import ArgumentParser
import Foundation
import Inference

/// `fettle model logits`: what a model says of the next token, in numbers; for comparing engines.
struct LogitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logits", abstract: "Print the logits after a text, given as token ids.")

    @Argument(help: "A model file (GGUF).")
    var model: String

    @Option(help: "Token ids, as in 1,2,3.")
    var tokens: String

    @Flag(help: "After every token, not only the last.")
    var all = false

    @Flag(help: "In the precision of generated tokens, where a prompt's is another; with --all.")
    var asGenerated = false

    @Option(name: [.customShort("t"), .long], help: "Threads.")
    var threads = 2

    @Option(help: "How keys and values are kept: f32, which loses nothing, f16 or q8_0.")
    var cacheType = CacheType.f32

    @Flag(help: "One JSON object for each position; without, the ten likeliest tokens.")
    var json = false

    func validate() throws {
        if asGenerated && !all { throw ValidationError("--as-generated goes with --all") }
        _ = try ids()
    }

    func run() async throws {
        try await withPlainErrors {
            let tokens = try ids()
            let options = EngineOptions(threads: threads, contextLength: tokens.count, cacheType: cacheType)
            let engine = try Engine(modelAt: model, options: options)
            if all {
                let (rows, writer) = AsyncStream<Row>.makeStream()
                async let work: Void = {
                    defer { writer.finish() }
                    try await engine.readLogits(afterEach: tokens, asGenerated: asGenerated) { position, logits in
                        writer.yield(Row(position: position, logits: Array(logits)))
                    }
                }()
                for await row in rows { try show(row) }
                try await work
            } else {
                try show(Row(position: tokens.count - 1, logits: try await engine.logits(after: tokens)))
            }
        }
    }

    private struct Row: Encodable {
        let position: Int
        let logits: [Float]
    }

    private func show(_ row: Row) throws {
        if json { return try JSONOutput.line(row) }
        let best = row.logits.enumerated().sorted { $0.element > $1.element }.prefix(10)
        print("after position \(row.position):", best.map { "\($0.offset) (\($0.element))" }.joined(separator: ", "))
    }

    private func ids() throws -> [Token] {
        try tokens.split(separator: ",").map { word in
            guard let id = Token(word.trimmingPrefix(while: \.isWhitespace)) else {
                throw ValidationError("--tokens takes numbers with commas between, as in 1,2,3; '\(word)' is not one")
            }
            return id
        }
    }
}
