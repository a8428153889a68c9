import CKernels

/// Matrix products and row-wise work, spread over threads.
struct Products {
    private let pool: WorkerPool
    private let counter = SharedCounter()

    init(_ pool: WorkerPool) { self.pool = pool }

    /// Fewer rows than this are not worth waking a thread.
    private static let forkedRows = 4

    /// Does something for each of some rows, on several threads where that pays.
    func forEach(row count: Int, _ body: (Int) -> Void) {
        guard count >= Self.forkedRows, pool.threads > 1 else {
            for row in 0..<count { body(row) }
            return
        }
        let size = max(1, count / (4 * pool.threads))
        counter.reset()
        pool.run { _ in
            while let rows = counter.claim(size, of: count) {
                for row in rows { body(row) }
            }
        }
    }

    /// Prepares one of `rows` as an input of `matrices`, or some of its columns: `x` holds those alone.
    func prepare(
        row: Int, of rows: RowCount, _ x: UnsafePointer<Float>, columns: Range<Int>? = nil, for matrices: FusedMatrices,
        _ workspace: Workspace
    ) {
        for kind in row < rows.generated ? matrices.kinds : matrices.promptKinds {
            kind.prepare(
                x, columns: columns ?? 0..<matrices.columns, of: matrices.columns,
                to: workspace.prepared(kind, matrices.input), row: rows.place(of: row, kind))
        }
    }

    /// Prepares rows that stand `stride` floats apart as inputs of `matrices`.
    func prepare(
        _ x: UnsafePointer<Float>, stride: Int, _ rows: RowCount, for matrices: FusedMatrices, _ workspace: Workspace
    ) {
        forEach(row: rows.total) { row in prepare(row: row, of: rows, x + row * stride, for: matrices, workspace) }
    }

    /// Multiplies the prepared rows, and adds biases. `out` has `matrices.rows` floats a row.
    func multiply(
        _ matrices: FusedMatrices, _ rows: RowCount, _ workspace: Workspace, into out: UnsafeMutablePointer<Float>
    ) {
        guard rows.total > 0 else { return }
        let size = pieceSize(matrices, rows)
        counter.reset()
        pool.run { _ in
            while let groups = counter.claim(size, of: matrices.groups) {
                for part in matrices.parts {
                    let own = groups.clamped(to: part.groups)
                    if own.isEmpty { continue }
                    part.multiply(own, rows, workspace, matrices.input, out: out, stride: matrices.rows)
                }
            }
        }
    }

    /// Groups of packed rows that a thread takes at a time.
    private func pieceSize(_ matrices: FusedMatrices, _ rows: RowCount) -> Int {
        // Few large pieces while weights stream past once, or while prepared rows do, as a long prompt's; small ones where a
        // piece is used for many rows. The kernels take two or four groups at a time.
        let wanted =
            if rows.total < 8 {
                matrices.groups / (8 * pool.threads)
            } else if rows.prompt > 64 {
                matrices.groups / (4 * pool.threads)
            } else {
                min(8, matrices.groups / 16)
            }
        let together = rows.total <= 16 ? 2 : 4
        return max(together, wanted / together * together)
    }
}

extension RowCount {
    /// Where a row stands among those that are prepared as `kind`: a prompt's own form begins with the prompts' rows.
    fileprivate func place(of row: Int, _ kind: RowsKind) -> Int { kind.isPromptsOwn ? row - generated : row }
}

extension FusedMatrices.Part {
    /// Multiplies some of this matrix's groups of rows, and adds their biases.
    fileprivate func multiply(
        _ own: Range<Int>, _ rows: RowCount, _ workspace: Workspace, _ input: PreparedInput,
        out: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let own = own.lowerBound - groups.lowerBound..<own.upperBound - groups.lowerBound
        let outputs = own.lowerBound * 8..<min(own.upperBound * 8, matrix.rows)
        let out = out + offset
        if matrix.promptRowsKind.isPromptsOwn {
            let promptsOut = out + rows.generated * stride
            let promptsKind = matrix.promptRowsKind
            multiply(outputs, matrix.rowsKind, rows.generated, workspace, input, out, stride)
            multiply(outputs, promptsKind, rows.prompt, workspace, input, promptsOut, stride)
        } else {
            multiply(outputs, matrix.rowsKind, rows.total, workspace, input, out, stride)
        }
        guard let bias = matrix.bias else { return }
        for row in 0..<rows.total {
            ck_add(out + row * stride + outputs.lowerBound, bias + outputs.lowerBound, Int64(outputs.count))
        }
    }

    private func multiply(
        _ outputs: Range<Int>, _ kind: RowsKind, _ count: Int, _ workspace: Workspace, _ input: PreparedInput,
        _ out: UnsafeMutablePointer<Float>, _ stride: Int
    ) {
        guard count > 0 else { return }
        ck_multiply(
            matrix.type.kernelType, kind.number, matrix.packed, Int64(matrix.rows), Int64(matrix.columns),
            Int64(outputs.lowerBound), Int64(outputs.upperBound), workspace.prepared(kind, input), Int64(count), out,
            Int64(stride))
    }
}
