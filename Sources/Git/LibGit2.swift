import CLibGit2
import Glibc

/// The library's one-time start-up and its error reports.
enum LibGit2 {
    /// Starts the library so that only the repository's own configuration counts: nothing of the system's or the
    /// user's configuration, and no template folder, changes what Fettle does from one machine to the next.
    private static let startStatus: Int32 = {
        let status = git_libgit2_init()
        guard status >= 0 else { return status }
        let levels = [
            GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
        ]
        let statuses =
            levels.map { fettle_git_set_search_path($0, "") } + [
                fettle_git_set_template_path(""),
                // The user names the repository, whoever owns it; nothing in it is ever run.
                fettle_git_set_owner_validation(0),
            ]
        return statuses.first { $0 < 0 } ?? 0
    }()

    static func start() throws(GitError) {
        try check(startStatus, "libgit2 does not start")
    }

    /// Turns a negative status into an error. The library's message is thread-local, so it is read here and now.
    @discardableResult
    static func check(_ status: Int32, _ what: @autoclosure () -> String) throws(GitError) -> Int32 {
        guard status < 0 else { return status }
        throw GitError(.library, what(), underlying: lastMessage() ?? "libgit2 status \(status)")
    }

    static func lastMessage() -> String? {
        guard let error = git_error_last(), let message = error.pointee.message else { return nil }
        return String(cString: message)
    }
}

/// The sole owner of one libgit2 object.
struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let free: (OpaquePointer?) -> Void

    init(
        _ what: @autoclosure () -> String, freedBy free: @escaping (OpaquePointer?) -> Void,
        _ make: (inout OpaquePointer?) -> Int32
    ) throws(GitError) {
        try LibGit2.start()
        var made: OpaquePointer?
        try LibGit2.check(make(&made), what())
        guard let made else { throw GitError(.library, what(), underlying: "libgit2 gave nothing back") }
        pointer = made
        self.free = free
    }

    deinit { free(pointer) }
}

extension [UInt8] {
    /// Calls `body` with these bytes, ended by a NUL. The bytes themselves hold none.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (self + [0]).withUnsafeBytes { buffer in
            // An array of at least one byte has a base address.
            body(buffer.assumingMemoryBound(to: CChar.self).baseAddress!)
        }
    }

    init(cString: UnsafePointer<CChar>) {
        self.init(UnsafeRawBufferPointer(start: cString, count: strlen(cString)))
    }
}
