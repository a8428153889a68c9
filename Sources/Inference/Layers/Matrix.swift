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

    /// The forms in which the kernels want the other factor.
    let rowsKind: RowsKind
    let promptRowsKind: RowsKind

    init(
        type: TensorType, rows: Int, columns: Int, packed: UnsafeMutableRawPointer, bias: UnsafePointer<Float>?
    ) {
        self.type = type
        self.rows = rows
        self.columns = columns
        self.packed = packed
        self.bias = bias
        rowsKind = RowsKind(type)
        promptRowsKind = RowsKind(prompting: type)
    }

    /// Some of its rows, from a multiple of eight on, as a matrix of their own over the same memory.
    subscript(rows range: Range<Int>) -> Matrix {
        precondition(
            range.lowerBound.isMultiple(of: 8) && range.upperBound <= rows, "rows are packed in groups of eight")
        let before = Int(ck_packed_bytes(type.kernelType, Int64(range.lowerBound), Int64(columns)))
        return Matrix(
            type: type, rows: range.count, columns: columns, packed: packed + before,
            bias: bias.map { $0 + range.lowerBound })
    }

    /// One row's elements as floats.
    func copyRow(_ row: Int, to destination: UnsafeMutablePointer<Float>) {
        ck_packed_row(type.kernelType, packed, Int64(columns), Int64(row), destination)
    }
}

/// How a batch of activations is prepared for a product: floats, int8 with a scale for 32 or for 256 of them, or bfloat16.
struct RowsKind: Hashable {
    let number: Int32

    /// How many kinds there are.
    static let count = 4

    /// For the rows of tokens that are generated.
    init(_ type: TensorType) { number = ck_rows_kind(type.kernelType) }
    /// For the rows of a prompt.
    init(prompting type: TensorType) { number = ck_prompt_rows_kind(type.kernelType) }

    /// Whether only the rows of prompts have this form.
    var isPromptsOwn: Bool { number == CK_ROWS_BF16 }

    /// Bytes of a batch.
    func bytes(columns: Int, rows: Int) -> Int {
        Int(ck_prepared_bytes(number, Int64(columns))) * ((rows + 15) / 16 * 16)
    }

    /// Prepares some columns of row `row` of a batch whose rows have `count` columns; `x` holds those columns alone.
    func prepare(
        _ x: UnsafePointer<Float>, columns: Range<Int>, of count: Int, to prepared: UnsafeMutableRawPointer, row: Int
    ) {
        ck_prepare(
            number, x, Int64(columns.count), Int64(count), Int64(columns.lowerBound), Int64(columns.upperBound),
            Int64(row), 1, prepared)
    }
}

/// How many rows pass a product together: those of generated tokens come first, then those of prompts.
///
/// A prompt's rows may be multiplied in another precision, one that is faster where rows are many. Which rows are a
/// prompt's depends on the request alone, never on the batch.
struct RowCount {
    let generated: Int
    let total: Int

    var prompt: Int { total - generated }

    /// The same rows, all in the precision of generated ones.
    var allAsGenerated: RowCount { RowCount(generated: total, total: total) }
}

/// Which of a pass's prepared inputs a product reads.
enum PreparedInput: Int, CaseIterable {
    /// Normalised rows, or what attention gave.
    case layer
    /// What lies between a feed-forward layer's products: prepared while the layer's own input is still wanted.
    case hidden
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
    let input: PreparedInput
    /// What a generated token's row is prepared as for one or another of the parts.
    let kinds: [RowsKind]
    /// And a prompt's.
    let promptKinds: [RowsKind]

    init(_ matrices: [Matrix], input: PreparedInput = .layer) {
        self.input = input
        var parts: [Part] = []
        var offset = 0
        var group = 0
        for matrix in matrices {
            let groups = (matrix.rows + 7) / 8
            parts.append(Part(matrix: matrix, offset: offset, groups: group..<group + groups))
            offset += matrix.rows
            group += groups
        }
        self.parts = parts
        rows = offset
        columns = matrices[0].columns
        groups = group
        kinds = Set(matrices.map(\.rowsKind)).sorted { $0.number < $1.number }
        promptKinds = Set(matrices.map(\.promptRowsKind)).sorted { $0.number < $1.number }
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
