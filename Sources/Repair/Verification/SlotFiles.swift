import Glibc

/// Reads and writes files below one folder that untrusted programs have written in.
///
/// Every path component is opened without following symbolic links, so a program that replaced `src` by a link to the user's home
/// gains nothing: the access fails instead of landing outside.
package struct SlotFiles: Sendable {
    package let root: String

    package init(root: String) {
        self.root = root
    }

    /// The file's bytes; nil where there is no regular file at `path`.
    package func read(_ path: String) throws(SlotFileError) -> [UInt8]? {
        guard let folder = try openFolder(of: path, creating: false) else { return nil }
        defer { close(folder) }
        let file = openat(folder, Self.lastComponent(of: path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size))
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SlotFileError(path: path, action: "read", code: errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Replaces the file's content in place, keeping its mode; creates it, and its folders, where absent. Whatever stands there
    /// instead of a regular file (a link, a pipe) is removed first.
    package func write(_ bytes: [UInt8], to path: String) throws(SlotFileError) {
        guard let folder = try openFolder(of: path, creating: true) else {
            throw SlotFileError(path: path, action: "write", code: ENOENT)
        }
        defer { close(folder) }
        let name = Self.lastComponent(of: path)
        var status = stat()
        if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT != S_IFREG || status.st_nlink > 1
        {
            _ = unlinkat(folder, name, 0)
        }
        let file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw SlotFileError(path: path, action: "write", code: errno) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + written, bytes.count - written) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SlotFileError(path: path, action: "write", code: errno) }
            written += count
        }
    }

    /// The folder that holds `path`, opened component by component; nil where it does not exist and is not to be created.
    private func openFolder(of path: String, creating: Bool) throws(SlotFileError) -> Int32? {
        let components = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard !path.hasPrefix("/"), !components.contains(where: { $0.isEmpty || $0 == ".." || $0 == "." }) else {
            throw SlotFileError(path: path, action: "leave the worktree for", code: EINVAL)
        }
        var folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw SlotFileError(path: root, action: "open", code: errno) }
        for component in components {
            if creating { _ = mkdirat(folder, String(component), 0o755) }
            let next = openat(folder, String(component), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            let code = errno
            close(folder)
            guard next >= 0 else {
                if code == ENOENT && !creating { return nil }
                throw SlotFileError(path: path, action: "open the folder of", code: code)
            }
            folder = next
        }
        return folder
    }

    private static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// A file of a slot could not be reached.
package struct SlotFileError: Error, CustomStringConvertible {
    package let path: String
    package let action: String
    package let code: Int32

    package var description: String { "cannot \(action) \(path): \(String(cString: strerror(code)))" }
}
