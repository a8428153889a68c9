import CLibGit2
import Glibc

/// Reads a working tree as git would add it: every tracked file and every untracked one that is not ignored, byte for
/// byte, with no filter and no line-ending conversion. Writes blobs into the objects it is given and nothing elsewhere.
struct WorkingTreeScan: ~Copyable {
    private let repository: Handle
    private let tracked: TrackedFiles
    private let ignored: IgnoreRules
    /// Put before every path: where a submodule lies.
    private let prefix: [UInt8]
    /// Whether blobs the index records are the files' raw bytes, as they are in Fettle's own worktrees.
    private let recordsRawBytes: Bool

    private(set) var entries: [TreeEntry] = []
    private(set) var submodulePaths: [TreePath] = []
    private(set) var leftOut: [TreePath] = []

    init(
        _ repository: consuming Handle, recordsRawBytes: Bool = false, prefix: [UInt8] = []
    ) throws(GitError) {
        tracked = try TrackedFiles(of: repository)
        ignored = IgnoreRules(repository: repository.pointer)
        self.repository = repository
        self.recordsRawBytes = recordsRawBytes
        self.prefix = prefix
    }

    /// Scans the whole tree; afterwards `entries` is sorted by path.
    mutating func scan(_ root: borrowing Directory, into objects: borrowing ObjectDatabase) throws(GitError) {
        try scan(root, at: [], trackedOnly: false, into: objects)
        let seen = Set(entries.map(\.path))
        for var entry in tracked.skippedEntries() where entry.mode != .submodule {
            entry.path = TreePath(bytes: prefix + entry.path.bytes)
            if !seen.contains(entry.path) { entries.append(entry) }
        }
        entries.sort { $0.path < $1.path }
    }

    private mutating func scan(
        _ directory: borrowing Directory, at folder: [UInt8], trackedOnly: Bool,
        into objects: borrowing ObjectDatabase
    ) throws(GitError) {
        try directory.requireReadableIgnoreFile()
        for name in try directory.names() where !TreePath.isGitDirectoryName(name) {
            guard let status = try directory.status(name) else { continue }
            let path = folder + name
            if status.st_mode & S_IFMT == S_IFDIR {
                try scanFolder(name, of: directory, at: path, trackedOnly: trackedOnly, into: objects)
            } else {
                try scanFile(name, of: directory, at: path, status, trackedOnly: trackedOnly, into: objects)
            }
        }
    }

    private mutating func scanFile(
        _ name: [UInt8], of directory: borrowing Directory, at path: [UInt8], _ status: stat, trackedOnly: Bool,
        into objects: borrowing ObjectDatabase
    ) throws(GitError) {
        let isTracked = tracked.contains(path)
        if !isTracked {
            guard !trackedOnly, try !ignored.ignore(path) else { return }
        }
        let fullPath = TreePath(bytes: prefix + path)
        // Sockets, pipes and devices are nothing that git stores.
        guard let mode = tracked.mode(of: path, status) else { return leftOut.append(fullPath) }
        if let id = recordedBlob(of: path, status, in: objects) {
            return entries.append(TreeEntry(path: fullPath, mode: mode, id: id))
        }
        do {
            let content = try directory.content(name, status)
            entries.append(TreeEntry(path: fullPath, mode: mode, id: try objects.write(content)))
        } catch {
            // What the user may not read and git does not know stays out; what vanished meanwhile is gone.
            let isGone = try directory.status(name) == nil
            guard error.code == .system, !isTracked || isGone else { throw error }
            leftOut.append(fullPath)
        }
    }

    private mutating func scanFolder(
        _ name: [UInt8], of directory: borrowing Directory, at path: [UInt8], trackedOnly: Bool,
        into objects: borrowing ObjectDatabase
    ) throws(GitError) {
        let below = path + [UInt8(ascii: "/")]
        let fullPath = TreePath(bytes: prefix + path)
        let holdsTracked = tracked.containsAnything(below: below)
        let isSubmodule = tracked.entry(path).map { FileMode(rawValue: $0.mode) } == .submodule
        if !holdsTracked && !isSubmodule {
            guard !trackedOnly, try !ignored.ignore(below) else { return }
        }
        let child: Directory
        do {
            guard let opened = try directory.subdirectory(name) else { return }
            child = opened
        } catch {
            guard !holdsTracked else { throw error }
            return leftOut.append(fullPath)
        }
        let isRepository = try child.status(Array(".git".utf8)) != nil
        if isSubmodule {
            return isRepository ? try scanSubmodule(child, at: fullPath, into: objects) : leftOut.append(fullPath)
        }
        if isRepository && !holdsTracked { return leftOut.append(fullPath) }
        let isIgnored = try ignored.ignore(below)
        try scan(child, at: below, trackedOnly: trackedOnly || isRepository || isIgnored, into: objects)
    }

    /// Takes a checked-out submodule's files as if they were the repository's own.
    private mutating func scanSubmodule(
        _ directory: borrowing Directory, at path: TreePath, into objects: borrowing ObjectDatabase
    ) throws(GitError) {
        let opened = try Repository.open(directory.path, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
        var inner = try WorkingTreeScan(opened, prefix: path.bytes + [UInt8(ascii: "/")])
        try inner.scan(directory, into: objects)
        entries += inner.entries
        submodulePaths += [path] + inner.submodulePaths
        leftOut += inner.leftOut
    }

    /// The recorded blob of an untouched file, where the blob is known to be the file's raw bytes: a filter or a
    /// line-ending conversion changes the size, or is named by an attribute.
    private func recordedBlob(
        of path: [UInt8], _ status: stat, in objects: borrowing ObjectDatabase
    ) -> ObjectID? {
        guard let id = tracked.recordedBlob(of: path, status) else { return nil }
        if recordsRawBytes { return id }
        guard objects.size(id) == Int(status.st_size) else { return nil }
        var value: UnsafePointer<CChar>?
        let known = path.withCString { git_attr_get(&value, repository.pointer, 0, $0, "filter") }
        return known == 0 && git_attr_value(value) == GIT_ATTR_VALUE_UNSPECIFIED ? id : nil
    }
}

extension Directory {
    /// Refuses a `.gitignore` or `.gitattributes` that is a pipe or a device: libgit2 would wait on it for ever.
    func requireReadableIgnoreFile() throws(GitError) {
        for name in [".gitignore", ".gitattributes"] {
            var status = stat()
            guard fstatat(descriptor, name, &status, 0) == 0 else { continue }
            guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
                throw GitError(.system, "\(path)/\(name) is not a regular file; remove it")
            }
        }
    }
}
