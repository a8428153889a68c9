import Foundation
import Glibc
import Sandboxing
import Testing
import Toolchains

/// A small project in a folder of its own, and a workspace in the real sandbox; gone when it goes out of scope.
final class Workbench: Sendable {
    let path: String
    private let base: String

    init(_ files: [String: String]) throws {
        var template = Array("/tmp/fettle-toolchains-test-XXXXXX".utf8CString)
        base = try #require(
            template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }.map { String(cString: $0) })
        path = base + "/worktree"
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: base) } catch { Issue.record("\(base) stays: \(error)") }
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    func workspace(_ profile: String) async throws -> Workspace {
        let profile = try SandboxProfile.load(named: profile, searching: [Self.checkout + "/Sandboxes"])
        let sandbox = try await Sandbox(
            profile: profile, stateDirectory: "/tmp/fettle-toolchains-test-state-\(geteuid())", launcher: Self.launcher)
        return Workspace(sandbox: sandbox, path: path, scratch: base + "/scratch")
    }

    func workspace(for toolchain: any Toolchain) async throws -> Workspace {
        try await workspace(toolchain.profileName)
    }

    /// Detects the project's toolchain, as the command line would.
    func toolchain() throws -> any Toolchain {
        try Toolchains.detect(in: path, settings: ProjectSettings.load(directory: path))
    }

    private static let checkout = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

    private static let launcher: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let program = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return program.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/fettle-launcher"
    }()
}

/// What of the machine a test needs; a test that lacks it is skipped, and says why.
enum Machine {
    static let hasSandbox = has("bwrap")
    static let hasPython = hasSandbox && has("python3")
    static let hasSwift = hasSandbox && has("swift")
    static let hasC = hasSandbox && has("make") && has("cc")
    static let hasCMake = hasC && has("cmake")
    static let hasGDB = has("gdb")
    static let hasCargo = hasSandbox && has("cargo")

    private static func has(_ program: String) -> Bool {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
    }
}

/// Numbers that a seed determines (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Text damaged in a few places: bytes flipped, cut, doubled or strewn in.
func damaged(_ text: String, using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = .random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + .random(in: 1...40, using: &generator)))
        case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: place)
        case 3: bytes.insert(contentsOf: Array("9999999999999999999999".utf8), at: place)
        default: bytes.insert(contentsOf: [10, 0, 0xFF, 0x22, 0x5B].shuffled(using: &generator), at: place)
        }
    }
    return bytes
}
