package import Sandboxing

/// Where a toolchain works: one worktree, one folder for its own files, and the sandbox that everything runs in.
///
/// Two workspaces never share a folder, so that several can be used at once.
package struct Workspace: Sendable {
    package var sandbox: Sandbox
    /// The worktree on the host.
    package var path: String
    /// A host folder for the inputs and outputs of this worktree's commands, outside the worktree.
    package var scratch: String
    /// Whether a crash is looked into, by a debugger where need be, to say where it happened. That takes longer than the crash did, so a
    /// caller that only asks whether tests pass does without.
    package var tracesCrashes = true
    /// How long one test may take where the settings do not say: a caller that has seen the others pass in milliseconds need not wait long to
    /// call one hung. Nil leaves it to what is usual.
    package var testLimit: Duration?

    package init(sandbox: Sandbox, path: String, scratch: String) {
        self.sandbox = sandbox
        self.path = path
        self.scratch = scratch
    }

    /// How long one test may take: as the settings say, else as the caller thinks, else ten seconds.
    func testLimit(_ settings: ProjectSettings) -> Duration {
        settings.testTimeout ?? testLimit ?? .seconds(10)
    }
}

/// Which tests to run.
package enum TestSelection: Sendable, Hashable {
    case all
    case only([TestID])
}

/// How one language's repositories are built, tested and measured.
///
/// What the code under test does (fail, crash, hang, not compile) is in the report; errors are for what stops Fettle.
package protocol Toolchain: Sendable {
    /// As in `.fettle.yml`: `python`, `swift`, `make`, `cmake`, `command`.
    static var name: String { get }

    /// The toolchain as this repository uses it, nil where the repository is another language's.
    static func detect(in directory: String, settings: ProjectSettings) throws(ToolchainError) -> Self?

    /// For people: `Python, pytest`.
    var summary: String { get }

    /// The sandbox profile to run under, a file in `Sandboxes/` without its ending.
    var profileName: String { get }

    /// Builds code and tests; at once a success where the language has nothing to build.
    func build(in workspace: Workspace) async throws(ToolchainError) -> BuildReport

    /// Builds what it needs, runs the tests, and reports each.
    ///
    /// - Parameter wallClock: The limit for the whole run; nil leaves it to the settings and the sandbox's profile.
    func test(
        _ selection: TestSelection, stopAtFirstFailure: Bool, wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> TestReport

    /// The lines that each of these tests runs; a test whose lines could not be had is absent.
    func coverage(
        of tests: [TestID], wallClock: Duration?, in workspace: Workspace
    ) async throws(ToolchainError) -> Coverage

    /// Whether a path, relative to the repository, belongs to its tests or to how they are run: tests, fixtures, build
    /// descriptions, CI. A candidate never edits such a file.
    func isTestFile(_ path: String) -> Bool
}

/// Every toolchain there is, and which one a repository asks for.
package enum Toolchains {
    /// In the order of detection: a repository that could be several is the first.
    package static let all: [any Toolchain.Type] = [
        SwiftToolchain.self, CMakeToolchain.self, PythonToolchain.self, MakeToolchain.self, CommandToolchain.self,
    ]

    /// The toolchain of the repository in `directory`: the one its settings name, or the first that recognises it.
    package static func detect(
        in directory: String, settings: ProjectSettings
    ) throws(ToolchainError) -> any Toolchain {
        if let name = settings.toolchain {
            guard let type = all.first(where: { $0.name == name }) else {
                let known = all.map { $0.name }.joined(separator: ", ")
                throw ToolchainError(.badSettings, "unknown toolchain `\(name)`; known: \(known)")
            }
            guard let toolchain = try type.detect(in: directory, settings: settings) else {
                throw ToolchainError(
                    .noTestsFound,
                    "no tests found: nothing in \(directory) is for the toolchain `\(name)`; "
                        + "say how with --test or .fettle.yml")
            }
            return toolchain
        }
        for type in all {
            if let toolchain = try type.detect(in: directory, settings: settings) { return toolchain }
        }
        throw ToolchainError(
            .noTestsFound,
            "no tests found: \(directory) has no Package.swift, no Makefile with a test target, "
                + "no CMakeLists.txt with tests, no Python tests, no Cargo.toml, no go.mod and no package.json with a test script; "
                + "say how with --test or .fettle.yml")
    }
}
