/// Reads a model's numbers from its file's metadata under the architecture's prefix, and checks each against what a
/// model can be, so that no shape computed from them can overflow.
struct HyperparameterReader: Sendable {
    let prefix: String
    let metadata: GGUFMetadata

    /// No real model comes near; products of two such numbers still fit.
    static let largest = 1 << 28

    func has(_ key: String) -> Bool { metadata[full(key)] != nil }

    func count(_ key: String, atLeast least: Int = 1) throws(InferenceError) -> Int {
        let value = try metadata.int(full(key))
        guard value >= least, value <= Self.largest else {
            throw InferenceError(
                .invalidMetadata, "\(full(key)) is \(value), which is outside \(least) to \(Self.largest)")
        }
        return value
    }

    func optionalCount(_ key: String, atLeast least: Int = 1) throws(InferenceError) -> Int? {
        has(key) ? try count(key, atLeast: least) : nil
    }

    func number(_ key: String) throws(InferenceError) -> Float {
        let value = try metadata.float(full(key))
        guard value.isFinite else { throw InferenceError(.invalidMetadata, "\(full(key)) is not a finite number") }
        return value
    }

    func optionalNumber(_ key: String) throws(InferenceError) -> Float? {
        has(key) ? try number(key) : nil
    }

    func optionalString(_ key: String) throws(InferenceError) -> String? {
        has(key) ? try metadata.string(full(key)) : nil
    }

    func full(_ key: String) -> String { prefix + "." + key }
}

extension Hyperparameters {
    /// The description of the model in a file.
    package init(_ metadata: GGUFMetadata) throws(InferenceError) {
        let architecture = try Architecture.named(try metadata.string("general.architecture"))
        let reader = HyperparameterReader(prefix: architecture.name, metadata: metadata)
        try self.init(shared: reader)
        try architecture.describe(&self, reader)
        try checkShapes()
    }

    /// What every family states under the same keys.
    private init(shared reader: HyperparameterReader) throws(InferenceError) {
        architecture = reader.prefix
        layers = try reader.count("block_count")
        width = try reader.count("embedding_length")
        heads = try reader.count("attention.head_count")
        keyValueHeads = try reader.optionalCount("attention.head_count_kv") ?? heads
        headWidth = try reader.optionalCount("attention.key_length") ?? width / heads
        feedForwardWidth = try reader.optionalCount("feed_forward_length", atLeast: 0) ?? 0
        contextLength = try reader.count("context_length")
        normEpsilon =
            if let stated = try reader.optionalNumber("attention.layer_norm_rms_epsilon") { stated } else {
                try reader.optionalNumber("attention.layer_norm_epsilon") ?? 1e-5
            }
        rope = try Rope(reader, headWidth: headWidth)
        let scale = try reader.optionalNumber("attention.scale") ?? 0
        attentionScale = scale == 0 ? 1 / Float(headWidth).squareRoot() : scale
        let window = try reader.optionalCount("attention.sliding_window", atLeast: 0) ?? 0
        spans = Array(repeating: window == 0 ? .all : .window(window), count: layers)
        rotates = Array(repeating: true, count: layers)
        temperature = nil
        experts = nil
        if let count = try reader.optionalCount("expert_count", atLeast: 0), count > 0 {
            experts = Experts(
                count: count, chosen: try reader.count("expert_used_count"),
                width: try reader.optionalCount("expert_feed_forward_length") ?? feedForwardWidth,
                routing: .softmaxOverChosen, layers: Array(repeating: true, count: layers))
        }
    }

    private func checkShapes() throws(InferenceError) {
        guard layers <= 4_096 else { throw malformed("\(layers) layers") }
        guard heads.isMultiple(of: keyValueHeads) else {
            throw malformed("\(heads) query heads cannot share \(keyValueHeads) heads of keys")
        }
        guard headWidth <= 256, headWidth.isMultiple(of: 8) else {
            throw InferenceError(
                .unsupportedArchitecture,
                "the model's heads have \(headWidth) elements; multiples of 8 up to 256 are supported")
        }
        guard heads <= 4_096, width <= 1 << 20, feedForwardWidth <= 1 << 24 else {
            throw malformed("\(heads) heads, width \(width), feed-forward width \(feedForwardWidth)")
        }
        guard rope.dimensions <= headWidth, rope.dimensions.isMultiple(of: 2) else {
            throw malformed("\(rope.dimensions) rotated elements in a head of \(headWidth)")
        }
        guard let experts else { return }
        guard experts.count <= 4_096, experts.chosen <= experts.count else {
            throw malformed("\(experts.chosen) of \(experts.count) experts for a token")
        }
    }

    private func malformed(_ what: String) -> InferenceError {
        InferenceError(.invalidMetadata, "the file describes an impossible model: \(what)")
    }
}

extension Rope {
    fileprivate init(_ reader: HyperparameterReader, headWidth: Int) throws(InferenceError) {
        dimensions = try reader.optionalCount("rope.dimension_count") ?? headWidth
        base = try reader.optionalNumber("rope.freq_base") ?? 10_000
        let factor =
            if let stated = try reader.optionalNumber("rope.scaling.factor") { stated } else {
                try reader.optionalNumber("rope.scale_linear") ?? 0
            }
        guard base > 1, factor >= 0 else {
            throw InferenceError(.invalidMetadata, "the rope has base \(base) and scaling factor \(factor)")
        }
        // A file that states a factor and no kind is from before there were kinds: it means linear.
        switch try reader.optionalString("rope.scaling.type") ?? "linear" {
        case "none": scaling = .none
        case "linear": scaling = factor == 0 || factor == 1 ? .none : .linear(factor: factor)
        case "yarn":
            guard factor > 0 else { throw InferenceError(.invalidMetadata, "YaRN without a rope.scaling.factor") }
            let original =
                if let stated = try reader.optionalCount("rope.scaling.original_context_length") { stated } else {
                    try reader.count("context_length")
                }
            var yarn = YaRN(factor: factor, originalContextLength: original)
            yarn.betaFast = try reader.optionalNumber("rope.scaling.yarn_beta_fast") ?? yarn.betaFast
            yarn.betaSlow = try reader.optionalNumber("rope.scaling.yarn_beta_slow") ?? yarn.betaSlow
            yarn.extrapolation = try reader.optionalNumber("rope.scaling.yarn_ext_factor") ?? yarn.extrapolation
            yarn.attentionFactor = try reader.optionalNumber("rope.scaling.attn_factor") ?? yarn.attentionFactor
            scaling = .yarn(yarn)
        case let other:
            throw InferenceError(
                .unsupportedArchitecture, "the model's rope scaling is '\(other)'; known are none, linear and yarn")
        }
    }
}
