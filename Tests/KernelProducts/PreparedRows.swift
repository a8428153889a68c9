import CKernels
package import Inference

/// A batch of activations in the form that weights are multiplied with, in memory that is allocated once.
///
/// ```swift
/// batch.prepare(hidden, stride: width, count: tokens, pool: pool)
/// weights.multiply(batch, count: tokens, into: out, stride: weights.rows, pool: pool)
/// ```
package final class PreparedRows: @unchecked Sendable {
    /// What a row becomes.
    package enum Kind: Int32, Sendable {
        /// Floats as they are, for F32, F16 and BF16 weights.
        case floats = 0
        /// Eight bits, a scale for each 32, for Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 and IQ4_NL.
        case blocksOf32 = 1
        /// Eight bits, a scale for each 256, for the K types and IQ4_XS.
        case blocksOf256 = 2
        /// Bfloat16, for prompts, in place of eight bits where the processor multiplies it in tiles.
        case bfloat16 = 3
    }

    package let kind: Kind
    package let columns: Int
    /// How many rows there is room for.
    package let capacity: Int
    let bytes: UnsafeMutableRawPointer

    /// Room for `capacity` rows of `columns` elements, a multiple of the kind's block.
    package init(kind: Kind, columns: Int, capacity: Int) {
        self.kind = kind
        self.columns = columns
        self.capacity = capacity
        let rowBytes = Int(ck_prepared_bytes(kind.rawValue, Int64(columns)))
        bytes = .allocate(byteCount: max(64, rowBytes * ((capacity + 15) / 16 * 16)), alignment: 64)
    }

    deinit {
        bytes.deallocate()
    }

    /// Prepares the first `count` rows from `source`, `stride` floats apart.
    package func prepare(_ source: UnsafePointer<Float>, stride: Int, count: Int, pool: WorkerPool) {
        precondition(count <= capacity && stride >= columns)
        // A single row takes less time than waking another thread.
        guard count >= 8 else { return prepare(source, stride: stride, rows: 0..<count) }
        let share = (count + pool.threads - 1) / pool.threads
        pool.run { thread in
            let first = min(count, thread * share)
            prepare(source, stride: stride, rows: first..<min(count, first + share))
        }
    }

    /// Prepares some of the rows on the calling thread; row `t` is read at `source + t × stride`.
    private func prepare(_ source: UnsafePointer<Float>, stride: Int, rows: Range<Int>) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= capacity)
        ck_prepare(
            kind.rawValue, source + rows.lowerBound * stride, Int64(stride), Int64(columns), 0, Int64(columns),
            Int64(rows.lowerBound), Int64(rows.count), bytes)
    }
}
