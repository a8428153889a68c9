import CKernels
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A matrix of weights, packed for the kernels: eight rows interleaved, in as many bytes as the file has for them.
///
/// Packing copies the tensor into memory of the matrix's own, backed by huge pages where the system has them; the
/// file's pages can be given back meanwhile, so that a model is in memory once.
package final class WeightMatrix: @unchecked Sendable {
    package let type: TensorType
    /// Outputs.
    package let rows: Int
    /// Inputs: the length of a row, a whole number of blocks.
    package let columns: Int
    /// What a batch must be prepared as to be multiplied with this matrix.
    package let kind: PreparedRows.Kind
    /// What a prompt's rows are prepared as.
    package let promptKind: PreparedRows.Kind
    /// Bytes in memory.
    package let byteCount: Int
    private let memory: UnsafeMutableRawPointer

    /// Packs `source`, `rows` rows of `columns` elements in GGUF's layout.
    ///
    /// Nil where the sizes do not fit each other or memory is refused.
    /// - Parameter releasing: `source` is a mapped file whose pages may be dropped as they are packed (they are read
    ///   again from the file if touched later).
    package init?(
        type: TensorType, rows: Int, columns: Int, source: UnsafeRawBufferPointer, releasing: Bool = false,
        pool: WorkerPool
    ) {
        guard rows > 0, columns > 0, rows <= Int(Int32.max), columns <= Int(Int32.max),
            let rowBytes = type.byteCount(elements: columns),
            case (let bytes, let overflow) = rowBytes.multipliedReportingOverflow(by: rows), !overflow,
            bytes <= source.count, let base = source.baseAddress
        else { return nil }
        self.type = type
        self.rows = rows
        self.columns = columns
        kind = PreparedRows.Kind(rawValue: ck_rows_kind(type.kernelType)) ?? .floats
        promptKind = PreparedRows.Kind(rawValue: ck_prompt_rows_kind(type.kernelType)) ?? .floats
        byteCount = Int(ck_packed_bytes(type.kernelType, Int64(rows), Int64(columns)))
        guard
            let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        else { return nil }
        #if os(Linux)
            madvise(memory, byteCount, MADV_HUGEPAGE)
        #endif
        self.memory = memory
        // A few megabytes at a time, so that little of the file is in memory beside its copy.
        let groups = (rows + 7) / 8
        let stretch = max(1, (4 << 20) / max(1, rowBytes * 8))
        let next = Atomic(0)
        pool.run { _ in
            while true {
                let first = next.add(stretch, ordering: .relaxed).oldValue
                guard first < groups else { return }
                let last = min(groups, first + stretch)
                ck_pack(type.kernelType, base, Int64(rows), Int64(columns), Int64(first), Int64(last), memory)
                if releasing {
                    Self.release(source, from: first * 8 * rowBytes, to: min(rows, last * 8) * rowBytes)
                }
            }
        }
    }

    deinit {
        munmap(memory, byteCount)
    }

    /// Tells the system that the whole pages within a range of a mapped file are not needed now.
    private static func release(_ source: UnsafeRawBufferPointer, from: Int, to: Int) {
        guard let base = source.baseAddress else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (Int(bitPattern: base) + from + page - 1) / page * page
        let end = (Int(bitPattern: base) + to) / page * page
        guard start < end, let pointer = UnsafeMutableRawPointer(bitPattern: start) else { return }
        madvise(pointer, end - start, MADV_DONTNEED)
    }

    /// One row as floats: a token's embedding. `destination` has `columns` elements.
    package func copyRow(_ row: Int, to destination: UnsafeMutablePointer<Float>) {
        precondition(row >= 0 && row < rows)
        ck_packed_row(type.kernelType, memory, Int64(columns), Int64(row), destination)
    }

    /// `out[t × stride + r]` = row `r` · batch row `t`, for every row and the batch's first `count` rows.
    ///
    /// A result's bits depend on its own row and its own batch row alone.
    /// - Parameter stride: floats from one batch row's results to the next's, at least `rows`.
    package func multiply(
        _ batch: PreparedRows, count: Int, into out: UnsafeMutablePointer<Float>, stride: Int, pool: WorkerPool
    ) {
        let schedule = Schedule(rows: rows, threads: pool.threads)
        pool.run { _ in
            while let range = schedule.next() { multiply(batch, count: count, rows: range, into: out, stride: stride) }
        }
    }

    /// The same for some of the rows, on the calling thread. `range` begins at a multiple of 8 and ends at one or at
    /// `rows`. For work that several matrices share within one ``WorkerPool/run(_:)``.
    package func multiply(
        _ batch: PreparedRows, count: Int, rows range: Range<Int>, into out: UnsafeMutablePointer<Float>, stride: Int
    ) {
        precondition(batch.kind == kind || batch.kind == promptKind)
        precondition(batch.columns == columns && count <= batch.capacity && stride >= rows)
        precondition(range.lowerBound.isMultiple(of: 8) && range.lowerBound >= 0 && range.upperBound <= rows)
        precondition(range.upperBound.isMultiple(of: 8) || range.upperBound == rows)
        ck_multiply(
            type.kernelType, batch.kind.rawValue, memory, Int64(rows), Int64(columns), Int64(range.lowerBound),
            Int64(range.upperBound), batch.bytes, Int64(count), out, Int64(stride))
    }

    /// Rows handed out in stretches, so that a thread that is held up leaves its work to the others.
    package struct Schedule: ~Copyable {
        private let rows: Int
        private let step: Int
        private let taken = Atomic(0)

        /// Stretches of whole groups: about eight for each thread.
        package init(rows: Int, threads: Int) {
            self.rows = rows
            step = threads == 1 ? (rows + 7) / 8 * 8 : max(32, (rows / (threads * 8) + 31) / 32 * 32)
        }

        package borrowing func next() -> Range<Int>? {
            let first = taken.add(step, ordering: .relaxed).oldValue
            return first < rows ? first..<min(rows, first + step) : nil
        }
    }
}
