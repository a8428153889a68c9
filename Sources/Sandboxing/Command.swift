/// What to run inside a sandbox, and what of the host it may see beside its worktree.
package struct Command: Sendable, Hashable {
    /// The program and its arguments; the first is looked up on the sandbox's `PATH`, never through a shell.
    package var arguments: [String]
    /// On top of the profile's environment.
    package var environment: [String: String]
    /// Relative to the worktree.
    package var workingDirectory: String
    /// Tightens the profile's limit; a wider one has no effect.
    package var wallClock: Duration?
    /// Host paths (files or folders) by name; each is read-only at `/fettle/in/NAME`.
    package var inputs: [String: String]
    /// A host folder that is writable at `/fettle/out`.
    package var outputDirectory: String?
    /// Another fate for what it writes to its worktree than the profile's: kept (`bind`) or thrown away.
    package var work: SandboxProfile.Work?

    package init(
        arguments: [String], environment: [String: String] = [:], workingDirectory: String = "",
        wallClock: Duration? = nil, inputs: [String: String] = [:], outputDirectory: String? = nil,
        work: SandboxProfile.Work? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.wallClock = wallClock
        self.inputs = inputs
        self.outputDirectory = outputDirectory
        self.work = work
    }

    /// A command that needs nothing but its arguments.
    package init(_ arguments: [String]) { self.init(arguments: arguments) }
}
