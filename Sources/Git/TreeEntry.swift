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
