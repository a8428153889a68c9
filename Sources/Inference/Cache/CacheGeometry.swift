/// How a model's keys and values lie in a page of memory.
///
/// A page holds ``positions`` consecutive positions of a sequence, for all layers: `[layer][head][keys, values]`, and
/// within each block one row of ``rowBytes`` a position. Pages begin at multiples of ``positions``, so what a position
/// is computed from, and in which order, does not depend on how a sequence came about.
package struct CacheGeometry: Sendable, Hashable {
    /// Positions in a page.
    package static let positions = 64

    package let layers: Int
    package let heads: Int
    package let headWidth: Int
    package let type: CacheType
    /// One head's keys, or values, of one position.
    package let rowBytes: Int

    package init(_ model: Hyperparameters, type: CacheType) throws(InferenceError) {
        layers = model.layers
        heads = model.keyValueHeads
        headWidth = model.headWidth
        self.type = type
        guard let rowBytes = type.tensorType.byteCount(elements: headWidth) else {
            throw InferenceError(
                .invalidRequest,
                "a \(type.rawValue) cache needs heads of a multiple of \(type.tensorType.blockElements) elements; "
                    + "this model's have \(headWidth): use an f16 cache")
        }
        self.rowBytes = rowBytes
    }

    /// Keys, or values, of one head in one page.
    package var blockBytes: Int { Self.positions * rowBytes }
    package var pageBytes: Int { layers * heads * 2 * blockBytes }

    package func keys(layer: Int, head: Int) -> Int { (layer * heads + head) * 2 * blockBytes }
    package func values(layer: Int, head: Int) -> Int { keys(layer: layer, head: head) + blockBytes }

    /// Pages that so many positions take.
    package static func pages(for positions: Int) -> Int { (positions + Self.positions - 1) / Self.positions }
}

extension CacheType {
    package var tensorType: TensorType {
        switch self {
        case .f32: .f32
        case .f16: .f16
        case .q8_0: .q8_0
        }
    }
}
