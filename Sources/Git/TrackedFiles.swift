import CLibGit2
import Glibc

/// A repository's index, read-only: which paths are tracked, and which files it vouches for without reading them.
struct TrackedFiles: ~Copyable {
    private let index: Handle
    /// When the index was written. A file changed at or after that moment may have changed unseen.
    private let written: timespec
    private let trustsExecutableBit: Bool

    init(of repository: borrowing Handle) throws(GitError) {
        let pointer = repository.pointer
        let index = try Handle("cannot read the index", freedBy: git_index_free) { git_repository_index(&$0, pointer) }
        var status = stat()
        let path = git_index_path(index.pointer).map { String(cString: $0) } ?? ""
        let written = stat(path, &status) == 0 ? status.st_mtim : timespec()
        let config = try Handle("cannot read the repository's configuration", freedBy: git_config_free) {
            git_repository_config_snapshot(&$0, pointer)
        }
        var value: Int32 = 1
        self.index = index
        self.written = written
        trustsExecutableBit = git_config_get_bool(&value, config.pointer, "core.filemode") != 0 || value != 0
    }

    /// Whether the path is tracked, in any stage of a merge.
    func contains(_ path: [UInt8]) -> Bool {
        path.withCString { git_index_find(nil, index.pointer, $0) } == 0
    }

    /// Whether anything below the folder is tracked. `folder` ends in a slash.
    func containsAnything(below folder: [UInt8]) -> Bool {
        folder.withCString { git_index_find_prefix(nil, index.pointer, $0) } == 0
    }

    func entry(_ path: [UInt8]) -> git_index_entry? {
        path.withCString { git_index_get_bypath(index.pointer, $0, 0) }?.pointee
    }

    /// The mode to record for a file: the index's where the file system has no executable bits.
    func mode(of path: [UInt8], _ status: stat) -> FileMode? {
        guard let mode = FileMode(status), mode.isRegular, !trustsExecutableBit else { return FileMode(status) }
        guard let known = entry(path).map({ FileMode(rawValue: $0.mode) }), known.isRegular else { return .file }
        return known
    }

    /// The blob that the index recorded for a file, if the file's status proves that it is untouched since.
    ///
    /// The change time counts, which a program cannot set back: a test that rewrites a file and restores its
    /// modification time is seen.
    func recordedBlob(of path: [UInt8], _ status: stat) -> ObjectID? {
        guard let entry = entry(path), entry.mode & UInt32(S_IFMT) == status.st_mode & S_IFMT,
            entry.file_size == UInt32(truncatingIfNeeded: status.st_size),
            entry.ino == UInt32(truncatingIfNeeded: status.st_ino), entry.uid == status.st_uid,
            entry.ctime == git_index_time(status.st_ctim), entry.mtime == git_index_time(status.st_mtim),
            (status.st_ctim.tv_sec, status.st_ctim.tv_nsec) < (written.tv_sec, written.tv_nsec)
        else { return nil }
        return ObjectID(entry.id)
    }

    /// Entries that a sparse checkout leaves out of the working tree.
    func skippedEntries() -> [TreeEntry] {
        (0..<git_index_entrycount(index.pointer)).compactMap { position in
            guard let entry = git_index_get_byindex(index.pointer, position)?.pointee,
                UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
            else { return nil }
            return TreeEntry(
                path: TreePath(bytes: [UInt8](cString: entry.path)), mode: FileMode(rawValue: entry.mode),
                id: ObjectID(entry.id))
        }
    }
}

extension git_index_time {
    init(_ time: timespec) {
        self.init(
            seconds: Int32(truncatingIfNeeded: time.tv_sec), nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec))
    }

    static func == (a: git_index_time, b: git_index_time) -> Bool {
        a.seconds == b.seconds && a.nanoseconds == b.nanoseconds
    }
}

/// A repository's ignore rules: `.gitignore` files, `info/exclude` and what the repository's configuration names.
struct IgnoreRules {
    /// Borrowed from a handle that outlives these rules.
    let repository: OpaquePointer

    /// A folder's path ends in a slash.
    func ignore(_ path: [UInt8]) throws(GitError) -> Bool {
        var ignored: Int32 = 0
        try LibGit2.check(
            path.withCString { git_ignore_path_is_ignored(&ignored, repository, $0) },
            "cannot apply the ignore rules to \(TreePath(bytes: path))")
        return ignored != 0
    }
}
