/// What a model is quantised to: one type for the bulk of its weights, better ones for those that errors hurt most.
///
/// The choices are llama.cpp's for `Q8_0`, `Q4_0`, `Q4_K_M` and `Q6_K`, so that files are comparable with the ones that users know.
package enum QuantisationRecipe: String, CaseIterable, Sendable {
    case q80 = "q8_0"
    case q40 = "q4_0"
    case q4K = "q4_k"
    case q6K = "q6_k"

    /// `general.file_type`, which other programs show (llama.cpp's `llama_ftype`).
    var fileType: UInt32 {
        switch self {
        case .q80: 7
        case .q40: 2
        case .q4K: 15
        case .q6K: 18
        }
    }

    private var bulk: TensorType {
        switch self {
        case .q80: .q8_0
        case .q40: .q4_0
        case .q4K: .q4_K
        case .q6K: .q6_K
        }
    }

    /// Matrices are quantised; norms, biases and what routes tokens to experts are small and stay exact.
    package static func isQuantised(_ tensor: GGUFTensorInfo) -> Bool {
        tensor.shape.count >= 2 && tensor.name.hasSuffix("weight") && !tensor.name.hasSuffix("_norm.weight")
            && !tensor.name.hasSuffix("ffn_gate_inp.weight")
    }

    /// The type for a tensor, and whether it is one that its row length forced.
    ///
    /// - Parameters:
    ///   - layers: how many the model has.
    ///   - isTied: whether the embeddings serve as the output matrix too.
    func type(of tensor: GGUFTensorInfo, layers: Int, isTied: Bool) -> (type: TensorType, isFallback: Bool) {
        let wanted = wantedType(tensor.name, layers: layers, isTied: isTied)
        let fitting = [wanted, .q8_0, .f16].first { tensor.shape[0].isMultiple(of: $0.blockElements) } ?? .f16
        return (fitting, fitting != wanted)
    }

    private func wantedType(_ name: String, layers: Int, isTied: Bool) -> TensorType {
        if name == "output.weight" || (isTied && name == "token_embd.weight") { return self == .q80 ? .q8_0 : .q6_K }
        guard self == .q4K, name.hasSuffix("attn_v.weight") || name.contains("ffn_down") else { return bulk }
        return Self.layer(of: name).map { Self.deservesMore($0, of: layers) } ?? false ? .q6_K : bulk
    }

    /// The first and last eighth of the layers, and every third between.
    private static func deservesMore(_ layer: Int, of layers: Int) -> Bool {
        layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2
    }

    /// 7 of `blk.7.attn_v.weight`.
    private static func layer(of name: String) -> Int? {
        let parts = name.split(separator: ".")
        return parts.count > 1 && parts[0] == "blk" ? Int(parts[1]) : nil
    }
}
