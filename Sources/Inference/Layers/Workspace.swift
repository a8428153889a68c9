/// The buffers of a forward pass, allocated once for the largest batch; the system gives their pages at first use.
final class Workspace {
    /// The most rows of a batch.
    let rows: Int
    /// The most rows of logits that are computed at a time.
    static let logitRows = 16

    /// The residual stream, [rows × width].
    let residual: UnsafeMutablePointer<Float>
    /// What a layer adds to the residual stream, [rows × width].
    let delta: UnsafeMutablePointer<Float>
    /// A normalised row for each row, [rows × width].
    let normed: UnsafeMutablePointer<Float>
    /// Queries, keys and values beside each other, [rows × (queries + keys + values)].
    let projections: UnsafeMutablePointer<Float>
    /// What attention gives, [rows × queries].
    let attended: UnsafeMutablePointer<Float>
    /// What lies between a feed-forward layer's products, some columns at a time; what ``logits`` are computed in as well.
    let hidden: UnsafeMutablePointer<Float>
    /// One row a position of the batch, [rows × pairs].
    let cosines: UnsafeMutablePointer<Float>
    let sines: UnsafeMutablePointer<Float>
    /// [logitRows × vocabulary], after the last layer.
    var logits: UnsafeMutablePointer<Float> { hidden }

    /// The inputs of products, each in every form that one of the model's matrices wants.
    private let prepared: [UnsafeMutableRawPointer?]
    private var allocations: [UnsafeMutableRawPointer] = []

    init(_ transformer: Transformer, rows: Int) {
        let model = transformer.model
        self.rows = rows
        let hiddenCount = transformer.layers.reduce(0) { max($0, $1.feedForward.hiddenCount(rows: rows)) }
        var preparedBytes = [Int](repeating: 0, count: RowsKind.count * PreparedInput.allCases.count)
        for matrices in transformer.matrices {
            for kind in matrices.kinds + matrices.promptKinds {
                let bytes = kind.bytes(columns: matrices.columns, rows: rows)
                let index = Self.index(kind, matrices.input)
                preparedBytes[index] = max(preparedBytes[index], bytes)
            }
        }

        var allocations: [UnsafeMutableRawPointer] = []
        func bytes(_ count: Int) -> UnsafeMutableRawPointer {
            let memory = UnsafeMutableRawPointer.allocate(byteCount: max(64, count), alignment: 64)
            allocations.append(memory)
            return memory
        }
        func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
            bytes(4 * count).bindMemory(to: Float.self, capacity: count)
        }
        residual = floats(rows * model.width)
        delta = floats(rows * model.width)
        normed = floats(rows * model.width)
        projections = floats(rows * (model.queryWidth + 2 * model.keyValueWidth))
        attended = floats(rows * model.queryWidth)
        hidden = floats(max(hiddenCount, Self.logitRows * transformer.vocabulary))
        prepared = preparedBytes.map { $0 > 0 ? bytes($0) : nil }
        cosines = floats(rows * model.rope.dimensions / 2)
        sines = floats(rows * model.rope.dimensions / 2)
        self.allocations = allocations
    }

    /// Where a product's input stands in one of the forms that the model's matrices want.
    func prepared(_ kind: RowsKind, _ input: PreparedInput) -> UnsafeMutableRawPointer {
        guard let memory = prepared[Self.index(kind, input)] else {
            preconditionFailure("no matrix of the model wants rows of kind \(kind.number)")
        }
        return memory
    }

    private static func index(_ kind: RowsKind, _ input: PreparedInput) -> Int {
        input.rawValue * RowsKind.count + Int(kind.number)
    }

    deinit {
        for memory in allocations { memory.deallocate() }
    }
}

extension Transformer {
    /// Whether a prompt's tokens leave other keys and values than the same tokens generated.
    var readsPromptsInOtherPrecision: Bool {
        model.experts == nil && matrices.contains { $0.promptKinds.contains(where: \.isPromptsOwn) }
    }

    /// Every product that a pass computes.
    fileprivate var matrices: [FusedMatrices] {
        layers.flatMap { [$0.queryKeyValue, $0.attentionOutput] + $0.feedForward.matrices } + [output]
    }
}

extension Transformer.FeedForward {
    fileprivate var matrices: [FusedMatrices] {
        switch self {
        case .dense(let dense): dense.matrices
        case .experts(let layer): [layer.router] + layer.dense.flatMap(\.matrices)
        }
    }

    /// Floats that lie between the products of `rows` rows.
    fileprivate func hiddenCount(rows: Int) -> Int {
        switch self {
        case .dense(let dense): dense.hiddenCount(rows: rows)
        case .experts(let layer): layer.dense.reduce(0) { max($0, $1.hiddenCount(rows: rows)) }
        }
    }
}

extension Transformer.DenseFeedForward {
    fileprivate var matrices: [FusedMatrices] { [whole.input, output] }
}

extension Transformer.ExpertFeedForward {
    fileprivate var dense: [Transformer.DenseFeedForward] { experts + [shared].compactMap { $0 } }
}
