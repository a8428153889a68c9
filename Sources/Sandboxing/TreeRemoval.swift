import Glibc

/// Removes a tree that a program made, whatever it did to be in the way: thousands of levels, folders that forbid
/// everything, names that are no text. Links are removed and never followed.
enum TreeRemoval {
    /// Removes the folder `path` and all below it; where there is none, nothing happens. Returns 0 or an errno.
    static func remove(_ path: String) -> CInt {
        guard let cursor = TreeCursor(path) else {
            if errno == ENOENT { return 0 }
            // A folder that forbids even its owner, or something that is none.
            guard errno == EACCES, chmod(path, 0o700) == 0, let opened = TreeCursor(path) else {
                return unlink(path) == 0 ? 0 : errno
            }
            return remove(opened, path)
        }
        return remove(cursor, path)
    }

    private static func remove(_ start: consuming TreeCursor, _ path: String) -> CInt {
        var cursor = start
        /// What is left to remove in the folder that the cursor is in and in those above it.
        var left: [[[UInt8]]] = []
        /// What the folders below the first are called.
        var names: [[UInt8]] = []
        guard let first = cursor.names() else { return errno }
        left.append(first)
        fchmod(cursor.descriptor, 0o700)
        while !left.isEmpty {
            if let name = left[left.count - 1].popLast() {
                if name.withCString({ unlinkat(cursor.descriptor, $0, 0) }) == 0 || errno == ENOENT { continue }
                if name.withCString({ unlinkat(cursor.descriptor, $0, AT_REMOVEDIR) }) == 0 { continue }
                guard [ENOTEMPTY, EEXIST, EACCES].contains(errno) else { return errno }
                guard enter(name, &cursor), let inside = cursor.names() else { return errno }
                left.append(inside)
                names.append(name)
            } else {
                left.removeLast()
                guard let name = names.popLast() else { break }
                guard cursor.ascend() else { return errno }
                guard name.withCString({ unlinkat(cursor.descriptor, $0, AT_REMOVEDIR) }) == 0 else { return errno }
            }
        }
        return rmdir(path) == 0 || errno == ENOENT ? 0 : errno
    }

    /// Opens the folder up where it forbids to be entered or changed, and enters it.
    private static func enter(_ name: [UInt8], _ cursor: inout TreeCursor) -> Bool {
        if let status = cursor.status(name), status.st_mode & 0o700 != 0o700 {
            guard cursor.setPermissions(name, 0o700) else { return false }
        }
        return cursor.descend(name)
    }
}
