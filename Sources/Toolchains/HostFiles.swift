import FoundationEssentials
import Glibc

/// Reading and writing on the host. What lies in an output folder was written by untrusted code: a link, a pipe or an
/// endless file there is refused, never followed.
enum HostFiles {
    /// At most `limit` bytes of a regular file.
    static func read(_ path: String, limit: Int) throws(ToolchainError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot read", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("cannot read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ToolchainError(.files, "cannot read \(path): it is not a regular file")
        }
        let size = min(Int(status.st_size), limit)
        var short = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress! + count, size - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { short = true }
                guard got > 0 else { break }
                count += got
            }
        }
        guard !short else { throw failure("cannot read", path) }
        return bytes
    }

    /// The start of a file as text; nil for one that cannot be read, where that says no more than its absence.
    static func text(_ path: String) -> String? {
        do {
            return String(decoding: try read(path, limit: 1 << 20), as: UTF8.self)
        } catch {
            return nil
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(ToolchainError) {
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw ToolchainError(.files, "cannot write \(path)", underlying: error)
        }
    }

    /// Paths of regular files below `directory`, relative to it and sorted; hidden folders and links are left out.
    static func list(_ directory: String, limit: Int = 20_000) -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast(), found.count < limit {
            guard let stream = opendir(directory + "/" + folder) else { continue }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                var status = stat()
                guard lstat(directory + "/" + path, &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR where !name.hasPrefix(".") && !ignored.contains(name): folders.append(path)
                case S_IFREG: found.append(path)
                default: break
                }
            }
        }
        return found.sorted()
    }

    private static let ignored: Set<String> = ["node_modules", "site-packages", "venv", "__pycache__", "build", "dist"]

    private static func failure(_ what: String, _ path: String) -> ToolchainError {
        ToolchainError(.files, "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}
