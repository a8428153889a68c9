import CKernels
package import Inference
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A matrix of weights as the kernels want it, without a model around it: for tests of the kernels, and their benchmark.
package final class PackedMatrix: @unchecked Sendable {
    package let type: TensorType
    /// Outputs.
    package let rows: Int
    /// Inputs: the length of a row, a whole number of blocks.
    package let columns: Int
    /// What a batch must be prepared as to be multiplied with this matrix.
    package let kind: PreparedRows.Kind
    /// What a prompt's rows are prepared as.
    package let promptKind: PreparedRows.Kind
    package let byteCount: Int
    private let memory: UnsafeMutableRawPointer

    /// Packs `source`, `rows` rows of `columns` elements in GGUF's layout; nil where the sizes do not fit each other.
    package init?(type: TensorType, rows: Int, columns: Int, source: UnsafeRawBufferPointer) {
        guard rows > 0, columns > 0, let bytes = type.byteCount(elements: rows * columns),
            columns.isMultiple(of: type.blockElements), bytes <= source.count, let base = source.baseAddress
        else { return nil }
        self.type = type
        self.rows = rows
        self.columns = columns
        kind = PreparedRows.Kind(rawValue: ck_rows_kind(type.kernelType)) ?? .floats
        promptKind = PreparedRows.Kind(rawValue: ck_prompt_rows_kind(type.kernelType)) ?? .floats
        byteCount = Int(ck_packed_bytes(type.kernelType, Int64(rows), Int64(columns)))
        memory = .allocate(byteCount: byteCount, alignment: 1 << 21)
        #if os(Linux)
            // In huge pages, as a model's weights are.
            madvise(memory, byteCount, MADV_HUGEPAGE)
        #endif
        ck_pack(type.kernelType, base, Int64(rows), Int64(columns), 0, Int64((rows + 7) / 8), memory)
    }

    deinit {
        memory.deallocate()
    }

    /// One row as floats. `destination` has `columns` elements.
    package func copyRow(_ row: Int, to destination: UnsafeMutablePointer<Float>) {
        precondition(row >= 0 && row < rows)
        ck_packed_row(type.kernelType, memory, Int64(columns), Int64(row), destination)
    }

    /// `out[t × stride + r]` = row `r` · batch row `t`, for every row and the batch's first `count` rows.
    /// - Parameter stride: floats from one batch row's results to the next's, at least `rows`.
    package func multiply(
        _ batch: PreparedRows, count: Int, into out: UnsafeMutablePointer<Float>, stride: Int, pool: WorkerPool
    ) {
        precondition(batch.kind == kind || batch.kind == promptKind)
        precondition(batch.columns == columns && count <= batch.capacity && stride >= rows)
        // About eight stretches of whole groups for each thread, so that one that is held up leaves its work to the others.
        let step = pool.threads == 1 ? (rows + 7) / 8 * 8 : max(32, (rows / (pool.threads * 8) + 31) / 32 * 32)
        let taken = Atomic(0)
        pool.run { _ in
            while true {
                let first = taken.add(step, ordering: .relaxed).oldValue
                guard first < rows else { return }
                ck_multiply(
                    type.kernelType, batch.kind.rawValue, memory, Int64(rows), Int64(columns), Int64(first),
                    Int64(min(rows, first + step)), batch.bytes, Int64(count), out, Int64(stride))
            }
        }
    }
}
