extension PatchParser {
    func validate(_ file: inout PatchedFile, at line: Int) throws(GitError) {
        for path in [file.oldPath, file.newPath] {
            if let danger = path.danger {
                throw GitError(.unsafePath, "line \(line + 1) of the patch: \(path): \(danger)")
            }
        }
        if !file.change.isMove, file.oldPath != file.newPath { throw malformed("the two names differ", at: line) }
        if file.change.isMove, file.oldPath == file.newPath { throw malformed("a file is moved onto itself", at: line) }
        if case .modified = file.change, case .unchanged = file.content, file.oldMode == file.newMode {
            throw malformed("nothing happens to \(file.path)", at: line)
        }
        for hunk in file.hunks {
            if file.change == .added, hunk.oldCount > 0 { throw malformed("a new file has old lines", at: line) }
            if file.change == .deleted, hunk.newCount > 0 { throw malformed("a deleted file has new lines", at: line) }
        }
    }

    /// Each path is written once and taken away once, so that the order of the files says nothing.
    func validatePaths(of files: [PatchedFile]) throws(GitError) {
        var written: Set<TreePath> = []
        var removed: Set<TreePath> = []
        for file in files {
            if file.change != .deleted, !written.insert(file.newPath).inserted {
                throw GitError(.malformedPatch, "the patch changes \(file.newPath) twice")
            }
            if !file.keepsOldFile, !removed.insert(file.oldPath).inserted {
                throw GitError(.malformedPatch, "the patch changes \(file.oldPath) twice")
            }
        }
        for path in written {
            if let folder = path.folders.first(where: written.contains) {
                throw GitError(.unsafePath, "the patch makes \(folder) both a file and a folder")
            }
        }
    }
}
