import CLibGit2
import Glibc

/// One file as it is: what git would store of it.
struct FileState: Sendable, Hashable {
    var content: [UInt8]
    var mode: FileMode
    /// The permission bits of a file on disk.
    var permissions: mode_t?
}

/// The files that a patch is applied to.
protocol PatchTarget: ~Copyable {
    /// The file at a path; nil where there is none, or a folder.
    func file(at path: TreePath) throws(GitError) -> FileState?
}

/// What applying a patch comes to. Nothing is written until every file has its new content.
struct FileChanges: Sendable {
    private(set) var written: [TreePath: FileState] = [:]
    /// Paths whose present file goes; one that is also written is replaced by a file of a patch's other part.
    private(set) var removed: Set<TreePath> = []
    /// Files that only fitted after a three-way merge.
    private(set) var merged: [TreePath] = []

    /// Works out the new content of every file of a patch.
    ///
    /// - Parameter bases: where the files that the patch was made from are looked for when a hunk does not fit and a
    ///   three-way merge has to decide.
    init(
        of patch: Patch, to target: borrowing some PatchTarget & ~Copyable, mergingFrom bases: borrowing ObjectDatabase
    ) throws(GitError) {
        removed = Set(patch.files.filter { !$0.keepsOldFile && $0.change != .modified }.map(\.oldPath))
        var conflicts: [PatchConflict] = []
        for file in patch.files {
            do throws(Conflicts) {
                try apply(file, to: target, bases)
            } catch {
                switch error {
                case .found(let found): conflicts += found
                case .failed(let error): throw error
                }
            }
        }
        guard conflicts.isEmpty else {
            let places = conflicts.count == 1 ? "one place" : "\(conflicts.count) places"
            throw GitError(
                .conflict, "the patch does not apply in \(places), first \(conflicts[0])", conflicts: conflicts)
        }
    }

    private enum Conflicts: Error {
        case found([PatchConflict])
        case failed(GitError)

        static func whole(_ path: TreePath, _ reason: String) -> Conflicts {
            .found([PatchConflict(path: path, hunk: nil, line: nil, reason: reason)])
        }
    }

    private mutating func apply(
        _ file: PatchedFile, to target: borrowing some PatchTarget & ~Copyable, _ bases: borrowing ObjectDatabase
    ) throws(Conflicts) {
        let old = file.change == .added ? nil : try Self.read(file.oldPath, target)
        if file.change != .added {
            guard let old else { throw .whole(file.oldPath, "there is no such file") }
            if let mode = file.oldMode, mode.isRegular != old.mode.isRegular {
                throw .whole(file.oldPath, old.mode.isRegular ? "it is not a symbolic link" : "it is a symbolic link")
            }
        }
        let content = try newContent(of: file, old?.content ?? [], bases)
        if file.change == .deleted {
            guard content.isEmpty else { throw .whole(file.oldPath, "it holds more than the patch deletes") }
            return
        }
        var new = FileState(content: content, mode: file.newMode ?? .file, permissions: old?.permissions)
        if let old, file.oldMode == file.newMode || file.newMode == nil { new.mode = old.mode }
        if file.change != .modified, !isFreed(file.newPath), let present = try Self.read(file.newPath, target) {
            // What is there already is no conflict where a merge would find both sides equal.
            guard present.content == new.content, present.mode == new.mode else {
                throw .whole(file.newPath, "it already exists")
            }
        }
        written[file.newPath] = new
    }

    /// Whether the patch itself removes the file at a path, or at a folder on the way to it.
    private func isFreed(_ path: TreePath) -> Bool {
        ([path] + path.folders).contains(where: removed.contains)
    }

    private static func read(
        _ path: TreePath, _ target: borrowing some PatchTarget & ~Copyable
    ) throws(Conflicts) -> FileState? {
        do { return try target.file(at: path) } catch { throw .failed(error) }
    }

    // MARK: - Content

