import ArgumentParser
import Foundation
import Inference

/// `fettle model quantize`: the same model with smaller weights.
struct ModelQuantizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize", abstract: "Write a model again with smaller weights.",
        discussion: """
            q8_0 is nearly exact; q4_k halves it again, with q6_k for the weights that errors hurt most. Norms and biases stay as
            they are. The output appears under its name when it is whole; an interrupt leaves nothing behind.
            """)

    @Argument(help: ArgumentHelp("The model, in F32, F16 or BF16.", valueName: "in.gguf"))
    var input: String

    @Argument(help: ArgumentHelp("The file to write.", valueName: "out.gguf"))
    var output: String

    @Option(help: ArgumentHelp("q8_0, q4_0, q4_k or q6_k.", valueName: "type"))
    var type: QuantisationRecipe

    @Option(name: .shortAndLong, help: "Threads; as many as there are cores where it is not given.")
    var threads: Int?

    @Flag(help: "One JSON object with the sizes before and after.")
    var json = false

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
    }

    func run() async throws {
        try await withPlainErrors {
            guard !Self.isSameFile(input, output) else {
                throw EnvironmentError("\(output) is the input; name another file to write")
            }
            do {
                let sizes = try await Interruption.cancellable { try quantize() }
                if json {
                    try JSONOutput.line(sizes)
                } else {
                    print("\(output): \(sizes.after) bytes, before \(sizes.before)")
                }
            } catch is CancellationError {
                throw ExitCode(130)
            }
        }
    }

    private struct Sizes: Encodable {
        let before: Int
        let after: Int
    }

    private func quantize() throws -> Sizes {
        let file = try GGUFFile(path: input)
        let quantiser = try ModelQuantiser(file, recipe: type)
        let total = quantiser.steps.count
        var done = 0
        var current = ""
        let pool = WorkerPool(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        try quantiser.write(to: output, pool: pool) { step in
            try Task.checkCancellation()
            guard step.tensor.name != current else { return }
            current = step.tensor.name
            done += 1
            Self.report(step, done, total)
        }
        return Sizes(before: file.byteCount, after: try GGUFFile(path: output).byteCount)
    }

    private static func report(_ step: ModelQuantiser.Step, _ done: Int, _ total: Int) {
        let shape = step.tensor.shape.map(String.init).joined(separator: "×")
        let from = step.tensor.layout.name
        let change = step.type.map { "\(from) → \($0.name)" } ?? "\(from) kept"
        let note = step.isFallback ? ", as rows of \(step.tensor.shape[0]) do not fit the smaller type's blocks" : ""
        let name = step.tensor.name.debugDescription.dropFirst().dropLast()
        FileHandle.standardError.write(Data("[\(done)/\(total)] \(name) \(shape) \(change)\(note)\n".utf8))
    }

    /// By what the paths lead to, not by how they are spelt.
    private static func isSameFile(_ left: String, _ right: String) -> Bool {
        func identity(_ path: String) -> [Int]? {
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
            guard let device = attributes?[.systemNumber] as? Int, let inode = attributes?[.systemFileNumber] as? Int
            else {
                return nil
            }
            return [device, inode]
        }
        guard let left = identity(left), let right = identity(right) else { return false }
        return left == right
    }
}

extension QuantisationRecipe: ExpressibleByArgument {}
