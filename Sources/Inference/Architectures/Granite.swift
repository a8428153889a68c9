extension Architecture {
    /// Granite 3: a Llama whose embeddings, residuals, attention and logits are scaled by stated numbers.
    static let granite = Architecture(name: "granite") { model, reader throws(InferenceError) in
        model.embeddingScale = try reader.optionalNumber("embedding_scale") ?? 1
        model.residualScale = try reader.optionalNumber("residual_scale") ?? 1
        model.logitScale = try reader.optionalNumber("logit_scale") ?? 1
        guard model.logitScale != 0 else {
            throw InferenceError(.invalidMetadata, "\(reader.full("logit_scale")) is 0")
        }
    }
}
