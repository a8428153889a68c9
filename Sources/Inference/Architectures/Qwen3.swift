extension Architecture {
    /// Qwen 3: no biases; each head's queries and keys are normalised instead.
    static let qwen3 = Architecture(name: "qwen3") { model, _ throws(InferenceError) in
        model.rope.order = .halves
        model.queryKeyNorm = .weightedBeforeRope
    }

    /// Qwen 3 with experts in every layer.
    static let qwen3MoE = Architecture(name: "qwen3moe") { model, reader throws(InferenceError) in
        try qwen3.describe(&model, reader)
        guard model.experts != nil else {
            throw InferenceError(.invalidMetadata, "\(reader.full("expert_count")) is missing from a model of experts")
        }
    }
}