    private mutating func newContent(
        of file: PatchedFile, _ old: [UInt8], _ bases: borrowing ObjectDatabase
    ) throws(Conflicts) -> [UInt8] {
        let name: ObjectID
        do { name = try ObjectDatabase.name(old) } catch { throw .failed(error) }
        let isBase = file.oldBlob.map { "\(name)".hasPrefix($0) } ?? false
        switch file.content {
        case .unchanged:
            // A whole empty file comes or goes; else only name or mode change.
            return old
        case .binary(let binary):
            guard file.change == .added || isBase else {
                throw .whole(file.oldPath, "the binary file is not the one that the patch was made from")
            }
            do {
                return try binary.apply(to: old, named: file.change == .deleted ? nil : file.newBlob)
            } catch { throw .whole(file.path, "its binary content is damaged: \(error)") }
        case .text(let hunks):
            do {
                return try HunkApplication.apply(hunks, to: old, exactly: isBase)
            } catch {
                guard file.change != .deleted,
                    let merged = try Self.merge(hunks, of: file, into: old, bases)
                else { throw .found(error.hunks.map { Self.conflict(file, $0, "it does not fit") }) }
                self.merged.append(file.newPath)
                return merged
            }
        }
    }

    private static func conflict(_ file: PatchedFile, _ hunk: Int, _ reason: String) -> PatchConflict {
        PatchConflict(path: file.oldPath, hunk: hunk + 1, line: file.hunks[hunk].oldStart, reason: reason)
    }

    /// Merges what the patch makes of its own base with the present file; nil where that base is not to be had.
    private static func merge(
        _ hunks: [Hunk], of file: PatchedFile, into present: [UInt8], _ bases: borrowing ObjectDatabase
    ) throws(Conflicts) -> [UInt8]? {
        do {
            guard let id = file.oldBlob.flatMap({ bases.find(prefix: $0) }) else { return nil }
            let base = try bases.blob(id)
            let theirs = { (hunks: [Hunk]) in try? HunkApplication.apply(hunks, to: base, exactly: true) }
            guard let all = theirs(hunks) else { return nil }
            if let merged = try mergeTexts(base: base, ours: present, theirs: all) { return merged }
            let misfits = try hunks.indices.filter { number throws(GitError) in
                guard let one = theirs([hunks[number]]) else { return true }
                return try mergeTexts(base: base, ours: present, theirs: one) == nil
            }
            let reason = "the file has changed in the same lines"
            // Where each fits alone, they clash with the present file only together.
            throw Conflicts.found((misfits.isEmpty ? Array(hunks.indices) : misfits).map { conflict(file, $0, reason) })
        } catch let error as GitError {
            throw .failed(error)
        } catch let error as Conflicts {
            throw error
        } catch { throw .failed(GitError(.library, "cannot merge \(file.path)", underlying: "\(error)")) }
    }

    /// A three-way merge of text; nil on conflict.
    private static func mergeTexts(base: [UInt8], ours: [UInt8], theirs: [UInt8]) throws(GitError) -> [UInt8]? {
        var result = git_merge_file_result()
        defer { git_merge_file_result_free(&result) }
        let status = base.withUnsafeBytes { base in
            ours.withUnsafeBytes { ours in
                theirs.withUnsafeBytes { theirs in
                    let inputs = [base, ours, theirs].map { side in
                        git_merge_file_input(
                            version: UInt32(GIT_MERGE_FILE_INPUT_VERSION),
                            ptr: side.assumingMemoryBound(to: CChar.self).baseAddress, size: side.count, path: nil,
                            mode: FileMode.file.rawValue)
                    }
                    return inputs.withUnsafeBufferPointer { inputs -> Int32 in
                        guard let first = inputs.baseAddress else { return -1 }
                        return git_merge_file(&result, first, first + 1, first + 2, nil)
                    }
                }
            }
        }
        try LibGit2.check(status, "cannot merge a file")
        guard result.automergeable != 0 else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: result.ptr, count: result.len))
    }
}
