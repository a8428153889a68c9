import Foundation
import Glibc
import Testing

@testable import Sandboxing

/// A worktree of its own, a state directory for the whole test process, and the shipped profiles.
struct Fixture: ~Copyable {
    let worktree: String
    let outside: String
    private let base: String

    init() throws {
        var template = Array("/tmp/fettle-sandbox-test-XXXXXX".utf8CString)
        base = try #require(
            template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }.map { String(cString: $0) })
        worktree = "\(base)/worktree"
        outside = "\(base)/outside"
        mkdir(worktree, 0o755)
        mkdir(outside, 0o755)
    }

    deinit { removeTree(base) }

    func write(_ text: String, to name: String) throws {
        var path = worktree
        for step in name.split(separator: "/").dropLast() {
            path += "/\(step)"
            mkdir(path, 0o755)
        }
        let file = try #require(fopen("\(worktree)/\(name)", "we"))
        defer { fclose(file) }
        #expect(fputs(text, file) >= 0)
    }

    func read(_ name: String) -> String? { readFile("\(worktree)/\(name)") }

    /// Runs in a sandbox of `profile`, with `change` made to it first.
    func run(
        _ arguments: [String], profile: String = "default", environment: [String: String] = [:],
        change: (inout SandboxProfile) -> Void = { _ in }
    ) async throws -> CommandResult {
        try await run(Command(arguments: arguments, environment: environment), profile: profile, change: change)
    }

    func run(
        _ command: Command, profile: String = "default", change: (inout SandboxProfile) -> Void = { _ in }
    ) async throws -> CommandResult {
        try await Self.sandbox(profile, change: change).run(command, in: worktree)
    }

    func python(_ script: String, change: (inout SandboxProfile) -> Void = { _ in }) async throws -> CommandResult {
        try await run(["/usr/bin/python3", "-c", script], change: change)
    }

    func shell(_ script: String, change: (inout SandboxProfile) -> Void = { _ in }) async throws -> CommandResult {
        try await run(["sh", "-c", script], change: change)
    }

    static func sandbox(
        _ profile: String = "default", warmStages: Int = 0, ownsWorktrees: Bool = false,
        change: (inout SandboxProfile) -> Void = { _ in }
    ) async throws -> Sandbox {
        var profile = try SandboxProfile.load(named: profile, searching: [checkout + "/Sandboxes"])
        change(&profile)
        return try await Sandbox(
            profile: profile, stateDirectory: stateDirectory, launcher: launcher, warmStages: warmStages,
            ownsWorktrees: ownsWorktrees)
    }

    /// Another user may not read ours and then gets a copy.
    static let checkout =
        getenv("FETTLE_TEST_CHECKOUT").map { String(cString: $0) }
        ?? #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    static let launcher: String = {
        let program = String(cString: realpath("/proc/self/exe", nil))
        return program.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/fettle-launcher"
    }()
    /// What this machine grants of control groups.
    static let groups = ControlGroups.discover()
    static let hasPython = access("/usr/bin/python3", X_OK) == 0
    static let stateDirectory = "/tmp/fettle-sandbox-test-state-\(geteuid())"
}

func readFile(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var text: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { text.append(UInt8(byte)) }
    return String(decoding: text, as: UTF8.self)
}

func removeTree(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record("\(path) stays: \(error)") }
}
