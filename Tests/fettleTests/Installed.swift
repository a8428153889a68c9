import Foundation
import Subprocess
import SystemPackage
import Testing

/// The `fettle` program under test, a repository to use it on, and a state folder, all in one temporary folder.
final class Scene: Sendable {
    let folder: String
    var repository: String { folder + "/repository" }
    var state: String { folder + "/state" }

    init() throws {
        folder = NSTemporaryDirectory() + "fettle-cli-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/repository", withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Beside the test program in the build folder.
    static let program: String = {
        let link = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        for name in [link, CommandLine.arguments[0]] {
            let candidate = (name as NSString).deletingLastPathComponent + "/fettle"
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        return "fettle"
    }()

    static let checkout: String = {
        var path = (#filePath as NSString).deletingLastPathComponent
        while path != "/" && !FileManager.default.fileExists(atPath: path + "/Package.swift") {
            path = (path as NSString).deletingLastPathComponent
        }
        return path
    }()

    func write(_ text: String, to name: String) throws {
        let path = "\(repository)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// A Python module whose one test fails for a boundary, in a repository with one commit.
    func addBrokenPython() async throws {
        try write(
            """
            def first_free(booked, limit):
                for seat in range(1, limit):
                    if seat not in booked:
                        return seat
                return None
            """, to: "seats.py")
        try write(
            """
            from seats import first_free

            def test_first():
                assert first_free([], 3) == 1

            def test_middle():
                assert first_free([1], 3) == 2

            def test_last():
                assert first_free([1, 2], 3) == 3

            def test_full():
                assert first_free([1, 2, 3], 3) is None
            """, to: "test_seats.py")
        try await commit()
    }

    func commit() async throws {
        try await git("init", "-q")
        try await git("add", "-A")
        try await git("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "-qm", "Begin")
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let result = try await Subprocess.run(
            .name("git"), arguments: Arguments(arguments), workingDirectory: FilePath(repository),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus.isSuccess, "git \(arguments): \(result.standardError)")
        return result.standardOutput
    }

    struct Result {
        var code: Int32?
        var output: String
        var complaint: String
    }

    /// Runs `fettle` with the scene's own state folder.
    func fettle(_ arguments: String..., environment: [Environment.Key: String] = [:]) async throws -> Result {
        try await fettle(arguments, environment: environment)
    }

    func fettle(_ arguments: [String], environment: [Environment.Key: String] = [:]) async throws -> Result {
        let result = try await Subprocess.run(
            .path(FilePath(Self.program)), arguments: Arguments(arguments),
            environment: .inherit.updating(environment.merging(["FETTLE_STATE": state]) { own, _ in own }),
            workingDirectory: FilePath(repository), output: .string(limit: 8 << 20), error: .string(limit: 1 << 20))
        let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
        return Result(code: code, output: result.standardOutput, complaint: result.standardError)
    }

    /// Everything of the user's repository that Fettle must leave alone: paths, contents and modes, `.git` included.
    func fingerprint() throws -> [String: String] {
        var found: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: repository) {
            let full = "\(repository)/\(path)"
            let attributes = try FileManager.default.attributesOfItem(atPath: full)
            let content = FileManager.default.contents(atPath: full)?.base64EncodedString() ?? ""
            found[path] = "\(attributes[.type] ?? "") \(attributes[.posixPermissions] ?? "") \(content)"
        }
        return found
    }
}
