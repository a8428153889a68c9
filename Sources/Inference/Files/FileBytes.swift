import Glibc

/// The bytes of one file for as long as anything refers to them: a read-only mapping, a copy on the heap, or a part of
/// the program itself.
///
/// The one owner of the memory; `@unchecked` because the bytes are never written after `init`. Another program that shortens a
/// mapped file can still end this process with SIGBUS: models are opened for reading only, and replaced by renaming.
package final class FileBytes: @unchecked Sendable {
    private let start: UnsafeRawPointer?
    package let count: Int
    private let origin: Origin

    private enum Origin {
        case mapping, heap, program
    }

    /// What tensors' addresses are a multiple of, as their offsets in a file are.
    private static let alignment = 64

    package var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// Maps `path`; no page is read until it is touched.
    package init(mapping path: String) throws(InferenceError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.refused("cannot open \(path)") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.refused("cannot examine \(path)") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw InferenceError(.unsupportedFile, "\(path) is not a regular file; name a GGUF model file")
        }
        count = Int(status.st_size)
        origin = .mapping
        guard count > 0 else {
            start = nil
            return
        }
        guard let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED else {
            throw Self.refused("cannot map \(path)")
        }
        start = UnsafeRawPointer(memory)
    }

    /// Copies `bytes` into an allocation of exactly their size, so that an address sanitizer sees every step beyond it.
    package init(copying bytes: some Collection<UInt8>) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: Self.alignment)
        copy.copyBytes(from: bytes)
        start = UnsafeRawPointer(copy.baseAddress)
        count = bytes.count
        origin = .heap
    }

    /// Refers to memory that is never written and never freed, such as weights in the program, without copying it.
    ///
    /// Memory whose address is no multiple of 64 is copied all the same: tensors would not lie as kernels want them.
    package convenience init(eternal memory: UnsafeRawBufferPointer) {
        if let start = memory.baseAddress, UInt(bitPattern: start) % UInt(Self.alignment) == 0 {
            self.init(start, count: memory.count)
        } else {
            self.init(copying: memory)
        }
    }

    private init(_ start: UnsafeRawPointer, count: Int) {
        self.start = start
        self.count = count
        origin = .program
    }

    /// Gives a mapping's pages back to the system, which reads them from the file again when they are touched.
    func giveBackPages() {
        guard origin == .mapping, let start else { return }
        madvise(UnsafeMutableRawPointer(mutating: start), count, MADV_DONTNEED)
    }

    deinit {
        guard let start else { return }
        let memory = UnsafeMutableRawPointer(mutating: start)
        switch origin {
        case .mapping: munmap(memory, count)
        case .heap: memory.deallocate()
        case .program: break
        }
    }

    private static func refused(_ what: String) -> InferenceError {
        InferenceError(.system, what, underlying: String(cString: strerror(errno)))
    }
}
