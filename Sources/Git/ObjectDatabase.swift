import CLibGit2

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
    func blob(_ id: ObjectID) throws(GitError) -> [UInt8] { try bytes(of: id, GIT_OBJECT_BLOB) }

    /// The bytes of an object, which must be of this type.
    func bytes(of id: ObjectID, _ type: git_object_t) throws(GitError) -> [UInt8] {
        var oid = id.oid
        let object = try Handle("cannot read object \(id)", freedBy: git_odb_object_free) { [handle = handle.pointer] in
            git_odb_read(&$0, handle, &oid)
        }
        guard git_odb_object_type(object.pointer) == type else {
            throw GitError(.library, "object \(id) is not of the type it is named as")
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
