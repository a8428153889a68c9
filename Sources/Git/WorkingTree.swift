import Glibc

/// Files on disk below one root, read and changed without ever passing a symbolic link.
struct WorkingTree: ~Copyable, PatchTarget {
    private let root: Directory

    init(at path: String) throws(GitError) {
        root = try Directory(path: path)
    }

    func file(at path: TreePath) throws(GitError) -> FileState? {
        guard let parent = try parent(of: path) else { return nil }
        guard let status = try parent.folder.status(parent.name), let mode = FileMode(status) else { return nil }
        return FileState(
            content: try parent.folder.content(parent.name, status), mode: mode,
            permissions: mode.isRegular ? status.st_mode & 0o7777 : nil)
    }

    /// The folder that a path lies in, and its last name; nil where there is no such folder.
    private func parent(of path: TreePath) throws(GitError) -> Parent? {
        var names = path.bytes.split(separator: UInt8(ascii: "/")).map(Array.init)
        guard let last = names.popLast() else { return nil }
        var folder = try root.reopened()
        for name in names {
            guard let child = try folder.subdirectory(name) else {
                if let status = try folder.status(name), FileMode(status) == .symbolicLink {
                    throw GitError(.unsafePath, "\(path) lies behind the symbolic link \(folder.pathOf(name))")
                }
                return nil
            }
            try child.refuseOtherRepository(path)
            folder = child
        }
        return Parent(folder: folder, name: last)
    }

    /// As `parent(of:)`, making the folders that are missing.
    private func makeParent(of path: TreePath) throws(GitError) -> Parent {
        var names = path.bytes.split(separator: UInt8(ascii: "/")).map(Array.init)
        let last = names.popLast() ?? []
        var folder = try root.reopened()
        for name in names {
            let child = try folder.makeSubdirectory(name)
            try child.refuseOtherRepository(path)
            folder = child
        }
        return Parent(folder: folder, name: last)
    }

    // MARK: - Writing

    /// Makes all changes or, when one fails, none.
    ///
    /// New contents are written beside the tree's files first; then old files are set aside and new ones take their
    /// places, each by a rename, and each rename is taken back when a later one fails.
    func apply(_ changes: FileChanges) throws(GitError) {
        let stagingName = Array(".fettle-apply-\(getpid())-\(UInt32.random(in: 0 ... .max))".utf8)
        let staging = try root.makeSubdirectory(stagingName)
        var done: [Step] = []
        do throws(GitError) {
            let written = changes.written.sorted { $0.key < $1.key }
            for (number, (_, file)) in written.enumerated() {
                try staging.create(
                    Array("new-\(number)".utf8), content: file.content, mode: file.mode,
                    permissions: file.newPermissions)
            }
            for (number, path) in changes.removed.sorted().enumerated() {
                let name = Array("removed-\(number)".utf8)
                try setAside(path, as: name, in: staging, byLink: false)
                done.append(.setAside(path, name))
                try removeEmptyFolders(above: path)
            }
            for (number, (path, _)) in written.enumerated() {
                let parent = try makeParent(of: path)
                if let present = try parent.folder.status(parent.name) {
                    guard FileMode(present) != nil else {
                        throw GitError(
                            .conflict, "\(path) is in the way and no file; move it and apply the patch again")
                    }
                    let name = Array("replaced-\(number)".utf8)
                    try setAside(path, as: name, in: staging, byLink: true)
                    done.append(.setAside(path, name))
                } else {
                    done.append(.created(path))
                }
                try staging.move(Array("new-\(number)".utf8), to: parent.folder, as: parent.name)
            }
        } catch {
            for step in done.reversed() { try undo(step, from: staging) }
            try root.remove(stagingName)
            throw error
        }
        try root.remove(stagingName)
    }

    private enum Step {
        case setAside(TreePath, [UInt8])
        case created(TreePath)
    }

    private func undo(_ step: Step, from staging: borrowing Directory) throws(GitError) {
        switch step {
        case .setAside(let path, let name):
            let parent = try makeParent(of: path)
            try staging.move(name, to: parent.folder, as: parent.name)
        case .created(let path):
            guard let parent = try parent(of: path) else { return }
            try parent.folder.remove(parent.name)
            try removeEmptyFolders(above: path)
        }
    }

    /// Keeps the present file in `staging`: as a second link, so that its place is never empty, or by moving it there.
    private func setAside(
        _ path: TreePath, as name: [UInt8], in staging: borrowing Directory, byLink: Bool
    ) throws(GitError) {
        guard let parent = try parent(of: path) else {
            throw GitError(.conflict, "\(path) went away while the patch was applied")
        }
        if byLink, parent.folder.link(parent.name, to: staging, as: name) { return }
        try parent.folder.move(parent.name, to: staging, as: name)
    }

    private func removeEmptyFolders(above path: TreePath) throws(GitError) {
        var path = path
        while let slash = path.bytes.lastIndex(of: UInt8(ascii: "/")) {
            path = TreePath(bytes: path.bytes[..<slash])
            guard let parent = try parent(of: path), parent.folder.removeEmptyFolder(parent.name) else { return }
        }
    }
}

/// A folder and a name in it.
private struct Parent: ~Copyable {
    let folder: Directory
    let name: [UInt8]
}

extension FileState {
    /// What `chmod` should give the new file; nil to leave it to the umask.
    fileprivate var newPermissions: mode_t? {
        guard mode.isRegular, let permissions else { return nil }
        if mode.isExecutable {
            // Whoever may read it may run it, where nobody could before.
            return permissions & 0o100 != 0 ? permissions : permissions | (permissions & 0o444) >> 2
        }
        return permissions & ~0o111
    }
}

extension Directory {
    fileprivate func refuseOtherRepository(_ path: TreePath) throws(GitError) {
        guard try status(Array(".git".utf8)) == nil else {
            throw GitError(.unsafePath, "\(path) belongs to another repository, in \(self.path)")
        }
    }
}
