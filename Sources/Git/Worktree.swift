import CLibGit2
import Glibc

/// A checkout of a run's snapshot, where candidates are applied, built and tested.
///
/// What lies in it may be the work of an untrusted program: nothing here follows a link, or believes the `.git` file.
package struct Worktree: Sendable, Hashable {
    package let name: String
    /// Its root, absolute.
    package let path: String
    /// What it was checked out from and is reset to.
    package let snapshot: Snapshot
    private let repositoryDirectory: String

    init(name: String, path: String, repositoryDirectory: String, snapshot: Snapshot) {
        self.name = name
        self.path = path
        self.repositoryDirectory = repositoryDirectory
        self.snapshot = snapshot
    }

    private var administrativeDirectory: String { repositoryDirectory + "/worktrees/" + name }
    /// The content of the `.git` file, as libgit2 writes it.
    var gitFile: [UInt8] { Array("gitdir: \(administrativeDirectory)/\n".utf8) }

    /// Opens the worktree's side of the repository, not by its `.git` file, which a program could have replaced.
    func open() throws(GitError) -> Handle {
        try Repository.open(administrativeDirectory, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
    }

    /// What changed since the snapshot: edits, deletions, modes, and new files unless they are ignored.
    package func diff() throws(GitError) -> Patch {
        let repository = try open()
        let objects = try ObjectDatabase(of: repository)
        var scan = try WorkingTreeScan(open(), recordsRawBytes: true)
        try scan.scan(Directory(path: path), into: objects)
        let tree = try objects.writeTree(scan.entries)
        return try Patch(from: snapshot.tree, to: tree, in: repository)
    }

    /// Removes the worktree's files and its place in the run's repository.
    package func remove() throws(GitError) {
        try removeTree(at: path)
        try removeTree(at: administrativeDirectory)
        let repository = try Repository.open(repositoryDirectory, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
        let status = git_reference_remove(repository.pointer, "refs/heads/" + name)
        if status != GIT_ENOTFOUND.rawValue { try LibGit2.check(status, "cannot remove the branch \(name)") }
    }

    /// Records the snapshot's files in the index, and their status, so that the next look at them need not read those
    /// that stay untouched. A file without a status is one to be read.
    func record(_ files: [(entry: TreeEntry, status: stat?)]) throws(GitError) {
        let repository = try open()
        let index = try Handle("cannot open the index of \(name)", freedBy: git_index_free) {
            [repository = repository.pointer] in git_repository_index(&$0, repository)
        }
        try LibGit2.check(git_index_clear(index.pointer), "cannot clear the index of \(name)")
        for (entry, status) in files {
            var recorded = git_index_entry()
            if let status { recorded.fill(from: status) }
            recorded.mode = entry.mode.rawValue
            recorded.id = entry.id.oid
            let added = entry.path.bytes.withCString { path in
                recorded.path = path
                return git_index_add(index.pointer, &recorded)
            }
            try LibGit2.check(added, "cannot record \(entry.path)")
        }
        try LibGit2.check(git_index_write(index.pointer), "cannot write the index of \(name); is the disk full?")
    }
}

extension git_index_entry {
    fileprivate mutating func fill(from status: stat) {
        ctime = git_index_time(status.st_ctim)
        mtime = git_index_time(status.st_mtim)
        dev = UInt32(truncatingIfNeeded: status.st_dev)
        ino = UInt32(truncatingIfNeeded: status.st_ino)
        uid = status.st_uid
        gid = status.st_gid
        file_size = UInt32(truncatingIfNeeded: status.st_size)
    }
}
