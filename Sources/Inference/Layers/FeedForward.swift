import CKernels

extension Transformer {
    /// Gate and up, an activation, and down; or up, an activation, and down.
    ///
    /// What lies between the products is the widest thing of a pass: for many rows it is computed some columns at a time, which
    /// are prepared for the last product before the next ones take their place.
    struct DenseFeedForward {
        /// Some of the columns between the products.
        struct Slice {
            let columns: Range<Int>
            /// What computes them: gate and up beside each other; up alone without a gate.
            let input: FusedMatrices
        }

        /// All columns at once, for few rows: every fork and join costs.
        let whole: Slice
        let slices: [Slice]
        let output: FusedMatrices

        /// Columns of a slice: whole blocks of every quantised type.
        private static let sliceWidth = 1024
        /// From how many rows on slices pay.
        private static let slicedRows = 32

        /// `input`: gate and up, or up alone.
        init(input: [Matrix], output: Matrix) {
            let width = output.columns
            whole = Slice(columns: 0..<width, input: FusedMatrices(input))
            slices = stride(from: 0, to: width, by: Self.sliceWidth).map { first in
                let columns = first..<min(width, first + Self.sliceWidth)
                return Slice(columns: columns, input: FusedMatrices(input.map { $0[rows: columns] }))
            }
            self.output = FusedMatrices([output], input: .hidden)
        }

        func slices(rows: Int) -> [Slice] { rows < Self.slicedRows ? [whole] : slices }

        /// Floats between the products that up to `rows` rows want at a time.
        func hiddenFloats(rows: Int) -> Int {
            max(min(rows, Self.slicedRows) * whole.input.rows, rows * slices[0].input.rows)
        }
    }
}

extension Products {
    /// The feed-forward layer of rows that are prepared for its input. Slices change no bit of the result.
    func feedForward(
        _ layer: Transformer.DenseFeedForward, _ activation: Activation, _ rows: RowCount, _ workspace: Workspace,
        into out: UnsafeMutablePointer<Float>
    ) {
        for slice in layer.slices(rows: rows.total) {
            multiply(slice.input, rows, workspace, into: workspace.hidden)
            forEach(row: rows.total) { row in
                let x = workspace.hidden + row * slice.input.rows
                activate(x, slice.columns.count, activation)
                prepare(row: row, of: rows, x, columns: slice.columns, for: layer.output, workspace)
            }
        }
        multiply(layer.output, rows, workspace, into: out)
    }

    private func activate(_ x: UnsafeMutablePointer<Float>, _ width: Int, _ activation: Activation) {
        switch activation {
        case .gatedSiLU: ck_silu_multiply(x, x + width, Int64(width), x)
        case .gelu: ck_gelu(x, Int64(width), x)
        }
    }
}
