extension Architecture {
    /// StarCoder 2: layer norms, biases everywhere (found by their tensors), and a plain GELU feed-forward.
    static let starCoder2 = Architecture(name: "starcoder2") { model, _ throws(InferenceError) in
        model.norm = .layer
        model.activation = .gelu
        model.rope.order = .halves
    }
}
