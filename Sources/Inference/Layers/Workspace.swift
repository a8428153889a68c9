/// The buffers of a forward pass, allocated once for the largest batch; the system gives their pages at first use.
///
/// What is not wanted at the same time shares memory: beside weights and cache, peak memory is mostly what stands here.
final class Workspace {
    /// The most rows of a batch.
    let rows: Int
    /// The most rows of logits that are computed at a time.
    static let logitRows = 16

    /// The residual stream, [rows × width].
    let residual: UnsafeMutablePointer<Float>
    /// Queries, keys and values beside each other, [rows × (queries + keys + values)].
    let projections: UnsafeMutablePointer<Float>
    /// A normalised row for each row, [rows × width]: before the projections, and after attention has read them.
    var normed: UnsafeMutablePointer<Float> { projections }
    /// What a layer adds to the residual stream, [rows × width].
    let delta: UnsafeMutablePointer<Float>
    /// What attention gives, [rows × queries]: it is prepared before its product is written to ``delta``.
    var attended: UnsafeMutablePointer<Float> { delta }
    /// What lies between a feed-forward layer's products, [rows × columns of a slice]: see ``Transformer/DenseFeedForward``.
    let hidden: UnsafeMutablePointer<Float>
    /// [logitRows × vocabulary], in place of what the last layer leaves in the buffers above and in prepared hidden rows.
    let logits: UnsafeMutablePointer<Float>
    /// One row a position of the batch, [rows × pairs].
    let cosines: UnsafeMutablePointer<Float>
    let sines: UnsafeMutablePointer<Float>

    /// The inputs of products, each in every form that one of the model's matrices wants.
    private let prepared: [UnsafeMutableRawPointer?]
    private let memory: UnsafeMutableRawPointer

    init(_ transformer: Transformer, rows: Int) {
        let model = transformer.model
        self.rows = rows
        var preparedBytes = [Int](repeating: 0, count: RowsKind.count * PreparedInput.allCases.count)
        for matrices in transformer.matrices {
            for kind in matrices.kinds + matrices.promptKinds {
                let bytes = kind.bytes(columns: matrices.columns, rows: rows)
                let index = Self.index(kind, matrices.input)
                preparedBytes[index] = max(preparedBytes[index], bytes)
            }
        }

        // Places from the memory's beginning on.
        var end = 0
        func place(_ bytes: Int) -> Int {
            defer { end += (bytes + 63) & ~63 }
            return end
        }
        func places(_ input: PreparedInput) -> [Int] {
            let first = input.rawValue * RowsKind.count
            return preparedBytes[first..<first + RowsKind.count].map(place)
        }
        let projectionsPlace = place(4 * rows * max(model.width, model.queryWidth + 2 * model.keyValueWidth))
        let deltaPlace = place(4 * rows * max(model.width, model.queryWidth))
        let hiddenPlace = place(4 * transformer.layers.reduce(0) { max($0, $1.feedForward.hiddenFloats(rows: rows)) })
        let preparedHidden = places(.hidden)
        // Logits end here, for they are made of prepared rows and the residual stream, which must be left alone.
        end = max(end, 4 * Self.logitRows * transformer.vocabulary)
        let preparedForLayer = places(.layer)
        let residualPlace = place(4 * rows * model.width)
        let cosinesPlace = place(2 * rows * model.rope.dimensions)
        let sinesPlace = place(2 * rows * model.rope.dimensions)

        let memory = UnsafeMutableRawPointer.allocate(byteCount: end, alignment: 64)
        let bound = memory.bindMemory(to: Float.self, capacity: end / 4)
        func floats(_ place: Int) -> UnsafeMutablePointer<Float> { bound + place / 4 }
        self.memory = memory
        logits = floats(0)
        projections = floats(projectionsPlace)
        delta = floats(deltaPlace)
        hidden = floats(hiddenPlace)
        residual = floats(residualPlace)
        cosines = floats(cosinesPlace)
        sines = floats(sinesPlace)
        prepared = zip(preparedForLayer + preparedHidden, preparedBytes).map { $1 > 0 ? memory + $0 : nil }
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
        memory.deallocate()
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
    fileprivate func hiddenFloats(rows: Int) -> Int {
        switch self {
        case .dense(let dense): dense.hiddenFloats(rows: rows)
        case .experts(let layer): layer.dense.reduce(0) { max($0, $1.hiddenFloats(rows: rows)) }
        }
    }
}

extension Transformer.DenseFeedForward {
    fileprivate var matrices: [FusedMatrices] { [whole.input, output] }
}

extension Transformer.ExpertFeedForward {
    fileprivate var dense: [Transformer.DenseFeedForward] { experts + [shared].compactMap { $0 } }
}
