import Glibc

/// An open folder, the anchor for everything that reads or writes files.
///
/// Each step goes down one name from an open folder and never follows a symbolic link, so that no link a test program
/// planted, and no race with one, leads out of the tree.
struct Directory: ~Copyable {
    let descriptor: Int32
    /// For messages only.
    let path: String

    /// Opens a folder that the caller vouches for; links on the way are followed.
    init(path: String) throws(GitError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw .system("cannot open the folder \(path)") }
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// The same folder, opened once more.
    func reopened() throws(GitError) -> Directory {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw .system("cannot open the folder \(path)") }
        return Directory(descriptor: copy, path: path)
    }

    func pathOf(_ name: [UInt8]) -> String { "\(path)/\(TreePath(bytes: name))" }

    // MARK: Reading

    /// Opens the folder `name`; nil where there is none, or something else of that name.
    func subdirectory(_ name: [UInt8]) throws(GitError) -> Directory? {
        let child = name.withCString { openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        if child < 0, [ENOENT, ENOTDIR, ELOOP].contains(errno) { return nil }
        guard child >= 0 else { throw .system("cannot open the folder \(pathOf(name))") }
        return Directory(descriptor: child, path: pathOf(name))
    }

    /// The names inside, sorted, without `.` and `..`.
    func names() throws(GitError) -> [[UInt8]] {
        // The stream takes a descriptor of its own, with its own position.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw .system("cannot read the folder \(path)") }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
            let name = [UInt8](
                cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
            if name != [0x2e] && name != [0x2e, 0x2e] { names.append(name) }
        }
        guard errno == 0 else { throw .system("cannot read the folder \(path)") }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The status of `name` itself, a link unfollowed; nil where there is nothing of that name.
    func status(_ name: [UInt8]) throws(GitError) -> stat? {
        var status = stat()
        if name.withCString({ fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 { return status }
        guard [ENOENT, ENOTDIR].contains(errno) else { throw .system("cannot look at \(pathOf(name))") }
        return nil
    }

    /// The bytes that git would store for `name`: a file's content or a link's target.
    func content(_ name: [UInt8], _ status: stat) throws(GitError) -> [UInt8] {
        status.st_mode & S_IFMT == S_IFLNK ? try linkTarget(name) : try read(name)
    }

    private func read(_ name: [UInt8]) throws(GitError) -> [UInt8] {
        // Non-blocking, lest a pipe that took the file's place make us wait for ever.
        let file = name.withCString { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard file >= 0 else { throw .system("cannot read \(pathOf(name))") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .system("cannot read \(pathOf(name))") }
        var bytes: [UInt8] = []
        // One byte more than the size, so that the end of the file is usually seen in the first read.
        var chunk = Swift.max(Int(status.st_size) + 1, 1 << 12)
        while true {
            var count = 0
            bytes += [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialised in
                repeat { count = Glibc.read(file, buffer.baseAddress, chunk) } while count < 0 && errno == EINTR
                initialised = Swift.max(count, 0)
            }
            guard count >= 0 else { throw .system("cannot read \(pathOf(name))") }
            if count == 0 { return bytes }
            chunk = 1 << 16
        }
    }

    private func linkTarget(_ name: [UInt8]) throws(GitError) -> [UInt8] {
        var count = 0
        let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, initialised in
            count = buffer.withMemoryRebound(to: CChar.self) { buffer in
                name.withCString { name in
                    buffer.baseAddress.map { readlinkat(descriptor, name, $0, buffer.count) } ?? -1
                }
            }
            initialised = Swift.max(count, 0)
        }
        guard count >= 0 else { throw .system("cannot read the link \(pathOf(name))") }
        return target
    }

    // MARK: Writing

    /// Makes the folder `name` where it is missing, and opens it. Anything else of that name is in the way.
    func makeSubdirectory(_ name: [UInt8]) throws(GitError) -> Directory {
        if name.withCString({ mkdirat(descriptor, $0, 0o777) }) != 0, errno != EEXIST {
            throw .system("cannot create the folder \(pathOf(name))")
        }
        guard let child = try subdirectory(name) else {
            throw GitError(.unsafePath, "\(pathOf(name)) is not a folder")
        }
        adopt(name)
        return child
    }

    /// Moves what is called `name` to another folder of the same file system, over a file of the new name.
    func move(_ name: [UInt8], to target: borrowing Directory, as newName: [UInt8]) throws(GitError) {
        let status = name.withCString { name in
            newName.withCString { renameat(descriptor, name, target.descriptor, $0) }
        }
        guard status == 0 else { throw .system("cannot move \(pathOf(name)) to \(target.pathOf(newName))") }
    }

    /// Gives a file a second name; false where the file system or its rules have no such thing.
    func link(_ name: [UInt8], to target: borrowing Directory, as newName: [UInt8]) -> Bool {
        name.withCString { name in newName.withCString { linkat(descriptor, name, target.descriptor, $0, 0) } } == 0
    }

    /// Removes a folder; false where it is not empty, or no folder.
    func removeEmptyFolder(_ name: [UInt8]) -> Bool {
        name.withCString { unlinkat(descriptor, $0, AT_REMOVEDIR) } == 0
    }

    /// Writes a file or a link that does not exist yet.
    func create(_ name: [UInt8], content: [UInt8], mode: FileMode, permissions given: mode_t? = nil) throws(GitError) {
        if mode == .symbolicLink {
            let status = name.withCString { name in content.withCString { symlinkat($0, descriptor, name) } }
            guard status == 0 else { throw .system("cannot create the link \(pathOf(name))") }
        } else {
            let permissions = given ?? (mode.isExecutable ? 0o777 : 0o666)
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let file = name.withCString { openat(descriptor, $0, flags, permissions) }
            guard file >= 0 else { throw .system("cannot create \(pathOf(name))") }
            defer { close(file) }
            if given != nil { fchmod(file, permissions) }
            var rest = content[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw .system("cannot write \(pathOf(name))") }
                rest = rest.dropFirst(count)
            }
        }
        adopt(name)
    }

    /// Gives what root made to the owner of the folder, so that a sandbox that runs as that owner can change it.
    private func adopt(_ name: [UInt8]) {
        guard geteuid() == 0 else { return }
        var owner = stat()
        guard fstat(descriptor, &owner) == 0, owner.st_uid != 0 else { return }
        _ = name.withCString { fchownat(descriptor, $0, owner.st_uid, owner.st_gid, AT_SYMLINK_NOFOLLOW) }
    }

    /// Removes whatever is called `name`, with all that is in it, however deep; folders that forbid it are opened up.
    func remove(_ name: [UInt8]) throws(GitError) {
        if try isGone(name) { return }
        openUp(name)
        if let folder = try subdirectory(name) {
            var moved = 0
            // What was too deep has been moved up meanwhile, so look again.
            while case let names = try folder.names(), !names.isEmpty {
                for name in names { try folder.remove(name, depth: 1, top: folder, moved: &moved) }
            }
        }
        try removeEmptied(name)
    }

    /// Levels to go down at a time, each of which takes a descriptor and some stack.
    private static let depthLimit = 64

    private func remove(
        _ name: [UInt8], depth: Int, top: borrowing Directory, moved: inout Int
    ) throws(GitError) {
        if try isGone(name) { return }
        openUp(name)
        guard depth < Self.depthLimit else { return try moveUp(name, to: top, &moved) }
        if let folder = try subdirectory(name) {
            for name in try folder.names() { try folder.remove(name, depth: depth + 1, top: top, moved: &moved) }
        }
        try removeEmptied(name)
    }

    /// Moves a folder to the top of the tree that is being removed, where it is the next to go.
    private func moveUp(_ name: [UInt8], to top: borrowing Directory, _ moved: inout Int) throws(GitError) {
        repeat {
            moved += 1
            let newName = Array("removed-\(moved)".utf8)
            let status = name.withCString { old in
                newName.withCString { renameat(descriptor, old, top.descriptor, $0) }
            }
            if status == 0 { return }
        } while [EEXIST, ENOTEMPTY, ENOTDIR, EISDIR].contains(errno)
        throw .system("cannot remove \(pathOf(name))")
    }

    /// Removes what is no folder, or an empty one; false where there is a folder that is not empty.
    private func isGone(_ name: [UInt8]) throws(GitError) -> Bool {
        if name.withCString({ unlinkat(descriptor, $0, 0) }) == 0 || errno == ENOENT { return true }
        guard [EISDIR, EPERM, EACCES].contains(errno), let status = try status(name) else {
            throw .system("cannot remove \(pathOf(name))")
        }
        if status.st_mode & S_IFMT == S_IFDIR { return removeEmptyFolder(name) }
        // The folder that it is in may forbid it: open that up, once.
        fchmod(descriptor, 0o700)
        guard name.withCString({ unlinkat(descriptor, $0, 0) }) == 0 else {
            throw .system("cannot remove \(pathOf(name))")
        }
        return true
    }

    private func openUp(_ name: [UInt8]) {
        var status = stat()
        let found = name.withCString { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
        guard found == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o700 != 0o700 else { return }
        // A folder, seen a moment ago; at worst a link's target, which only its owner could change, is opened up.
        _ = name.withCString { fchmodat(descriptor, $0, 0o700, 0) }
    }

    private func removeEmptied(_ name: [UInt8]) throws(GitError) {
        if removeEmptyFolder(name) || errno == ENOENT { return }
        fchmod(descriptor, 0o700)
        guard removeEmptyFolder(name) else { throw .system("cannot remove \(pathOf(name))") }
    }
}

extension GitError {
    /// An error whose cause is the current `errno`.
    static func system(_ message: String) -> GitError {
        let cause = errno
        return GitError(.system, message, underlying: String(cString: strerror(cause)))
    }
}

/// Removes a folder and all below it; nothing there is no error.
func removeTree(at path: String) throws(GitError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
        if errno == ENOENT || errno == ENOTDIR { return }
        throw .system("cannot look at \(path)")
    }
    let trimmed = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let name = trimmed.last else { throw GitError(.system, "will not remove \(path)") }
    let parent = trimmed.dropLast().joined(separator: "/")
    let directory = try Directory(path: path.hasPrefix("/") ? "/" + parent : parent.isEmpty ? "." : parent)
    try directory.remove(Array(name.utf8))
}
