import FoundationEssentials
package import StrictYAML

/// What a repository (or the command line) says about how it is built and tested: `.fettle.yml`, every key optional.
///
/// ```yaml
/// toolchain: python            # python, swift, make, cmake or command
/// build: make all              # a shell command that runs before the tests
/// test: pytest tests           # a shell command; one of a known runner still gives an outcome for each test
/// timeout: 5m                  # the limit for one run of the tests
/// test-timeout: 10s            # the limit for one test, where the runner can tell them apart
/// profile: python              # the sandbox profile
/// tests: ["checks/**"]         # more files that a candidate never edits
/// environment: { TZ: UTC }
/// ```
package struct ProjectSettings: Sendable, Hashable {
    package static let fileName = ".fettle.yml"

    package var toolchain: String?
    package var build: String?
    package var test: String?
    package var timeout: Duration?
    package var testTimeout: Duration?
    package var profile: String?
    /// Globs of paths relative to the repository.
    package var tests: [String] = []
    package var environment: [String: String] = [:]

    package init() {}

    /// The settings of the repository in `directory`; a repository without the file has none.
    package static func load(directory: String) throws(ToolchainError) -> ProjectSettings {
        let path = directory + "/" + fileName
        guard FileManager.default.fileExists(atPath: path) else { return ProjectSettings() }
        let bytes = try HostFiles.read(path, limit: 1 << 20)
        do {
            return try ProjectSettings(parsing: String(decoding: bytes, as: UTF8.self), file: fileName)
        } catch {
            throw ToolchainError(.badSettings, error.description)
        }
    }

    package init(parsing text: String, file: String) throws(ConfigurationError) {
        let document = try ConfigurationMapping(parsing: text, file: file)
        toolchain = try document.string("toolchain")
        build = try document.string("build")
        test = try document.string("test")
        timeout = try document.duration("timeout")
        testTimeout = try document.duration("test-timeout")
        profile = try document.string("profile")
        tests = try document.strings("tests") ?? []
        environment = try document.mapping("environment")?.allStrings() ?? [:]
        try document.finish()
        for (key, limit) in [("timeout", timeout), ("test-timeout", testTimeout)] where limit == .zero {
            throw document.error(at: key, "expected more than nothing")
        }
        for (key, command) in [("build", build), ("test", test)] where command?.allSatisfy(\.isWhitespace) == true {
            throw document.error(at: key, "expected a shell command")
        }
    }
}
