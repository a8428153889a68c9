import CLibGit2

extension Repository {
    /// Commits a patch on top of HEAD to a branch of its own. The working tree, the index and HEAD stay as they are.
    ///
    /// - Parameters:
    ///   - branch: a new branch; one that exists is refused, unless `replacing` says otherwise, and always while it is
    ///     checked out.
    ///   - trailers: lines such as `Signed-off-by`, in order.
    ///   - run: as in `apply`.
    /// - Returns: the new commit.
    package func commit(
        _ patch: Patch, onBranch branch: String, author: Identity, message: String,
        trailers: [(key: String, value: String)] = [], replacing: Bool = false, mergingFrom run: RunRepository? = nil
    ) throws(GitError) -> ObjectID {
        let repository = try open()
        let name = "refs/heads/" + branch
        try requireUsable(branch, name, replacing: replacing, in: repository)

        let objects = try ObjectDatabase(of: repository)
        let parent = try head().commit
        var entries: [TreeEntry] = []
        if let parent { entries = try objects.entries(ofTree: treeOfCommit(parent, in: repository)) }
        let target = TreeTarget(entries, objects)
        let changes = try FileChanges(of: patch, to: target, mergingFrom: bases(run))
        let tree = try target.objects.writeTree(target.entries(after: changes))

        let commit = try writeCommit(
            Commit(
                tree: tree, parents: parent.map { [$0] } ?? [], author: author, seconds: nil,
                message: Commit.message(message, trailers: trailers)),
            in: repository)
        try LibGit2.check(
            git_repository_set_ident(repository.pointer, author.name, author.email), "\(author) is not a usable author")
        var oid = commit.oid
        _ = try Handle("cannot create the branch \(branch)", freedBy: git_reference_free) {
            [repository = repository.pointer] in
            git_reference_create(&$0, repository, name, &oid, replacing ? 1 : 0, "commit: \(branch)")
        }
        return commit
    }

    /// The name and address that the repository's own configuration gives; the user's global one is not read.
    package func configuredIdentity() throws(GitError) -> Identity? {
        let repository = try open()
        let config = try Handle("cannot read the configuration of \(gitDirectory)", freedBy: git_config_free) {
            [repository = repository.pointer] in git_repository_config_snapshot(&$0, repository)
        }
        func value(_ key: String) -> String? {
            var value: UnsafePointer<CChar>?
            return git_config_get_string(&value, config.pointer, key) == 0 ? value.map { String(cString: $0) } : nil
        }
        guard let name = value("user.name"), let email = value("user.email") else { return nil }
        return Identity(name: name, email: email)
    }

    /// Throws what `commit` would throw for a branch of this name, so that long work for it need not begin.
    package func requireUsable(branch: String) throws(GitError) {
        try requireUsable(branch, "refs/heads/" + branch, replacing: false, in: open())
    }

    private func requireUsable(
        _ branch: String, _ name: String, replacing: Bool, in repository: borrowing Handle
    ) throws(GitError) {
        var isValid: Int32 = 0
        guard git_branch_name_is_valid(&isValid, branch) == 0, isValid == 1 else {
            throw GitError(.invalidName, "\(branch) cannot name a branch")
        }
        if case .unborn(branch) = try head() {
            throw GitError(
                .branchExists, "the branch \(branch) is checked out, though it has no commit yet; name another")
        }
        var found: OpaquePointer?
        guard git_reference_lookup(&found, repository.pointer, name) == 0 else { return }
        defer { git_reference_free(found) }
        guard replacing else {
            throw GitError(.branchExists, "the branch \(branch) exists; name another, or ask for it to be replaced")
        }
        guard git_branch_is_checked_out(found) == 0 else {
            throw GitError(.branchExists, "the branch \(branch) is checked out; name another")
        }
    }
}

extension Commit {
    /// A message that ends in its trailers, each one line.
    static func message(_ text: String, trailers: [(key: String, value: String)]) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        let lines = trailers.map { "\($0.key): \(String($0.value.map { $0.isNewline ? " " : $0 }))\n" }
        return text + "\n" + (lines.isEmpty ? "" : "\n" + lines.joined())
    }
}

/// The files of a tree, as what a patch is applied to.
private struct TreeTarget: ~Copyable, PatchTarget {
    private let files: [TreePath: TreeEntry]
    let objects: ObjectDatabase

    init(_ entries: [TreeEntry], _ objects: consuming ObjectDatabase) {
        files = Dictionary(entries.map { ($0.path, $0) }) { first, _ in first }
        self.objects = objects
    }

    func file(at path: TreePath) throws(GitError) -> FileState? {
        guard let entry = files[path] else { return nil }
        guard entry.mode != .submodule else { throw GitError(.unsafePath, "\(path) is a submodule") }
        return FileState(content: try objects.blob(entry.id), mode: entry.mode)
    }

    /// The tree's files with the changes made, their contents stored.
    func entries(after changes: FileChanges) throws(GitError) -> [TreeEntry] {
        var files = files
        for path in changes.removed { files[path] = nil }
        for (path, file) in changes.written {
            files[path] = TreeEntry(path: path, mode: file.mode, id: try objects.write(file.content))
        }
        for path in changes.written.keys {
            for folder in path.folders where files[folder] != nil {
                throw GitError(.unsafePath, "\(path) lies below \(folder), which is no folder")
            }
        }
        let folders = Set(files.keys.flatMap(\.folders))
        if let folder = changes.written.keys.first(where: folders.contains) {
            throw GitError(.conflict, "\(folder) is a folder")
        }
        return files.values.sorted { $0.path < $1.path }
    }
}
