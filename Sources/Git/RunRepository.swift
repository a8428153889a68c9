import CLibGit2
import Glibc

/// The private repository of one run: it borrows the user's objects and takes everything the run writes.
///
///     let run = try RunRepository(creatingAt: folder, for: repository)
///     let snapshot = try run.snapshot()
///     let worktree = try run.addWorktree(named: "slot-1", at: snapshot)
///     …
///     try run.remove()
///
/// The user may work on meanwhile; only objects that `git gc --prune=now` takes away can be missed later.
/// Two runs share nothing, so they never disturb each other. One run's worktrees may be used from several threads, each
/// worktree from one at a time.
package struct RunRepository: Sendable, Hashable {
    /// The folder that holds all of it: `repository.git` and `worktrees/`.
    package let path: String
    /// The user's repository.
    package let origin: Repository

    var gitDirectory: String { path + "/repository.git" }
    private var worktreesFolder: String { path + "/worktrees" }

    /// Creates the folder `path`, which must not exist or be empty; its parent must exist.
    package init(creatingAt path: String, for origin: Repository) throws(GitError) {
        guard path.hasPrefix("/") else { throw GitError(.invalidName, "\(path) must be an absolute path") }
        self.path = path.withoutTrailingSlash
        self.origin = origin
        try makeFolder(self.path)
        try makeFolder(worktreesFolder)

        var options = git_repository_init_options()
        git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
        options.flags =
            GIT_REPOSITORY_INIT_BARE.rawValue | GIT_REPOSITORY_INIT_MKDIR.rawValue
            | GIT_REPOSITORY_INIT_NO_REINIT.rawValue
        let repository = try Handle("cannot create \(gitDirectory)", freedBy: git_repository_free) { [gitDirectory] in
            git_repository_init_ext(&$0, gitDirectory, &options)
        }
        try configure(repository)
        try makeFolder(gitDirectory + "/info")
        // Above every `.gitattributes`: files pass as they are, and text is told from binary by its bytes.
        try replace(
            "attributes", in: gitDirectory + "/info",
            with: "* -text !eol -ident !filter !working-tree-encoding !diff !merge !whitespace\n")
        let directories = try origin.objectDirectories()
        guard directories.allSatisfy({ !$0.contains("\n") }) else {
            throw GitError(.invalidName, "\(origin.commonDirectory) has a line break in its path; move the repository")
        }
        try makeFolder(gitDirectory + "/objects/info")
        try replace(
            "alternates", in: gitDirectory + "/objects/info", with: directories.map { $0 + "\n" }.joined())
    }

    /// Opens what an earlier process created.
    package init(openingAt path: String, for origin: Repository) throws(GitError) {
        self.path = path.withoutTrailingSlash
        self.origin = origin
        _ = try open()
    }

    func open() throws(GitError) -> Handle {
        try Repository.open(gitDirectory, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
    }

    private func configure(_ repository: borrowing Handle) throws(GitError) {
        let config = try Handle("cannot configure \(gitDirectory)", freedBy: git_config_free) {
            [repository = repository.pointer] in git_repository_config(&$0, repository)
        }
        // Every name that the user's file system holds is taken as it is.
        for key in ["core.protectntfs", "core.protecthfs", "core.autocrlf", "core.logallrefupdates"] {
            try LibGit2.check(git_config_set_bool(config.pointer, key, 0), "cannot configure \(gitDirectory)")
        }
    }

    /// Removes the folder and everything in it, whatever its permissions. Nothing there is no error.
    package func remove() throws(GitError) {
        try Self.remove(at: path)
    }

    /// Removes a run's folder by its path, for leftovers whose user repository may be gone.
    package static func remove(at path: String) throws(GitError) {
        try removeTree(at: path)
    }

    // MARK: - Worktrees

    /// Checks the snapshot out into a new worktree, byte for byte.
    ///
    /// - Parameter name: letters, digits, `.`, `_` and `-`; not in use.
    package func addWorktree(named name: String, at snapshot: Snapshot) throws(GitError) -> Worktree {
        try addWorktree(named: name, at: snapshot, strategy: GIT_CHECKOUT_FORCE)
    }

    /// Copies a worktree with everything in it, build products and modification times included, so that a build tool
    /// finds its work done.
    package func duplicate(_ worktree: Worktree, named name: String) throws(GitError) -> Worktree {
        let copy = try addWorktree(named: name, at: worktree.snapshot, strategy: GIT_CHECKOUT_NONE)
        try worktree.copyFiles(to: copy)
        return copy
    }

    private func addWorktree(
        named name: String, at snapshot: Snapshot, strategy: git_checkout_strategy_t
    ) throws(GitError) -> Worktree {
        let allowed = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
        }
        guard allowed, !name.isEmpty, !name.hasPrefix("."), !name.hasSuffix(".lock"), !name.contains("..") else {
            throw GitError(.invalidName, "\(name) cannot name a worktree; use letters, digits, - and _")
        }
        let worktree = Worktree(
            name: name, path: worktreesFolder + "/" + name, repositoryDirectory: gitDirectory, snapshot: snapshot)
        let repository = try open()
        let branch = try makeBranch(name, at: snapshot.commit, in: repository)
        var options = git_worktree_add_options()
        git_worktree_add_options_init(&options, UInt32(GIT_WORKTREE_ADD_OPTIONS_VERSION))
        options.ref = branch.pointer
        options.checkout_options.checkout_strategy = strategy.rawValue
        options.checkout_options.disable_filters = 1
        _ = try Handle("cannot add the worktree \(worktree.path)", freedBy: git_worktree_free) {
            [repository = repository.pointer] in git_worktree_add(&$0, repository, name, worktree.path, &options)
        }
        return worktree
    }

    private func makeBranch(
        _ name: String, at commit: ObjectID, in repository: borrowing Handle
    ) throws(GitError) -> Handle {
        let repository = repository.pointer
        var oid = commit.oid
        return try Handle("cannot name a worktree \(name)", freedBy: git_reference_free) {
            git_reference_create(&$0, repository, "refs/heads/" + name, &oid, 0, nil)
        }
    }
}

/// Makes a folder; one that exists will do.
private func makeFolder(_ path: String) throws(GitError) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .system("cannot create the folder \(path)") }
}

/// Writes a small file anew.
private func replace(_ name: String, in folder: String, with text: String) throws(GitError) {
    let folder = try Directory(path: folder)
    try folder.remove(Array(name.utf8))
    try folder.create(Array(name.utf8), content: Array(text.utf8), mode: .file)
}
