/// A model's weights and description: everything that a forward pass reads and none changes.
package final class Transformer: @unchecked Sendable {
    struct Layer {
        let attentionNorm: Norm
        let queryKeyValue: FusedMatrices
        /// Weights of the norm of each head's queries and keys.
        let queryNorm: UnsafePointer<Float>?
        let keyNorm: UnsafePointer<Float>?
        let attentionOutput: FusedMatrices
        let feedForwardNorm: Norm
        let feedForward: FeedForward
    }

    enum FeedForward {
        case dense(DenseFeedForward)
        case experts(ExpertFeedForward)
    }

    struct ExpertFeedForward {
        let router: FusedMatrices
        let experts: [DenseFeedForward]
        /// The one that every token passes.
        let shared: DenseFeedForward?
    }

    /// Where a token's first vector comes from.
    enum Embedding {
        /// The output matrix's rows.
        case tied(Matrix)
        /// Rows as they lie in the file: few are needed, and packing them all would keep them all in memory.
        case file(GGUFTensor)
    }

    package let model: Hyperparameters
    package let vocabulary: Int
    let rope: RotaryEmbedding
    let embedding: Embedding
    let layers: [Layer]
    let outputNorm: Norm
    let output: FusedMatrices
    private let memory: WeightMemory
    private let file: GGUFFile

    package init(_ file: GGUFFile, pool: WorkerPool) throws(InferenceError) {
        let model = try Hyperparameters(file.metadata)
        let reader = try WeightReader(file, pool: pool)
        self.file = file
        self.model = model
        memory = reader.memory

        let embeddings = try file.requiredTensor("token_embd.weight")
        vocabulary = embeddings.rowCount
        guard vocabulary <= Int(Token.max) else {
            throw InferenceError(.invalidTensor, "token_embd.weight has \(vocabulary) rows, more than there are tokens")
        }
        _ = try reader.checked("token_embd.weight", shape: [model.width, vocabulary])
        let tied = try !reader.has("output.weight")
        let output = try reader.matrix(
            tied ? "token_embd" : "output", rows: vocabulary, columns: model.width)
        embedding = tied ? .tied(output) : .file(embeddings)
        self.output = FusedMatrices([output])
        outputNorm = try reader.norm("output_norm", model)

        var divisors: [Float]?
        if try reader.has("rope_freqs.weight") {
            let count = model.rope.dimensions / 2
            divisors = Array(
                UnsafeBufferPointer(start: try reader.vector("rope_freqs.weight", count: count), count: count))
        }
        rope = RotaryEmbedding(model.rope, divisors: divisors)

        var layers: [Layer] = []
        for index in 0..<model.layers { layers.append(try Layer(index, model, reader)) }
        self.layers = layers
        // What will be asked for again, such as embeddings that are not tied, will be read again.
        file.giveBackPages()
    }

    /// Writes a token's embedding.
    func embed(_ token: Token, to destination: UnsafeMutablePointer<Float>) {
        switch embedding {
        case .tied(let matrix): matrix.copyRow(Int(token), to: destination)
        case .file(let tensor): tensor.copyRow(Int(token), to: destination)
        }
    }
}

extension Transformer.Layer {
    fileprivate init(_ index: Int, _ model: Hyperparameters, _ reader: WeightReader) throws(InferenceError) {
        let block = "blk.\(index)."
        attentionNorm = try reader.norm(block + "attn_norm", model)
        feedForwardNorm = try reader.norm(block + "ffn_norm", model)
        queryKeyValue = FusedMatrices([
            try reader.matrix(block + "attn_q", rows: model.queryWidth, columns: model.width),
            try reader.matrix(block + "attn_k", rows: model.keyValueWidth, columns: model.width),
            try reader.matrix(block + "attn_v", rows: model.keyValueWidth, columns: model.width),
        ])
        attentionOutput = FusedMatrices([
            try reader.matrix(block + "attn_output", rows: model.width, columns: model.queryWidth)
        ])
        if model.queryKeyNorm == .weightedBeforeRope {
            queryNorm = try reader.vector(block + "attn_q_norm.weight", count: model.headWidth)
            keyNorm = try reader.vector(block + "attn_k_norm.weight", count: model.headWidth)
        } else {
            queryNorm = nil
            keyNorm = nil
        }
        if let experts = model.experts, experts.layers[index] {
            feedForward = .experts(try .init(block, experts, model, reader))
        } else {
            feedForward = .dense(try .init(block, width: model.feedForwardWidth, suffix: "", model, reader))
        }
    }
}

extension Transformer.DenseFeedForward {
    fileprivate init(
        _ block: String, width: Int, suffix: String, _ model: Hyperparameters, _ reader: WeightReader
    ) throws(InferenceError) {
        var input = [try reader.matrix(block + "ffn_up" + suffix, rows: width, columns: model.width)]
        if model.activation == .gatedSiLU {
            input.insert(try reader.matrix(block + "ffn_gate" + suffix, rows: width, columns: model.width), at: 0)
        }
        self.init(
            input: input, output: try reader.matrix(block + "ffn_down" + suffix, rows: model.width, columns: width))
    }
}

extension Transformer.ExpertFeedForward {
    fileprivate init(
        _ block: String, _ description: Experts, _ model: Hyperparameters, _ reader: WeightReader
    ) throws(InferenceError) {
        let count = description.count
        let width = description.width
        router = FusedMatrices([try reader.matrix(block + "ffn_gate_inp", rows: count, columns: model.width)])
        let gates = try reader.matrices(block + "ffn_gate_exps", count: count, rows: width, columns: model.width)
        let ups = try reader.matrices(block + "ffn_up_exps", count: count, rows: width, columns: model.width)
        let downs = try reader.matrices(block + "ffn_down_exps", count: count, rows: model.width, columns: width)
        experts = (0..<count).map { .init(input: [gates[$0], ups[$0]], output: downs[$0]) }
        shared =
            description.sharedWidth == 0
            ? nil : try .init(block, width: description.sharedWidth, suffix: "_shexp", model, reader)
    }
}
