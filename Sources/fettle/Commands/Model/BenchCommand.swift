import ArgumentParser
import Foundation
import Inference

/// `fettle model bench`: how fast a model runs on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure a model's speed: prompt, generation, and many sequences at once.")

    @Argument(help: "A model file (GGUF).")
    var model: String

    @Option(name: [.customShort("p"), .long], help: "Tokens of the prompt.")
    var prompt = 512

    @Option(name: [.customShort("n"), .long], help: "Tokens to generate.")
    var generate = 128

    @Option(name: [.customShort("t"), .long], help: "Threads.")
    var threads = 2

    @Option(help: "How many sequences to generate at once after one shared prompt, as in 1,4,8,16; none by default.")
    var parallel = ""

    @Option(help: "Tokens of each of those sequences; --generate's by default.")
    var parallelTokens: Int?

    @Option(name: [.customShort("r"), .long], help: "How often to measure; the medians count.")
    var repetitions = 3

    @Option(help: "How keys and values are kept: f16 or q8_0.")
    var cacheType = CacheType.f16

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        guard prompt > 0, generate > 0, threads > 0, repetitions > 0, parallelTokens ?? 1 > 0 else {
            throw ValidationError("tokens, threads and repetitions are numbers from 1 on")
        }
        _ = try sequenceCounts()
    }

    func run() async throws {
        try await withPlainErrors {
            let counts = try sequenceCounts()
            // The arithmetic takes a thread of its own: nothing else runs in this program.
            let report = try await BenchReport.measured(self, sequenceCounts: counts)
            if json { try JSONOutput.line(report) } else { print(report.text) }
        }
    }

    private func sequenceCounts() throws -> [Int] {
        try parallel.split(separator: ",").map { word in
            guard let count = Int(word.trimmingPrefix(while: \.isWhitespace)), (1...512).contains(count) else {
                throw ValidationError("--parallel takes numbers from 1 to 512, as in 1,4,8,16; not '\(word)'")
            }
            return count
        }
    }
}

extension CacheType: ExpressibleByArgument {}

/// What `fettle model bench` found; speeds in tokens per second.
struct BenchReport: Encodable {
    struct Speed: Encodable {
        let tokens: Int
        let tokensPerSecond: Double
        let seconds: Double
    }

    struct Parallel: Encodable {
        let sequences: Int
        let tokensEach: Int
        let tokensPerSecond: Double
        let seconds: Double
    }

    let model: String
    let architecture: String
    let threads: Int
    let cacheType: CacheType
    let fileBytes: Int
    let loadSeconds: Double
    let prompt: Speed
    let generation: Speed
    let parallel: [Parallel]
    /// The most memory that the process ever held; nil where the system does not say.
    let peakMemoryBytes: Int?

    @concurrent
    static func measured(_ command: BenchCommand, sequenceCounts: [Int]) async throws -> BenchReport {
        let throughput = try Throughput(
            modelAt: command.model, threads: command.threads, cacheType: command.cacheType)
        let each = command.parallelTokens ?? command.generate
        _ = throughput.prompt(tokens: min(32, command.prompt))
        _ = throughput.generation(tokens: 2, after: 1)
        func median(_ measure: () -> Throughput.Sample) -> Throughput.Sample {
            (0..<command.repetitions).map { _ in measure() }
                .sorted { $0.duration < $1.duration }[command.repetitions / 2]
        }
        let prompt = median { throughput.prompt(tokens: command.prompt) }
        let generation = median { throughput.generation(tokens: command.generate, after: 0) }
        let parallel = sequenceCounts.map { count in
            (count, median { throughput.parallel(sequences: count, tokens: each, after: command.prompt) })
        }
        return BenchReport(
            model: command.model, architecture: throughput.model.architecture, threads: command.threads,
            cacheType: command.cacheType, fileBytes: throughput.fileBytes,
            loadSeconds: throughput.loading / .seconds(1), prompt: Speed(prompt), generation: Speed(generation),
            parallel: parallel.map { Parallel(sequences: $0, tokensEach: each, $1) },
            peakMemoryBytes: peakMemory())
    }

    var text: String {
        func rate(_ value: Double) -> String { String(format: "%10.2f tokens/s", value) }
        var lines = [
            "\(model): \(architecture), \(fileBytes >> 20) MiB, \(threads) threads, \(cacheType.rawValue) cache",
            "prompt of \(prompt.tokens)".padding(toLength: 34, withPad: " ", startingAt: 0)
                + rate(prompt.tokensPerSecond),
            "generation of \(generation.tokens)".padding(toLength: 34, withPad: " ", startingAt: 0)
                + rate(generation.tokensPerSecond),
        ]
        for entry in parallel {
            lines.append(
                "\(entry.sequences) sequences of \(entry.tokensEach)".padding(
                    toLength: 34, withPad: " ", startingAt: 0) + rate(entry.tokensPerSecond))
        }
        if let peakMemoryBytes { lines.append("peak memory \(peakMemoryBytes >> 20) MiB") }
        return lines.joined(separator: "\n")
    }

    /// `VmHWM` of this process.
    private static func peakMemory() -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }.map { $0 << 10 }
    }
}

extension BenchReport.Speed {
    init(_ sample: Throughput.Sample) {
        tokens = sample.tokens
        tokensPerSecond = sample.tokensPerSecond
        seconds = sample.duration / .seconds(1)
    }
}

extension BenchReport.Parallel {
    init(sequences: Int, tokensEach: Int, _ sample: Throughput.Sample) {
        self.sequences = sequences
        self.tokensEach = tokensEach
        tokensPerSecond = sample.tokensPerSecond
        seconds = sample.duration / .seconds(1)
    }
}
