import Sandboxing

/// Any shell command, its tests told apart as far as its output is known: one that the settings name, or the usual one of a project
/// of Rust, Go or JavaScript.
package struct CommandToolchain: Toolchain {
    package static let name = "command"

    let command: String
    let settings: ProjectSettings
    package let profileName: String

    package static func detect(in directory: String, settings: ProjectSettings) throws(ToolchainError) -> Self? {
        let usual = settings.test == nil ? try ConventionalTests.command(in: directory) : nil
        guard let command = settings.test ?? usual else { return nil }
        let scripts = [command] + (settings.build.map { [$0] } ?? [])
        let profile = settings.profile ?? NeededProfile.of(scripts: scripts, in: directory) ?? "default"
        return CommandToolchain(command: command, settings: settings, profileName: profile)
    }

    package var summary: String { "`\(command)`" }

    package func isTestFile(_ path: String) -> Bool {
        PythonToolchain.isTestModule(path) || CTestFiles.isTestSource(path) || TestFiles.isTestSource(path)
            || TestFiles.contains(path, settings: settings)
    }

    package func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport {
        guard let build = settings.build else { return BuildReport(succeeded: true) }
        return try await ShellCommand(build, settings: settings).build(in: workspace)
    }

    package func test(
        _ selection: TestSelection, stopAtFirstFailure: Bool, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport {
        let build = try await build(in: workspace)
        guard build.succeeded else { return build.failedTestReport }
        let run = try await ConsoleRun(
            ["sh", "-c", command], settings: settings, wallClock: wallClock, whole: TestID(command),
            readsHeadings: false, in: workspace)
        return run.report.keeping(selection, whole: TestID(command))
    }

    /// Nothing is known about how an unknown command could be measured.
    package func coverage(
        of tests: [TestID], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> Coverage { Coverage() }
}
