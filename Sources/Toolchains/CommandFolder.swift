import FoundationEssentials
import Sandboxing

/// The host folder of one command: files for it to read at `/fettle/in`, and a place for what it writes to `/fettle/out`.
struct CommandFolder {
    static let inputPath = "/fettle/in"
    static let outputPath = "/fettle/out"

    let path: String
    private(set) var inputs: [String: String] = [:]
    var output: String { path + "/out" }

    init(in workspace: Workspace) throws(ToolchainError) {
        path = workspace.scratch + "/" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: path + "/in", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: path + "/out", withIntermediateDirectories: true)
        } catch {
            throw ToolchainError(.files, "cannot create \(path)", underlying: error)
        }
    }

    /// Makes `bytes` the file `/fettle/in/NAME`.
    mutating func add(_ name: String, _ bytes: some Sequence<UInt8>) throws(ToolchainError) {
        let file = path + "/in/" + name
        try HostFiles.write(bytes, to: file)
        inputs[name] = file
    }

    /// At most `limit` bytes of what the command wrote to `/fettle/out/NAME`; empty where it wrote nothing readable.
    func read(_ name: String, limit: Int = 64 << 20) -> [UInt8] {
        do {
            return try HostFiles.read(output + "/" + name, limit: limit)
        } catch {
            return []  // absent or not a file: the command's doing, and the same as an empty report
        }
    }

    /// Runs the command with this folder's inputs and output.
    func run(_ command: Command, in workspace: Workspace) async throws(ToolchainError) -> CommandResult {
        var command = command
        command.inputs.merge(inputs) { _, own in own }
        command.outputDirectory = output
        do {
            return try await workspace.sandbox.run(command, in: workspace.path)
        } catch {
            throw ToolchainError(.sandbox, "cannot run \(command.arguments.first ?? "a command")", underlying: error)
        }
    }

    /// Removes the folder. What is left of a folder that cannot be removed goes with the scratch folder itself.
    func remove() {
        _ = TreeRemoval.remove(path)
    }
}
