/// How the next token is chosen.
///
/// The stages run in llama.cpp's default order, each on what the one before left:
///
/// 1. `logitBias` is added;
/// 2. penalties, over the last `penaltyWindow` accepted tokens;
/// 3. the constraint, if any: what it forbids becomes −∞ (llama.cpp samples first and asks its grammar afterwards);
/// 4. `topK`, 5. `topP`, 6. `minP`, at temperature 1;
/// 7. `temperature`, and one draw.
///
/// A value that makes no sense (NaN, a negative count) switches its stage off; nothing traps.
package struct SamplingOptions: Sendable, Codable, Equatable {
    /// 0 and below is greedy: the highest logit, and among equals the lowest token.
    package var temperature: Float = 0.8
    /// Keep this many of the highest logits; 0 keeps all.
    package var topK: Int = 40
    /// Keep the fewest of the likeliest tokens whose probabilities reach this sum; 1 keeps all, 0 the likeliest.
    package var topP: Float = 0.95
    /// Keep tokens at least this many times as likely as the likeliest; 0 keeps all.
    package var minP: Float = 0.05
    /// Divides positive and multiplies negative logits of tokens in the window (Keskar et al., 2019, "CTRL"); 1 is off.
    package var repetitionPenalty: Float = 1
    /// Subtracted from a logit once for each time its token stands in the window.
    package var frequencyPenalty: Float = 0
    /// Subtracted from a logit once if its token stands in the window at all.
    package var presencePenalty: Float = 0
    /// How many of the last accepted tokens the penalties look at; 0 switches them off.
    package var penaltyWindow: Int = 64
    /// Added to logits before anything else; −∞ forbids a token.
    package var logitBias: [Token: Float] = [:]
    /// The same seed gives the same text.
    package var seed: UInt64 = 0
    /// How many of the model's likeliest tokens to report beside the chosen one.
    package var logProbabilities: Int = 0

    package init(
        temperature: Float = 0.8, topK: Int = 40, topP: Float = 0.95, minP: Float = 0.05, seed: UInt64 = 0
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.seed = seed
    }

    /// The likeliest token each time.
    package static let greedy = SamplingOptions(temperature: 0)

    /// Whether any of the three penalties would change a logit.
    var isPenalising: Bool {
        penaltyWindow > 0 && (repetitionPenalty != 1 || frequencyPenalty != 0 || presencePenalty != 0)
    }
}
