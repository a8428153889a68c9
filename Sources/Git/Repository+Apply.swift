/// What applying a patch did.
package struct AppliedPatch: Sendable, Hashable, Codable {
    /// Every file that was written or removed.
    package let changed: [TreePath]
    /// Those that had changed since the patch was made, so that a three-way merge had to fit it in.
    package let merged: [TreePath]

    init(_ changes: FileChanges) {
        changed = Set(changes.written.keys).union(changes.removed).sorted()
        merged = changes.merged.sorted()
    }
}

extension Repository {
    /// Applies a patch to the user's working tree, all of it or nothing. The index and HEAD stay as they are.
    ///
    /// Each hunk must fit; where one does not, the file the patch was made from, if it can be found, is merged with the
    /// present one. Throws `.conflict` with every hunk that does not fit, and `.unsafePath` for a path behind a
    /// symbolic link or in another repository.
    /// - Parameter run: where files of a snapshot are found that the user's own repository does not hold.
    package func apply(_ patch: Patch, mergingFrom run: RunRepository? = nil) throws(GitError) -> AppliedPatch {
        guard let workingDirectory else {
            throw GitError(
                .unsupportedRepository, "\(gitDirectory) is bare, it has no working tree; name a branch instead")
        }
        return try applyPatch(patch, to: workingDirectory, mergingFrom: bases(run))
    }

    /// Where the files that a patch was made from are looked for. A run's repository borrows the user's objects.
    func bases(_ run: RunRepository?) throws(GitError) -> ObjectDatabase {
        if let run { return try ObjectDatabase(of: run.open()) }
        return try ObjectDatabase(of: open())
    }
}

extension Worktree {
    /// Applies a patch to this worktree, all of it or nothing, as `Repository.apply` does.
    @discardableResult
    package func apply(_ patch: Patch) throws(GitError) -> AppliedPatch {
        try applyPatch(patch, to: path, mergingFrom: ObjectDatabase(of: open()))
    }
}

private func applyPatch(
    _ patch: Patch, to path: String, mergingFrom bases: borrowing ObjectDatabase
) throws(GitError) -> AppliedPatch {
    let tree = try WorkingTree(at: path)
    let changes = try FileChanges(of: patch, to: tree, mergingFrom: bases)
    try tree.apply(changes)
    return AppliedPatch(changes)
}
