import CKernels
import Glibc

/// Where a model's weights live, packed for the kernels, for as long as the model does.
///
/// One reservation of address space, as large as all of them together, in huge pages where the system has them; what is
/// handed out is never moved or freed before the whole.
final class WeightMemory: @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    private let capacity: Int
    private var used = 0

    init(capacity: Int) throws(InferenceError) {
        let base = mmap(nil, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let base, base != MAP_FAILED else {
            throw InferenceError(
                .system, "there is no room for \(capacity) bytes of weights",
                underlying: String(cString: strerror(errno))
            )
        }
        madvise(base, capacity, MADV_HUGEPAGE)
        self.base = base
        self.capacity = capacity
    }

    deinit { munmap(base, capacity) }

    /// Zeroed memory, aligned to 64 bytes.
    func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
        let start = (used + 63) & ~63
        precondition(start + bytes <= capacity, "the weights take more memory than was counted")
        used = start + bytes
        return base + start
    }
}
