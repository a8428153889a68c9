/// One chosen token.
///
/// Log-probabilities are natural logarithms under the model's own distribution: before bias, penalties, constraint,
/// filters and temperature. They add up to the text's likelihood whatever the sampling options were.
package struct SampledToken: Sendable {
    package let token: Token
    package let logProbability: Float
    /// The model's `logProbabilities` likeliest tokens, likeliest first; empty unless asked for.
    package let alternatives: [(token: Token, logProbability: Float)]

    package init(
        token: Token, logProbability: Float, alternatives: [(token: Token, logProbability: Float)] = []
    ) {
        self.token = token
        self.logProbability = logProbability
        self.alternatives = alternatives
    }
}
