import CLauncher
import Glibc

/// Small files of the host, read and written whole.
enum HostFile {
    /// The file's text with UTF-8 repairs, at most 16 MiB; nil with `errno` set where it cannot be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < 16 << 20 {
            let chunk = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
                count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
            }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Replaces the file in one step, so that a reader never sees half of it. False with `errno` set on failure.
    static func replace(_ path: String, with text: String) -> Bool {
        let draft = "\(path).\(getpid())-\(UInt32.random(in: .min ... .max))"
        guard write(text, to: draft, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW) else { return false }
        guard rename(draft, path) == 0 else {
            unlink(draft)
            return false
        }
        return true
    }

    /// Writes into a file that exists, as control groups have them.
    static func write(_ text: String, into path: String) -> Bool {
        write(text, to: path, flags: O_WRONLY | O_CLOEXEC)
    }

    private static func write(_ text: String, to path: String, flags: CInt) -> Bool {
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var text = text
        return text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count }
    }

    /// Copies a file of at most a mebibyte, readable by its owner alone. False where it is something else.
    static func copySmall(_ path: String, to copy: String) -> Bool {
        let source = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard source >= 0 else { return false }
        defer { close(source) }
        var status = stat()
        guard fstat(source, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1 << 20 else {
            return false
        }
        let target = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, status.st_mode & 0o700)
        guard target >= 0 else { return false }
        defer { close(target) }
        var left = Int(status.st_size)
        while left > 0 {
            let count = sendfile(target, source, nil, left)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count == 0 }
            left -= count
        }
        return true
    }

    enum Kind {
        case file
        case directory
        case link(to: String)
        case other
    }

    /// What stands at a path, links not followed; nil where there is nothing to be seen.
    static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        case S_IFLNK: return linkTarget(path).map(Kind.link(to:))
        default: return .other
        }
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether its file system can show a folder with another owner (idmapped mounts): overlayfs, which containers have
    /// as their root, cannot.
    static func mapsOwners(_ path: String) -> Bool {
        fettle_maps_owners(path) != 0
    }

    /// A file, no folder, that everyone may read.
    static func isReadableByAll(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o4 != 0
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The absolute path without links; nil where it does not exist.
    static func resolved(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    /// The names in a directory, sorted; empty where it cannot be read.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a directory and those above it, private to the user. False with `errno` set on failure.
    static func makeDirectories(_ path: String) -> Bool {
        if mkdir(path, 0o700) == 0 || (errno == EEXIST && isDirectory(path)) { return true }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return false }
        guard makeDirectories(String(path[..<slash])) else { return false }
        return mkdir(path, 0o700) == 0 || errno == EEXIST
    }

    private static func linkTarget(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let length = readlink(path, start, buffer.count)
            return length < 0
                ? nil : String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
        }
    }
}
