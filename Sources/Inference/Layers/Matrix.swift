import CKernels

/// A weight matrix of `rows` × `columns`, packed for the kernels; maps a row of `columns` floats to one of `rows`.
///
/// Its memory belongs to the ``WeightMemory`` of the model.
struct Matrix {
    let type: TensorType
    let rows: Int
    let columns: Int
    let packed: UnsafeMutableRawPointer
    /// `rows` numbers that are added to the product.
    let bias: UnsafePointer<Float>?

    /// The form in which the kernels want the other factor.
    var rowsKind: RowsKind { RowsKind(type) }

    /// One row's elements as floats.
    func copyRow(_ row: Int, to destination: UnsafeMutablePointer<Float>) {
        ck_packed_row(type.kernelType, packed, Int64(columns), Int64(row), destination)
    }
}

/// How a batch of activations is prepared for a product: floats, or int8 with a scale for 32 or for 256 of them.
struct RowsKind: Hashable {
    let number: Int32

    init(_ type: TensorType) { number = ck_rows_kind(type.kernelType) }

    func bytes(columns: Int) -> Int { Int(ck_prepared_bytes(number, Int64(columns))) }

    /// Prepares row `row` of a batch.
    func prepare(_ x: UnsafePointer<Float>, columns: Int, to prepared: UnsafeMutableRawPointer, row: Int) {
        let count = Int64(columns)
        ck_prepare(number, x, count, count, 1, prepared + row * bytes(columns: columns))
    }
}

/// Matrices with the same input, multiplied in one fork–join: queries, keys and values, or gate and up.
///
/// Their outputs stand side by side in one row.
struct FusedMatrices {
    struct Part {
        let matrix: Matrix
        /// Where its outputs begin in the row.
        let offset: Int
        /// Its groups of eight rows, counted through all parts.
        let groups: Range<Int>
    }

    let parts: [Part]
    let rows: Int
    let columns: Int
    let groups: Int
    /// What the input is prepared as.
    let rowsKind: RowsKind
    /// What it is prepared as for those parts whose type wants it otherwise; nil where all agree.
    let otherRowsKind: RowsKind?

    init(_ matrices: [Matrix]) throws(InferenceError) {
        var parts: [Part] = []
        var offset = 0
        var group = 0
        var kinds: [RowsKind] = []
        for matrix in matrices {
            let groups = (matrix.rows + 7) / 8
            parts.append(Part(matrix: matrix, offset: offset, groups: group..<group + groups))
            offset += matrix.rows
            group += groups
            if !kinds.contains(matrix.rowsKind) { kinds.append(matrix.rowsKind) }
        }
        self.parts = parts
        rows = offset
        columns = matrices[0].columns
        groups = group
        rowsKind = kinds[0]
        otherRowsKind = kinds.count > 1 ? kinds[1] : nil
        guard kinds.count <= 2 else {
            let types = matrices.map(\.type.name).joined(separator: ", ")
            throw InferenceError(
                .unsupportedType, "matrices with one input are of types \(types), which is one kind too many")
        }
    }
}

extension GGUFTensor {
    /// One row's elements as floats.
    func copyRow(_ row: Int, to destination: UnsafeMutablePointer<Float>) {
        let bytes = bytes
        let rowBytes = bytes.count / rowCount
        guard let start = bytes.baseAddress else { return }
        ck_dequantise(type.kernelType, start + row * rowBytes, Int64(rowLength), destination)
    }
}
