import CLibGit2

extension BinaryChange {
    /// Decodes the change and applies it.
    ///
    /// libgit2 knows the encoding, but only gives whole trees: the file is put into a repository in memory, patched
    /// there, and taken out again.
    /// - Parameter newBlob: the name that the result must have, where it is given in full.
    func apply(to content: [UInt8], named newBlob: String?) throws(GitError) -> [UInt8] {
        let repository = try Self.makeRepositoryInMemory()
        let objects = try ObjectDatabase(of: repository)
        let old = try objects.write(content)
        let entry = TreeEntry(path: "file", mode: .file, id: old)
        var treeID = try objects.writeTree([entry]).oid
        let pointer = repository.pointer
        let tree = try Handle("cannot read a tree", freedBy: git_tree_free) { git_tree_lookup(&$0, pointer, &treeID) }

        // The names only have to differ: libgit2 compares contents, and the result's name is checked below.
        let new = old.bytes[0] == 0 ? String(repeating: "1", count: 40) : String(repeating: "0", count: 39) + "1"
        let text = "diff --git a/file b/file\nindex \(old)..\(new) 100644\nGIT binary patch\n"
        let patch = Array(text.utf8) + encoded
        let diff = try Handle("cannot read a binary patch", freedBy: git_diff_free) { diff in
            patch.withUnsafeBytes {
                git_diff_from_buffer(&diff, $0.assumingMemoryBound(to: CChar.self).baseAddress, $0.count)
            }
        }
        let index = try Handle("cannot apply a binary patch", freedBy: git_index_free) {
            git_apply_to_tree(&$0, pointer, tree.pointer, diff.pointer, nil)
        }
        guard let found = git_index_get_bypath(index.pointer, "file", 0) else {
            throw GitError(.malformedPatch, "a binary patch that leaves no file")
        }
        let id = ObjectID(found.pointee.id)
        if let newBlob, newBlob.utf8.count == 40, ObjectID(newBlob) != id {
            throw GitError(.malformedPatch, "the result is not what the patch names")
        }
        return try objects.blob(id)
    }

    private static func makeRepositoryInMemory() throws(GitError) -> Handle {
        let what = "cannot make a repository in memory"
        let objects = try Handle(what, freedBy: git_odb_free) { git_odb_new(&$0) }
        var backend: UnsafeMutablePointer<git_odb_backend>?
        try LibGit2.check(git_mempack_new(&backend), what)
        // The database owns the backend from here on.
        try LibGit2.check(git_odb_add_backend(objects.pointer, backend, 1), what)
        return try Handle(what, freedBy: git_repository_free) { [objects = objects.pointer] in
            git_repository_wrap_odb(&$0, objects)
        }
    }
}
