import CLibGit2
import Glibc

extension Worktree {
    /// Copies every file, ignored ones included, into a worktree that is empty so far.
    func copyFiles(to copy: Worktree) throws(GitError) {
        let source = try Directory(path: path)
        let target = try Directory(path: copy.path)
        let repository = try open()
        var copying = Copying(tracked: try TrackedFiles(of: repository))
        try copying.copy(source, to: target, at: [])
        let entries = try ObjectDatabase(of: repository).entries(ofTree: snapshot.tree)
        try copy.record(entries.map { ($0, copying.untouched[$0.path]) })
    }
}

private struct Copying: ~Copyable {
    let tracked: TrackedFiles
    /// The status of the copies of files that the source's index vouches for.
    private(set) var untouched: [TreePath: stat] = [:]

    init(tracked: consuming TrackedFiles) { self.tracked = tracked }

    mutating func copy(
        _ source: borrowing Directory, to target: borrowing Directory, at folder: [UInt8]
    ) throws(GitError) {
        for name in try source.names() where !(folder.isEmpty && name.elementsEqual(".git".utf8)) {
            // A file that goes away while it is copied was not meant to stay.
            guard let status = try source.status(name) else { continue }
            let path = folder + name
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                guard let child = try source.subdirectory(name) else { continue }
                let copied = try target.makeSubdirectory(name)
                try copy(child, to: copied, at: path + [UInt8(ascii: "/")])
                fchmod(copied.descriptor, status.st_mode & 0o7777)
            case S_IFREG:
                try source.copyFile(name, status, to: target)
            case S_IFLNK:
                try target.create(name, content: source.content(name, status), mode: .symbolicLink)
            default:
                continue
            }
            try target.takeOver(status, of: name)
            if tracked.recordedBlob(of: path, status) != nil {
                untouched[TreePath(bytes: path)] = try target.status(name)
            }
        }
    }
}

extension Directory {
    /// Copies one file; where the file system can share blocks between files, none is read.
    fileprivate func copyFile(_ name: [UInt8], _ status: stat, to target: borrowing Directory) throws(GitError) {
        let input = name.withCString { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard input >= 0 else { throw .system("cannot read \(pathOf(name))") }
        defer { close(input) }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let output = name.withCString { openat(target.descriptor, $0, flags, 0o600) }
        guard output >= 0 else { throw .system("cannot create \(target.pathOf(name))") }
        defer { close(output) }
        // FICLONE of <linux/fs.h>.
        if ioctl(output, 0x4004_9409, input) != 0 { try copyBytes(from: input, to: output, name) }
    }

    private func copyBytes(from input: Int32, to output: Int32, _ name: [UInt8]) throws(GitError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(input, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("cannot read \(pathOf(name))") }
            if count == 0 { return }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written >= 0 else { throw .system("cannot write a copy of \(pathOf(name))") }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Gives `name` the owner, permissions and times that the original had.
    fileprivate func takeOver(_ original: stat, of name: [UInt8]) throws(GitError) {
        let status = name.withCString { name -> Int32 in
            if geteuid() == 0 { fchownat(descriptor, name, original.st_uid, original.st_gid, AT_SYMLINK_NOFOLLOW) }
            if original.st_mode & S_IFMT == S_IFREG { fchmodat(descriptor, name, original.st_mode & 0o7777, 0) }
            return utimensat(descriptor, name, [original.st_atim, original.st_mtim], AT_SYMLINK_NOFOLLOW)
        }
        guard status == 0 else { throw .system("cannot set the times of \(pathOf(name))") }
    }
}
