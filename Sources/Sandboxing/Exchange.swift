import Glibc

/// What a run shares with the host beside its worktree: inputs by name, and a folder for output.
struct Exchange: Sendable {
    /// Either each by itself, or all in one folder.
    enum Inputs: Sendable {
        case single([String: String])
        case folder(String)
    }

    let inputs: Inputs
    let output: String?

    init(inputs: Inputs, output: String?) {
        self.inputs = inputs
        self.output = output
    }

    init(of command: Command) {
        self.init(inputs: .single(command.inputs), output: command.outputDirectory)
    }

    func mounts() throws(SandboxError) -> [Mount] {
        var mounts: [Mount] = []
        switch inputs {
        case .folder(let path):
            mounts.append(Mount(path, at: BubblewrapArguments.inputsPath, .readOnlyAsOwner))
        case .single(let paths):
            for (name, path) in paths.sorted(by: { $0.key < $1.key }) {
                guard let input = HostFile.resolved(path) else {
                    throw SandboxError(.command, "there is no input \(path)")
                }
                mounts.append(Mount(input, at: "\(BubblewrapArguments.inputsPath)/\(name)", .readOnlyAsOwner))
            }
        }
        if let output {
            guard let path = HostFile.resolved(output), HostFile.isDirectory(path) else {
                throw SandboxError(.command, "\(output) is no folder for output")
            }
            mounts.append(Mount(path, at: BubblewrapArguments.outputPath, .writable))
        }
        return mounts
    }
}
