import Glibc

/// A file under a temporary name, given its real one when it is complete; removed when it is dropped before that.
final class PartialFile {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var isComplete = false

    init(for path: String) throws(InferenceError) {
        self.path = path
        temporary = "\(path).\(getpid()).partial"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw InferenceError(.system, "cannot write \(temporary)", underlying: String(cString: strerror(errno)))
        }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(InferenceError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 26))
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw refused("cannot write \(temporary)") }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    func complete() throws(InferenceError) {
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw refused("cannot write \(path)") }
        isComplete = true
    }

    private func refused(_ what: String) -> InferenceError {
        InferenceError(.system, what, underlying: String(cString: strerror(errno)))
    }

    deinit {
        close(descriptor)
        if !isComplete { unlink(temporary) }
    }
}
