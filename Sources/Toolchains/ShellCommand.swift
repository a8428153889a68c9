import Sandboxing

/// A shell command of the settings.
struct ShellCommand {
    let text: String
    let settings: ProjectSettings

    init(_ text: String, settings: ProjectSettings) {
        self.text = text
        self.settings = settings
    }

    func command(wallClock: Duration? = nil) -> Command {
        var command = Command(["sh", "-c", text])
        command.environment = settings.environment
        command.wallClock = wallClock ?? settings.timeout
        return command
    }

    func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport {
        let folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        let result = try await folder.run(command(), in: workspace)
        let output = result.standardOutput.text + "\n" + result.standardError.text
        return BuildReport(
            succeeded: result.succeeded, diagnostics: CompilerDiagnostics.parse(output), result: result)
    }
}
