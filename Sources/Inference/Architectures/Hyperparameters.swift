import Foundation

/// What a decoder-only transformer computes: the shapes, and the few ways in which the families differ.
///
/// The values of a plain Llama are the defaults; an ``Architecture`` states only what it changes.
package struct Hyperparameters: Sendable, Hashable {
    package var architecture: String
    package var layers: Int
    /// The width of the residual stream.
    package var width: Int
    package var heads: Int
    /// Heads of keys and values; each serves `heads / keyValueHeads` query heads.
    package var keyValueHeads: Int
    package var headWidth: Int
    package var feedForwardWidth: Int
    /// Tokens that the model was trained to see.
    package var contextLength: Int

    package var norm = NormKind.rms
    package var normEpsilon: Float
    package var activation = Activation.gatedSiLU
    package var queryKeyNorm = QueryKeyNorm.none
    package var rope: Rope
    /// Multiplies query · key before the softmax.
    package var attentionScale: Float
    /// What each layer attends to.
    package var spans: [AttentionSpan]
    /// Whether each layer rotates queries and keys.
    package var rotates: [Bool]
    /// Grows the queries of far positions in layers that do not rotate.
    package var temperature: AttentionTemperature?
    package var experts: Experts?

    package var embeddingScale: Float = 1
    package var residualScale: Float = 1
    /// Divides the logits.
    package var logitScale: Float = 1

    package var queryWidth: Int { heads * headWidth }
    package var keyValueWidth: Int { keyValueHeads * headWidth }
    package var queriesPerKey: Int { heads / keyValueHeads }
}

package enum NormKind: Sendable, Hashable {
    /// Zhang and Sennrich 2019: divides by the root mean square.
    case rms
    /// Ba et al. 2016: also subtracts the mean, and adds a bias.
    case layer
}

package enum Activation: Sendable, Hashable {
    /// Shazeer 2020: down(silu(gate(x)) · up(x)).
    case gatedSiLU
    /// down(gelu(up(x))), with the tanh form of gelu.
    case gelu
}

package enum QueryKeyNorm: Sendable, Hashable {
    case none
    /// Each head's queries and keys pass an RMS norm with weights, then rotate.
    case weightedBeforeRope
    /// Each head's queries and keys rotate, then pass an RMS norm without weights, in layers that rotate.
    case plainAfterRope
}

/// The earlier positions that a position attends to, itself included.
package enum AttentionSpan: Sendable, Hashable {
    case all
    /// The last so many.
    case window(Int)
    /// Those in the same chunk of so many positions, counted from the sequence's start.
    case chunk(Int)

    /// The first position that position `position` attends to.
    package func start(for position: Int) -> Int {
        switch self {
        case .all: 0
        case .window(let length): max(0, position - length + 1)
        case .chunk(let length): position - position % length
        }
    }
}

/// Multiplies the queries at position p by 1 + scale · ln(1 + ⌊(p + 1) / floor⌋).
package struct AttentionTemperature: Sendable, Hashable {
    package var scale: Float
    package var floor: Int

    package func factor(at position: Int) -> Float {
        1 + scale * Float(log(Double((position + 1) / floor) + 1))
    }
}

/// A feed-forward layer of many small ones, of which a router picks a few for each token.
package struct Experts: Sendable, Hashable {
    package enum Routing: Sendable, Hashable {
        /// Softmax over the chosen experts' scores; weighs the experts' outputs.
        case softmaxOverChosen
        /// Sigmoid of each chosen score; weighs the experts' inputs.
        case sigmoidOnInput
    }

    package var count: Int
    /// Experts for a token.
    package var chosen: Int
    package var width: Int
    package var routing: Routing
    /// The width of an expert that every token passes; 0: none.
    package var sharedWidth = 0
    /// Whether each layer has experts; the others are dense.
    package var layers: [Bool]
}

/// Rotary position embedding (Su et al. 2021) and its extensions to longer contexts.
package struct Rope: Sendable, Hashable {
    package enum Order: Sendable, Hashable {
        /// Elements 2i and 2i + 1 turn together. Files of the llama family store queries and keys for this order.
        case adjacent
        /// Elements i and i + d/2 turn together.
        case halves
    }

    package enum Scaling: Sendable, Hashable {
        case none
        /// Positions are divided by a factor (Chen et al. 2023).
        case linear(factor: Float)
        case yarn(YaRN)
    }

    /// Peng et al. 2023: fast frequencies stay, slow ones are divided by the factor, those between are blended.
    package struct YaRN: Sendable, Hashable {
        package var factor: Float
        package var originalContextLength: Int
        package var betaFast: Float = 32
        package var betaSlow: Float = 1
        /// Multiplies cosines and sines, on top of the paper's 1 + 0.1 ln(factor).
        package var attentionFactor: Float = 1
        package var extrapolation: Float = 1
    }

    package var order = Order.adjacent
    /// The leading elements of a head that turn; the rest pass.
    package var dimensions: Int
    package var base: Float = 10_000
    package var scaling = Scaling.none
}
