extension Architecture {
    /// Llama 4 Scout and Maverick.
    ///
    /// Every fourth layer does not rotate, sees the whole context, and tempers its queries; the others attend within
    /// chunks. Some layers, all in Scout and every second in Maverick, have experts beside one that every token passes.
    static let llama4 = Architecture(name: "llama4") { model, reader throws(InferenceError) in
        let chunk = try reader.optionalCount("attention.chunk_size") ?? 8_192
        for layer in 0..<model.layers {
            model.rotates[layer] = (layer + 1) % 4 != 0
            model.spans[layer] = model.rotates[layer] ? .chunk(chunk) : .all
        }
        model.temperature = AttentionTemperature(
            scale: try reader.optionalNumber("attention.temperature_scale") ?? 0.1,
            floor: try reader.optionalCount("attention.temperature_length") ?? 8_192)
        guard var experts = model.experts else {
            throw InferenceError(.invalidMetadata, "\(reader.full("expert_count")) is missing from a model of experts")
        }
        // The file does not say whether queries and keys are normalised: Maverick, with its 128 experts, does without.
        model.queryKeyNorm = experts.count == 128 ? .none : .plainAfterRope
        let step = try reader.optionalCount("interleave_moe_layer_step") ?? 1
        experts.layers = (0..<model.layers).map { ($0 + 1) % step == 0 }
        experts.routing = .sigmoidOnInput
        experts.sharedWidth = experts.width
        model.experts = experts
    }
}
