import Glibc
import Testing

@testable import Git

/// The `git` command line, against which the module is checked.
enum GitCommand {
    static let path: String? = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"].first { access($0, X_OK) == 0 }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs git in a folder; throws when it does not end with 0.
    @discardableResult
    static func run(_ arguments: [String], in folder: String, input: [UInt8] = []) throws -> [UInt8] {
        let (status, output, errors) = try attempt(arguments, in: folder, input: input)
        guard status == 0 else {
            throw Failure(
                description: "git \(arguments.joined(separator: " ")): \(String(decoding: errors, as: UTF8.self))")
        }
        return output
    }

    static func attempt(
        _ arguments: [String], in folder: String, input: [UInt8] = []
    ) throws -> (status: Int32, output: [UInt8], errors: [UInt8]) {
        guard let path else { throw Failure(description: "git is not installed") }
        let scratch = try TemporaryFolder()
        try scratch.write("in", input)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, scratch.path + "/in", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, scratch.path + "/out", O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, scratch.path + "/err", O_WRONLY | O_CREAT, 0o600)
        let environment = [
            "PATH=/usr/bin:/bin", "HOME=" + scratch.path, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C",
            "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@x", "GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@x",
            "GIT_AUTHOR_DATE=1000000000 +0000", "GIT_COMMITTER_DATE=1000000000 +0000",
        ]
        let all = [path, "-C", folder, "-c", "protocol.file.allow=always", "-c", "gc.auto=0"] + arguments
        var argv: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer {
            for pointer in argv { free(pointer) }
            for pointer in envp { free(pointer) }
        }
        var child: pid_t = 0
        guard posix_spawn(&child, path, &actions, nil, &argv, &envp) == 0 else {
            throw Failure(description: "git does not start")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return (status, try scratch.read("out"), try scratch.read("err"))
    }

    static func text(_ arguments: [String], in folder: String) throws -> String {
        let output = String(decoding: try run(arguments, in: folder), as: UTF8.self)
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }
}

extension Trait where Self == ConditionTrait {
    static var needsGit: Self { .enabled(if: GitCommand.path != nil, "the git command line is not installed") }
}

/// A folder that goes when its last user does.
final class TemporaryFolder: Sendable {
    let path: String
    private let isOwned: Bool

    /// A folder that someone else removes.
    init(adopting path: String) {
        self.path = path
        isOwned = false
    }

    init() throws {
        isOwned = true
        var template = Array((temporaryRoot() + "/fettle-git-XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } }
        try #require(made == true)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if isOwned { try? removeTree(at: path) }
    }

    func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
        try write(Array(name.utf8), Array(text.utf8), mode: mode)
    }

    func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o644) throws {
        try write(Array(name.utf8), bytes, mode: mode)
    }

    /// Writes a file, making its folders.
    func write(_ name: [UInt8], _ bytes: [UInt8], mode: mode_t = 0o644) throws {
        let full = Array(path.utf8) + [0x2f] + name
        for (index, byte) in full.enumerated() where byte == 0x2f && index > path.utf8.count {
            _ = Array(full[..<index]).withCString { mkdir($0, 0o755) }
        }
        let file = full.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC, mode) }
        try #require(file >= 0)
        defer { close(file) }
        _ = full.withCString { chmod($0, mode) }
        let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        try #require(written == bytes.count)
    }

    func read(_ name: String) throws -> [UInt8] {
        let folder = try Directory(path: (path + "/" + name).parentFolder)
        let last = Array((name.split(separator: "/").last ?? "").utf8)
        let status = try #require(try folder.status(last), "\(name) is missing")
        return try folder.content(last, status)
    }

    func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    func exists(_ name: String) -> Bool {
        var status = stat()
        return lstat(path + "/" + name, &status) == 0
    }

    func remove(_ name: String) throws { try removeTree(at: path + "/" + name) }

    func link(_ name: String, to target: String) throws {
        try #require(symlink(target, path + "/" + name) == 0)
    }

    /// Everything in the folder, as one text: paths, modes, modification times and contents' names.
    func fingerprint(times: Bool = true) throws -> [String] {
        var lines: [String] = []
        try Self.fingerprint(Directory(path: path), at: "", times: times, &lines)
        return lines
    }

    private static func fingerprint(
        _ directory: borrowing Directory, at folder: String, times: Bool, _ lines: inout [String]
    ) throws {
        for name in try directory.names() {
            let status = try #require(try directory.status(name))
            let path = folder + TreePath(bytes: name).description
            let time = times ? " \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)" : ""
            if let child = try directory.subdirectory(name) {
                lines.append("\(path)/ \(status.st_mode)\(time)")
                try fingerprint(child, at: path + "/", times: times, &lines)
            } else {
                let id = try ObjectDatabase.name(directory.content(name, status))
                lines.append("\(path) \(status.st_mode)\(time) \(id)")
            }
        }
    }
}

private func temporaryRoot() -> String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
}

/// A repository made with the git command line, and a place for runs beside it.
struct TestRepository {
    let folder: TemporaryFolder
    let state: TemporaryFolder

    init(_ arguments: [String] = []) throws {
        folder = try TemporaryFolder()
        state = try TemporaryFolder()
        try GitCommand.run(["init", "-q", "-b", "main"] + arguments, in: folder.path)
        try LibGit2.start()
    }

    var path: String { folder.path }

    @discardableResult
    func git(_ arguments: String..., input: [UInt8] = []) throws -> String {
        let output = try GitCommand.run(arguments, in: path, input: input)
        return String(decoding: output.last == 0x0a ? output.dropLast() : output[...], as: UTF8.self)
    }

    func commitAll(_ message: String = "change") throws {
        try git("add", "-A")
        try git("commit", "-q", "--allow-empty", "-m", message)
    }

    func repository() throws -> Repository { try Repository.discover(at: path) }

    func run(_ name: String = "run") throws -> RunRepository {
        try RunRepository(creatingAt: state.path + "/" + name, for: repository())
    }

    /// The tree that git itself makes of the working tree, found in a copy of the repository.
    func treeByGit() throws -> String {
        let copy = try TemporaryFolder()
        try copyFolder(path, to: copy.path)
        try GitCommand.run(["add", "-A"], in: copy.path)
        return try GitCommand.text(["write-tree"], in: copy.path)
    }
}

/// Copies a folder's files, `.git` included.
func copyFolder(_ source: String, to target: String) throws {
    func copy(_ source: borrowing Directory, _ target: borrowing Directory) throws {
        for name in try source.names() {
            let status = try #require(try source.status(name))
            if let child = try source.subdirectory(name) {
                try copy(child, target.makeSubdirectory(name))
            } else if let mode = FileMode(status) {
                try target.create(name, content: source.content(name, status), mode: mode)
            }
        }
    }
    try copy(Directory(path: source), Directory(path: target))
}

/// SplitMix64: small, seeded, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
