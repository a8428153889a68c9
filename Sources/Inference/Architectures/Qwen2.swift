extension Architecture {
    /// Qwen 2 and 2.5: halves rotate; queries, keys and values have biases, which are found by their tensors.
    static let qwen2 = Architecture(name: "qwen2") { model, _ throws(InferenceError) in
        model.rope.order = .halves
    }
}
