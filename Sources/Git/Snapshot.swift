import CLibGit2
import Glibc

/// What a run starts from: HEAD with the user's uncommitted and untracked changes, as a commit of the run's repository.
///
/// The files are the bytes of the working tree: no filter and no line-ending conversion has touched them.
package struct Snapshot: Sendable, Hashable, Codable, CustomStringConvertible {
    package let commit: ObjectID
    package let tree: ObjectID
    /// The user's HEAD at that moment.
    package let head: Head
    /// Whether the files differ from HEAD's.
    package let hasLocalChanges: Bool
    /// Folders whose files belong to a submodule. They are there so that tests run; a patch may not touch them.
    package let submodulePaths: [TreePath]
    /// What was found and not taken: nested repositories that are not submodules, submodules that are not checked out,
    /// unreadable untracked files, and sockets, pipes and devices.
    package let leftOut: [TreePath]

    package var description: String {
        let base =
            switch head {
            case .branch(let name, let commit): "\(name) at \(commit.description.prefix(10))"
            case .detached(let commit): "\(commit.description.prefix(10))"
            case .unborn(let branch): "\(branch), which has no commit yet,"
            }
        return hasLocalChanges ? base + " with local changes" : base
    }
}

extension RunRepository {
    /// Captures the user's files as they are now. Reads the user's repository, writes only this one.
    package func snapshot() throws(GitError) -> Snapshot {
        let head = try origin.head()
        let user = try origin.open()
        let own = try open()
        let objects = try ObjectDatabase(of: own)
        try copyExcludes(of: user)

        var headTree: ObjectID?
        if let commit = head.commit { headTree = try treeOfCommit(commit, in: own) }
        let tree: ObjectID
        var submodulePaths: [TreePath] = []
        var leftOut: [TreePath] = []
        if let workingDirectory = origin.workingDirectory {
            var scan = try WorkingTreeScan(user)
            try scan.scan(Directory(path: workingDirectory), into: objects)
            tree = try objects.writeTree(scan.entries)
            submodulePaths = scan.submodulePaths
            leftOut = scan.leftOut
        } else {
            let entries = try headTree.map { id throws(GitError) in try objects.entries(ofTree: id) } ?? []
            leftOut = entries.filter { $0.mode == .submodule }.map(\.path)
            tree = try objects.writeTree(entries.filter { $0.mode != .submodule })
        }
        let commit = try writeCommit(
            Commit(
                tree: tree, parents: head.commit.map { [$0] } ?? [],
                author: Identity(name: "Fettle", email: "fettle@localhost"),
                seconds: 0, message: "Snapshot of the working tree\n"),
            in: own)
        return Snapshot(
            commit: commit, tree: tree, head: head, hasLocalChanges: tree != headTree, submodulePaths: submodulePaths,
            leftOut: leftOut)
    }

    /// Makes the run's worktrees ignore what the user's own, unversioned rules ignore.
    private func copyExcludes(of user: borrowing Handle) throws(GitError) {
        let config = try Handle("cannot read the repository's configuration", freedBy: git_config_free) {
            [user = user.pointer] in git_repository_config_snapshot(&$0, user)
        }
        var named = git_buf()
        defer { git_buf_dispose(&named) }
        var sources = [origin.commonDirectory + "/info/exclude"]
        if git_config_get_path(&named, config.pointer, "core.excludesfile") == 0, let path = named.ptr {
            sources.insert(String(cString: path), at: 0)
        }
        var rules: [UInt8] = []
        for source in sources {
            guard let folder = try? Directory(path: source.parentFolder) else { continue }
            let name = Array(source.utf8.suffix(while: { $0 != UInt8(ascii: "/") }))
            guard let status = try folder.status(name), status.st_mode & S_IFMT == S_IFREG else { continue }
            rules += try folder.content(name, status) + [UInt8(ascii: "\n")]
        }
        let info = try Directory(path: gitDirectory + "/info")
        try info.remove(Array("exclude".utf8))
        try info.create(Array("exclude".utf8), content: rules, mode: .file)
    }
}

extension BidirectionalCollection {
    fileprivate func suffix(while belongs: (Element) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex, belongs(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}
