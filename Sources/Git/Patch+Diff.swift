import CLibGit2

extension Patch {
    /// Compares two trees, finding renames.
    init(from old: ObjectID, to new: ObjectID, in repository: borrowing Handle) throws(GitError) {
        if old == new {
            self.init(files: [])
            return
        }
        let repository = repository.pointer
        var (oldID, newID) = (old.oid, new.oid)
        let oldTree = try Handle("cannot read tree \(old)", freedBy: git_tree_free) {
            git_tree_lookup(&$0, repository, &oldID)
        }
        let newTree = try Handle("cannot read tree \(new)", freedBy: git_tree_free) {
            git_tree_lookup(&$0, repository, &newID)
        }
        var options = git_diff_options()
        git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
        options.flags = GIT_DIFF_SHOW_BINARY.rawValue
        options.id_abbrev = 40
        let diff = try Handle("cannot compare two trees", freedBy: git_diff_free) {
            git_diff_tree_to_tree(&$0, repository, oldTree.pointer, newTree.pointer, &options)
        }
        var finding = git_diff_find_options()
        git_diff_find_options_init(&finding, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION))
        finding.flags = GIT_DIFF_FIND_RENAMES.rawValue
        try LibGit2.check(git_diff_find_similar(diff.pointer, &finding), "cannot find renamed files")

        var files: [PatchedFile] = []
        for number in 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = git_diff_get_delta(diff.pointer, number)?.pointee else { continue }
            var file = PatchedFile(delta)
            file.content = try Self.content(number, of: diff)
            files.append(file)
        }
        // A file that gives way to a link is deleted first, which `git apply` insists on.
        let ordered = files.filter { $0.change == .deleted } + files.filter { $0.change != .deleted }
        try self.init(parsing: ordered.flatMap(\.rendered))
    }

    /// What libgit2 prints below the headers of one file.
    private static func content(_ number: Int, of diff: borrowing Handle) throws(GitError) -> PatchedFile.Content {
        let diff = diff.pointer
        let patch = try Handle("cannot compare a file", freedBy: git_patch_free) {
            git_patch_from_diff(&$0, diff, number)
        }
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        try LibGit2.check(git_patch_to_buf(&buffer, patch.pointer), "cannot write a file's changes")
        var parser = PatchParser([UInt8](UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size)))
        return try parser.parseContent()
    }
}

extension PatchedFile {
    /// The headers of libgit2's description of one changed file.
    fileprivate init(_ delta: git_diff_delta) {
        let change: Change =
            switch delta.status {
            case GIT_DELTA_ADDED: .added
            case GIT_DELTA_DELETED: .deleted
            case GIT_DELTA_RENAMED: .renamed(similarity: Int(delta.similarity))
            case GIT_DELTA_COPIED: .copied(similarity: Int(delta.similarity))
            default: .modified
            }
        self.init(
            change: change,
            oldPath: TreePath(bytes: [UInt8](cString: delta.old_file.path)),
            newPath: TreePath(bytes: [UInt8](cString: delta.new_file.path)),
            oldMode: change == .added ? nil : FileMode(rawValue: UInt32(delta.old_file.mode)),
            newMode: change == .deleted ? nil : FileMode(rawValue: UInt32(delta.new_file.mode)),
            oldBlob: "\(ObjectID(delta.old_file.id))", newBlob: "\(ObjectID(delta.new_file.id))", content: .unchanged)
    }
}
