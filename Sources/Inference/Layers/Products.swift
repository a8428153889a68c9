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

    /// Prepares one row as an input of `matrices`.
    func prepare(row: Int, _ x: UnsafePointer<Float>, for matrices: FusedMatrices, _ workspace: Workspace) {
        let columns = matrices.columns
        matrices.rowsKind.prepare(x, columns: columns, to: workspace.prepared, row: row)
        matrices.otherRowsKind?.prepare(x, columns: columns, to: workspace.preparedOther, row: row)
    }

    /// Prepares rows that stand `stride` floats apart as inputs of `matrices`.
    func prepare(
        _ x: UnsafePointer<Float>, stride: Int, _ rows: Int, for matrices: FusedMatrices, _ workspace: Workspace
    ) {
        forEach(row: rows) { row in prepare(row: row, x + row * stride, for: matrices, workspace) }
    }

    /// Multiplies the prepared rows, and adds biases. `out` has `matrices.rows` floats a row.
    func multiply(
        _ matrices: FusedMatrices, rows: Int, _ workspace: Workspace, into out: UnsafeMutablePointer<Float>
    ) {
        guard rows > 0 else { return }
        // Few large pieces while weights stream past once; small ones where a piece is used for many rows.
        let size = rows < 8 ? max(1, matrices.groups / (8 * pool.threads)) : min(8, max(1, matrices.groups / 16))
        counter.reset()
        pool.run { _ in
            while let groups = counter.claim(size, of: matrices.groups) {
                for part in matrices.parts {
                    let own = groups.clamped(to: part.groups)
                    if own.isEmpty { continue }
                    let isFirstKind = part.matrix.rowsKind == matrices.rowsKind
                    part.multiply(
                        own, prepared: isFirstKind ? workspace.prepared : workspace.preparedOther, count: rows,
                        out: out, stride: matrices.rows)
                }
            }
        }
    }

    /// Applies the activation to `hidden`, and prepares the result for the output product.
    func activate(
        _ layer: Transformer.DenseFeedForward, _ activation: Activation, rows: Int, _ workspace: Workspace
    ) {
        let stride = layer.input.rows
        forEach(row: rows) { row in
            let x = workspace.hidden + row * stride
            switch activation {
            case .gatedSiLU: ck_silu_multiply(x, x + layer.width, Int64(layer.width), x)
            case .gelu: ck_gelu(x, Int64(layer.width), x)
            }
            prepare(row: row, x, for: layer.output, workspace)
        }
    }
}

extension FusedMatrices.Part {
    /// Multiplies some of this matrix's groups of rows, and adds their biases.
    fileprivate func multiply(
        _ own: Range<Int>, prepared: UnsafeRawPointer, count: Int, out: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let first = (own.lowerBound - groups.lowerBound) * 8
        let last = min((own.upperBound - groups.lowerBound) * 8, matrix.rows)
        ck_multiply(
            matrix.type.kernelType, matrix.packed, Int64(matrix.rows), Int64(matrix.columns), Int64(first),
            Int64(last), prepared, Int64(count), out + offset, Int64(stride))
        guard let bias = matrix.bias else { return }
        for row in 0..<count { ck_add(out + row * stride + offset + first, bias + first, Int64(last - first)) }
    }
}
