import Glibc

/// A place in a tree of folders, moved one step at a time: down by a name that is no link, and up again.
///
/// It holds one descriptor at whatever depth, so that a tree of thousands of levels uses up neither descriptors nor
/// stack, and no path is ever handed to the kernel that a link or `PATH_MAX` could bend.
struct TreeCursor: ~Copyable {
    /// What a folder is, whatever it is called.
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    /// The folder that the cursor is in.
    private(set) var descriptor: CInt
    private var identity: Identity
    private var above: [Identity] = []
    private let crossesMounts: Bool

    /// Opens a folder that the caller vouches for: links on the way are followed. Nil with `errno` set on failure.
    init?(_ path: String, crossingMounts: Bool = false) {
        crossesMounts = crossingMounts
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard let found = Self.identity(of: descriptor) else {
            identity = Identity(device: 0, inode: 0)
            return nil
        }
        identity = found
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// How many folders lie above, up to the one that the cursor began with.
    var depth: Int { above.count }

    /// Enters the folder `name`. False with `errno` set where it cannot be, `EXDEV` where something else is mounted.
    mutating func descend(_ name: [UInt8]) -> Bool {
        let child = name.withCString { openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard let found = Self.identity(of: child) else { return false }
        guard crossesMounts || found.device == identity.device else {
            close(child)
            errno = EXDEV
            return false
        }
        close(descriptor)
        above.append(identity)
        (descriptor, identity) = (child, found)
        return true
    }

    /// Back to the folder above. False where it has become another one, or where there is none.
    mutating func ascend() -> Bool {
        let parent = openat(descriptor, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard let expected = above.last, let found = Self.identity(of: parent), found == expected else {
            if parent >= 0 { close(parent) }
            errno = ESTALE
            return false
        }
        close(descriptor)
        above.removeLast()
        (descriptor, identity) = (parent, found)
        return true
    }

    /// The status of `name` itself, a link unfollowed; nil with `errno` set where it cannot be had.
    func status(_ name: [UInt8]) -> stat? {
        var status = stat()
        return name.withCString { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0 ? status : nil
    }

    /// At most `limit` names, in the file system's order, without `.` and `..`; nil with `errno` set on failure.
    func names(limit: Int = .max) -> [[UInt8]]? {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return nil }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return nil
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
        while names.count < limit, let entry = readdir(stream) {
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let bytes = [UInt8](cString: name)
            if bytes != [0x2E] && bytes != [0x2E, 0x2E] { names.append(bytes) }
        }
        return names
    }

    /// Where the link `name` says that it leads; nil with `errno` set where it is none.
    func linkTarget(_ name: [UInt8]) -> [UInt8]? {
        var count = 0
        let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, initialised in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
                count = name.withCString { name in
                    buffer.baseAddress.map { readlinkat(descriptor, name, $0, buffer.count) } ?? -1
                }
            }
            initialised = max(count, 0)
        }
        return count < 0 ? nil : target
    }

    /// Gives the folder `name` these permissions, never a link's target. False with `errno` set on failure.
    func setPermissions(_ name: [UInt8], _ mode: mode_t) -> Bool {
        // A folder that forbids everything can be named by a descriptor without being opened.
        let folder = name.withCString { openat(descriptor, $0, namedOnly | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return chmod("/proc/self/fd/\(folder)", mode) == 0
    }

    private static func identity(of descriptor: CInt) -> Identity? {
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return Identity(device: status.st_dev, inode: status.st_ino)
    }
}

/// C's `O_PATH` (Linux, asm-generic/fcntl.h), a macro that does not come across.
private let namedOnly: CInt = 0o10000000

extension [UInt8] {
    /// The bytes of a C string, without its NUL.
    fileprivate init(cString: UnsafePointer<CChar>) {
        self = Array(UnsafeRawBufferPointer(start: cString, count: strlen(cString)))
    }

    /// A file's name, which holds no NUL, as the C library wants it.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (self + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { rebound in
                // Never empty: it ends with a NUL.
                rebound.baseAddress.map(body) ?? body("")
            }
        }
    }
}
