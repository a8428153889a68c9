import CLibGit2
import Glibc

/// What kind of thing a tree entry is, in git's own octal numbers.
package struct FileMode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let file = FileMode(rawValue: 0o100644)
    package static let executable = FileMode(rawValue: 0o100755)
    package static let symbolicLink = FileMode(rawValue: 0o120000)
    /// A submodule's commit.
    package static let submodule = FileMode(rawValue: 0o160000)

    /// The mode that git records for a file of this status; nil for what git does not store.
    init?(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = status.st_mode & S_IXUSR != 0 ? .executable : .file
        case S_IFLNK: self = .symbolicLink
        default: return nil
        }
    }

    var isRegular: Bool { rawValue & UInt32(S_IFMT) == UInt32(S_IFREG) }
    var isExecutable: Bool { isRegular && rawValue & 0o100 != 0 }
    package var description: String { String(rawValue, radix: 8) }
}

/// One file of a tree, with its path from the root.
struct TreeEntry: Sendable, Hashable {
    var path: TreePath
    var mode: FileMode
    var id: ObjectID
}

/// Reads and writes the objects of one repository.
struct ObjectDatabase: ~Copyable {
    private let handle: Handle

    init(of repository: borrowing Handle) throws(GitError) {
        let pointer = repository.pointer
        handle = try Handle("cannot open the object database", freedBy: git_odb_free) {
            git_repository_odb(&$0, pointer)
        }
    }

    /// The bytes of a blob.
    func blob(_ id: ObjectID) throws(GitError) -> [UInt8] {
        var oid = id.oid
        let object = try Handle("cannot read object \(id)", freedBy: git_odb_object_free) { [handle = handle.pointer] in
            git_odb_read(&$0, handle, &oid)
        }
        guard git_odb_object_type(object.pointer) == GIT_OBJECT_BLOB else {
            throw GitError(.library, "object \(id) is not a blob")
        }
        return [UInt8](
            UnsafeRawBufferPointer(
                start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer)))
    }

    /// The one object whose name begins with these hexadecimal digits; nil where there is none, or more than one.
    func find(prefix: String) -> ObjectID? {
        var short = git_oid()
        var full = git_oid()
        guard (4...40).contains(prefix.utf8.count), git_oid_fromstrn(&short, prefix, prefix.utf8.count) == 0,
            git_odb_exists_prefix(&full, handle.pointer, &short, prefix.utf8.count) == 0
        else { return nil }
        return ObjectID(full)
    }

    func contains(_ id: ObjectID) -> Bool {
        var oid = id.oid
        return git_odb_exists_ext(handle.pointer, &oid, UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue)) == 1
    }

    /// The size of an object in bytes; nil where it is absent.
    func size(_ id: ObjectID) -> Int? {
        var oid = id.oid
        var size = 0
        var type = GIT_OBJECT_INVALID
        return git_odb_read_header(&size, &type, handle.pointer, &oid) == 0 ? size : nil
    }

    /// Stores an object unless it is there already, in this repository or in one that it borrows from.
    ///
    /// `git_odb_write` alone would touch the time stamp of an object that exists, in the user's repository too.
    @discardableResult
    func write(_ bytes: [UInt8], as type: git_object_t = GIT_OBJECT_BLOB) throws(GitError) -> ObjectID {
        let id = try Self.name(bytes, as: type)
        guard !contains(id) else { return id }
        var oid = git_oid()
        try LibGit2.check(
            bytes.withUnsafeBytes { git_odb_write(&oid, handle.pointer, $0.baseAddress, $0.count, type) },
            "cannot store an object of \(bytes.count) bytes; is the disk full?")
        return id
    }

    /// The name that an object has or would have.
    static func name(_ bytes: [UInt8], as type: git_object_t = GIT_OBJECT_BLOB) throws(GitError) -> ObjectID {
        var oid = git_oid()
        try LibGit2.check(
            bytes.withUnsafeBytes { git_odb_hash(&oid, $0.baseAddress, $0.count, type) }, "cannot name an object")
        return ObjectID(oid)
    }
}

// MARK: - Trees

extension ObjectDatabase {
    /// Writes the trees that hold `entries`, which are sorted by path, and gives the root.
    ///
    /// The trees are written as bytes, so that every name git itself can hold is kept. Sorted by whole path is sorted as
    /// git sorts a tree: a folder counts as if its name ended in `/`.
    func writeTree(_ entries: [TreeEntry]) throws(GitError) -> ObjectID {
        try writeTree(entries[...], depth: 0)
    }

    private func writeTree(_ entries: ArraySlice<TreeEntry>, depth: Int) throws(GitError) -> ObjectID {
        var tree: [UInt8] = []
        var rest = entries
        while let first = rest.first {
            let name = first.path.bytes[depth...].prefix { $0 != UInt8(ascii: "/") }
            let isFile = name.endIndex == first.path.bytes.endIndex
            let below =
                isFile ? rest.prefix(1) : rest.prefix { $0.path.bytes.starts(with: first.path.bytes[...name.endIndex]) }
            let id = isFile ? first.id : try writeTree(below, depth: name.endIndex + 1)
            tree += (isFile ? first.mode.description : "40000").utf8
            tree.append(UInt8(ascii: " "))
            tree += name
            tree.append(0)
            tree += id.bytes
            rest = rest.dropFirst(below.count)
        }
        return try write(tree, as: GIT_OBJECT_TREE)
    }

    /// Every file of a tree, sorted by path.
    func entries(ofTree id: ObjectID) throws(GitError) -> [TreeEntry] {
        var entries: [TreeEntry] = []
        try appendEntries(ofTree: id, under: [], to: &entries)
        return entries
    }

    private func appendEntries(
        ofTree id: ObjectID, under prefix: [UInt8], to entries: inout [TreeEntry]
    ) throws(GitError) {
        guard prefix.count < 1 << 14 else { throw GitError(.library, "tree \(id) is nested too deeply") }
        var oid = id.oid
        let object = try Handle("cannot read tree \(id)", freedBy: git_odb_object_free) { [handle = handle.pointer] in
            git_odb_read(&$0, handle, &oid)
        }
        let bytes = [UInt8](
            UnsafeRawBufferPointer(
                start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer)))
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let end = rest[space...].firstIndex(of: 0),
                let mode = UInt32(String(decoding: rest[..<space], as: UTF8.self), radix: 8), rest.endIndex - end > 20
            else { throw GitError(.library, "tree \(id) is damaged") }
            let path = prefix + rest[(space + 1)..<end]
            var child = git_oid()
            withUnsafeMutableBytes(of: &child) { $0.copyBytes(from: rest[(end + 1)...].prefix(20)) }
            if mode == UInt32(S_IFDIR) {
                try appendEntries(ofTree: ObjectID(child), under: path + [UInt8(ascii: "/")], to: &entries)
            } else {
                entries.append(
                    TreeEntry(path: TreePath(bytes: path), mode: FileMode(rawValue: mode), id: ObjectID(child)))
            }
            rest = rest[(end + 21)...]
        }
    }
}
