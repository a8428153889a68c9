import CLibGit2
import Glibc

extension Worktree {
    /// Takes the worktree back to its snapshot: restores what was changed or deleted, removes what was added.
    ///
    /// Files that are as they were keep their modification time.
    /// - Parameter keepIgnored: leaves ignored files, which are mostly build products, where they are.
    package func reset(keepIgnored: Bool = false) throws(GitError) {
        let repository = try open()
        let objects = try ObjectDatabase(of: repository)
        let root = try Directory(path: path)
        try restoreGitFile(in: root)

        let entries = try objects.entries(ofTree: snapshot.tree)
        var restoration = Restoration(tracked: try TrackedFiles(of: repository))
        try restoration.restore(entries[...], depth: 0, in: root, from: objects)
        if restoration.foundUnrecorded { try record(restoration.files) }

        // The rules are those of the snapshot, whose `.gitignore` files are back by now.
        let rules = keepIgnored ? IgnoreRules(repository: repository.pointer) : nil
        try Cleaning(of: entries, keeping: rules).clean(root, at: [])
    }

    private func restoreGitFile(in root: borrowing Directory) throws(GitError) {
        let name = Array(".git".utf8)
        if let status = try root.status(name), status.st_mode & S_IFMT == S_IFREG,
            try root.content(name, status) == gitFile
        {
            return
        }
        try root.remove(name)
        try root.create(name, content: gitFile, mode: .file)
    }
}

/// Brings every file of a tree back, touching only those that differ.
private struct Restoration: ~Copyable {
    let tracked: TrackedFiles
    /// Every file of the tree with its status on disk, for the index.
    private(set) var files: [(entry: TreeEntry, status: stat?)] = []
    /// Whether any file had to be read or written because the index did not vouch for it.
    private(set) var foundUnrecorded = false

    init(tracked: consuming TrackedFiles) { self.tracked = tracked }

    mutating func restore(
        _ entries: ArraySlice<TreeEntry>, depth: Int, in directory: borrowing Directory,
        from objects: borrowing ObjectDatabase
    ) throws(GitError) {
        var rest = entries
        while let first = rest.first {
            let name = Array(first.path.bytes[depth...].prefix { $0 != UInt8(ascii: "/") })
            let end = depth + name.count
            guard end < first.path.bytes.count else {
                try restore(first, name, in: directory, from: objects)
                rest = rest.dropFirst()
                continue
            }
            let below = rest.prefix { $0.path.bytes.starts(with: first.path.bytes[...end]) }
            let child = try directory.openOrReplace(name)
            try restore(below, depth: end + 1, in: child, from: objects)
            rest = rest.dropFirst(below.count)
        }
    }

    private mutating func restore(
        _ entry: TreeEntry, _ name: [UInt8], in directory: borrowing Directory,
        from objects: borrowing ObjectDatabase
    ) throws(GitError) {
        if let status = try directory.status(name), FileMode(status) == entry.mode {
            if tracked.recordedBlob(of: entry.path.bytes, status) == entry.id {
                files.append((entry, status))
                return
            }
            foundUnrecorded = true
            // A file that its owner may not read or write is not as it was.
            let usable = entry.mode == .symbolicLink || status.st_mode & 0o600 == 0o600
            if usable, try ObjectDatabase.name(directory.content(name, status)) == entry.id {
                files.append((entry, status))
                return
            }
        }
        foundUnrecorded = true
        try directory.remove(name)
        try directory.create(name, content: objects.blob(entry.id), mode: entry.mode)
        files.append((entry, try directory.status(name)))
    }
}

/// Removes what a tree does not hold.
private struct Cleaning {
    private let files: Set<TreePath>
    private let folders: Set<TreePath>
    private let kept: IgnoreRules?

    init(of entries: [TreeEntry], keeping kept: IgnoreRules?) {
        files = Set(entries.map(\.path))
        folders = Set(entries.flatMap(\.path.folders))
        self.kept = kept
    }

    func clean(_ directory: borrowing Directory, at folder: [UInt8]) throws(GitError) {
        if kept != nil { try directory.removeUnreadableIgnoreFile() }
        for name in try directory.names() {
            let path = folder + name
            if files.contains(TreePath(bytes: path)) || path.elementsEqual(".git".utf8) { continue }
            let below = path + [UInt8(ascii: "/")]
            guard let status = try directory.status(name) else { continue }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                if let kept, try kept.ignore(path) { continue }
                try directory.remove(name)
                continue
            }
            let holdsFiles = folders.contains(TreePath(bytes: path))
            if !holdsFiles {
                guard let kept else {
                    try directory.remove(name)
                    continue
                }
                if try kept.ignore(below) { continue }
            }
            let child = try directory.openOrReplace(name)
            try clean(child, at: below)
            // A folder of the snapshot's, or one that still holds ignored files, stays.
            if !holdsFiles, try child.names().isEmpty { try directory.remove(name) }
        }
    }
}

extension Directory {
    /// Opens the folder `name`, first making way for it and letting its owner in where need be.
    fileprivate func openOrReplace(_ name: [UInt8]) throws(GitError) -> Directory {
        guard let status = try status(name), status.st_mode & S_IFMT == S_IFDIR else {
            try remove(name)
            return try makeSubdirectory(name)
        }
        if status.st_mode & 0o700 != 0o700 {
            _ = name.withCString { fchmodat(descriptor, $0, status.st_mode & 0o7777 | 0o700, 0) }
        }
        return try makeSubdirectory(name)
    }

    fileprivate func removeUnreadableIgnoreFile() throws(GitError) {
        do {
            try requireReadableIgnoreFile()
        } catch {
            for name in [".gitignore", ".gitattributes"] { try remove(Array(name.utf8)) }
        }
    }
}
