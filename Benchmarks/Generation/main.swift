// What the engine saves on texts that it has seen: `GenerationBenchmark MODEL...`, with the files of `make bench-peer`.
//
// Copying: an edited function is generated twice, plainly and with prompt lookup. A model of random weights would not
// copy, so a constraint leaves each step the one token that a model which copies would choose; every step is computed as
// always, and drafts are verified as always.
//
// Prefix: a prompt of 2,000 tokens is read by one process, then by another that shares a folder with the first.

import Foundation
import Inference

let models = CommandLine.arguments.dropFirst()
if models.first == "--prefill", models.count == 3 {
    try await prefill(model: CommandLine.arguments[2], folder: CommandLine.arguments[3])
} else if models.isEmpty {
    print("GenerationBenchmark MODEL...: copying with prompt lookup, and a prompt that another process has read")
} else {
    for model in models { try await measure(model) }
}

/// Prints both figures for a model, each beside its bar.
func measure(_ model: String) async throws {
    let name = URL(fileURLWithPath: model).deletingPathExtension().lastPathComponent
    let engine = try Engine(modelAt: model)
    var times: [Bool: [Duration]] = [:]
    var accepted = 0
    for _ in 0..<3 {
        for lookup in [false, true] {
            let usage = try await copy(engine, lookup: lookup)
            times[lookup, default: []].append(usage.decode)
            if lookup { accepted = usage.acceptedDrafts }
        }
    }
    let (plain, drafted) = (median(times[false] ?? []), median(times[true] ?? []))
    let answer = Pieces.edited.count
    show(
        name, "copying",
        "\(rate(answer, plain)) tokens/s, with lookup \(rate(answer, drafted)) (\(accepted) of \(answer) drafted)",
        value: plain / drafted, unit: "×", bar: "at least 2×", isMet: plain / drafted >= 2)

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("prefix-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try prefillElsewhere(model, folder.path)
    let second = median(try (0..<3).map { _ in try prefillElsewhere(model, folder.path) })
    show(
        name, "prefix", "2,000 tokens in \(milliseconds(first)) ms, in another process \(milliseconds(second)) ms",
        value: 100 * (second / first), unit: " %", bar: "under 5 %", isMet: second / first < 0.05)
}

func show(_ model: String, _ what: String, _ figures: String, value: Double, unit: String, bar: String, isMet: Bool) {
    let name = model.padding(toLength: 28, withPad: " ", startingAt: 0)
    print("\(name) \(what): \(figures): \(String(format: "%.2f", value))\(unit), \(bar)\(isMet ? "" : ", missed")")
}

func median(_ durations: [Duration]) -> Duration { durations.sorted()[durations.count / 2] }
func rate(_ tokens: Int, _ time: Duration) -> String { String(format: "%.1f", Double(tokens) / (time / .seconds(1))) }
func milliseconds(_ time: Duration) -> String { String(format: "%.1f", time / .milliseconds(1)) }

// MARK: - Copying

/// A function and its edited form as tokens: each word, mark and blank a token of its own.
enum Pieces {
    private static let function = """
        /// Merges two sorted arrays into one that is sorted, too; equal elements keep their order.
        func merged(_ left: [Int], _ right: [Int]) -> [Int] {
            var result: [Int] = []
            result.reserveCapacity(left.count + right.count)
            var leftIndex = 0
            var rightIndex = 0
            while leftIndex < left.count && rightIndex < right.count {
                if left[leftIndex] < right[rightIndex] {
                    result.append(left[leftIndex])
                    leftIndex += 1
                } else {
                    result.append(right[rightIndex])
                    rightIndex += 1
                }
            }
            while leftIndex < left.count {
                result.append(left[leftIndex])
                leftIndex += 1
            }
            while rightIndex < right.count {
                result.append(right[rightIndex])
                rightIndex += 1
            }
            return result
        }

        """
    private static let repair = function.replacing(
        "if left[leftIndex] < right[rightIndex]", with: "if left[leftIndex] <= right[rightIndex]"
    ).replacing("var result: [Int] = []", with: "var result = [Int]()")

    static let prompt = tokens("Equal elements change places. Mend the function, print it whole.\n\n" + function + "\n")
    static let edited = tokens(repair)

    /// Equal pieces are equal tokens; which ones does not matter.
    private static func tokens(_ text: String) -> [Token] {
        text.matches(of: /\w+|\s+|[^\w\s]/).map { match in
            300 + Token(match.output.utf8.reduce(5_381 as UInt32) { ($0 &* 33) ^ UInt32($1) } % 7_000)
        }
    }
}

/// Allows one text only.
struct Dictated: TokenConstraint {
    let text: [Token]
    var place = 0

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        let wanted = Int(text[place])
        let logit = logits[wanted]
        logits.update(repeating: -.infinity)
        logits[wanted] = logit
    }

    mutating func accept(_ token: Token) { place += 1 }
    var allowsEnd: Bool { place == text.count }
    var isExhausted: Bool { place == text.count }
}

func copy(_ engine: Engine, lookup: Bool) async throws -> GenerationUsage {
    let request = GenerationRequest(
        prompt: Pieces.prompt, maxTokens: Pieces.edited.count + 1, constraint: { Dictated(text: Pieces.edited) },
        promptLookup: lookup)
    return try await usage(engine, request)
}

func usage(_ engine: Engine, _ request: GenerationRequest) async throws -> GenerationUsage {
    var usage = GenerationUsage()
    for try await event in engine.generate(request) {
        if case .usage(let bill) = event { usage = bill }
    }
    return usage
}

// MARK: - Prefix

/// Reads the prompt in this process, and prints how many nanoseconds that took.
func prefill(model: String, folder: String) async throws {
    let engine = try Engine(modelAt: model, options: EngineOptions(prefixCacheFolder: folder))
    var state: UInt64 = 7
    let prompt = (0..<2_000).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Token(300 + (state >> 33) % 7_000)
    }
    let usage = try await usage(engine, GenerationRequest(prompt: prompt, maxTokens: 1))
    print(Int(usage.prefill / .nanoseconds(1)))
}

func prefillElsewhere(_ model: String, _ folder: String) throws -> Duration {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["--prefill", model, folder]
    process.standardOutput = output
    try process.run()
    let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let nanoseconds = Int(answer.trimmingCharacters(in: .whitespacesAndNewlines)) else {
        throw CocoaError(.fileReadCorruptFile)
    }
    return .nanoseconds(nanoseconds)
}
