import Glibc

/// Holds `flock` on a file while the store is opened, so that two processes do not migrate at once. The kernel drops it with its holder.
struct OpeningLock {
    private let descriptor: Int32

    init(at path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LockError(path: path, code: errno) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(descriptor)
                throw LockError(path: path, code: code)
            }
        }
    }

    func release() {
        close(descriptor)
    }

    struct LockError: Error, CustomStringConvertible {
        let path: String
        let code: Int32

        var description: String { "\(path): \(String(cString: strerror(code)))" }
    }
}
