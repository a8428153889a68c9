import Foundation

/// Chooses one sequence's tokens; see ``SamplingOptions`` for the stages and their order.
///
/// What it chooses depends on the logits, the accepted tokens, the seed, the sample's index and the step; never on what
/// else is decoded at the same time. Buffers are kept from token to token.
///
/// ```swift
/// var sampler = Sampler(options, sample: 3)
/// while let chosen = sampler.sample(logits, constraint: nil) {
///     sampler.accept(chosen.token)
/// }
/// ```
package struct Sampler: Sendable {
    package let options: SamplingOptions
    private let noise: SampleNoise
    private var step: UInt64 = 0
    private var window: PenaltyWindow
    private var nucleus = Nucleus()
    private var likeliest = Shortlist()
    /// What the logits were that bias and penalties changed in this step.
    private var originals: [Token: Float] = [:]

    /// `sample` is the index among texts drawn with one seed: each index is a random sequence of its own.
    package init(_ options: SamplingOptions, sample: Int = 0) {
        self.options = options
        noise = SampleNoise(seed: options.seed, sample: sample)
        window = PenaltyWindow(capacity: options.isPenalising ? options.penaltyWindow : 0)
    }

    /// Adds a token to the penalties' window: each chosen one, and the prompt's if it is to be penalised too.
    package mutating func accept(_ token: Token) {
        window.append(token)
    }

    /// The next token; nil if none is left, for which see ``TokenConstraint/isExhausted``, or if no logit is a number.
    ///
    /// The logits are overwritten.
    package mutating func sample(
        _ logits: UnsafeMutableBufferPointer<Float>, constraint: (any TokenConstraint)? = nil
    ) -> SampledToken? {
        defer { step += 1 }
        let vector = LogitVector(buffer: logits)
        let highest = vector.sanitise()
        guard highest > -.infinity else { return nil }
        let logSum = highest + Float(log(vector.sumOfExponentials(offset: highest)))
        let alternatives = likeliest(of: vector, logSum: logSum)
        adjust(logits)
        constraint?.mask(logits)
        guard let token = choose(from: vector) else { return nil }
        // A chosen logit is as the model gave it, unless bias or a penalty changed it.
        let logit = originals[token] ?? logits[Int(token)]
        return SampledToken(token: token, logProbability: logit - logSum, alternatives: alternatives)
    }

    private mutating func likeliest(
        of logits: LogitVector, logSum: Float
    ) -> [(token: Token, logProbability: Float)] {
        guard options.logProbabilities > 0 else { return [] }
        likeliest.select(options.logProbabilities, of: logits)
        return likeliest.entries.map { ($0.token, $0.logit - logSum) }
    }

    private mutating func adjust(_ logits: UnsafeMutableBufferPointer<Float>) {
        originals.removeAll(keepingCapacity: true)
        let options = options
        for (token, bias) in options.logitBias {
            change(token, of: logits) { $0 + bias }
        }
        for (token, count) in window.counts {
            change(token, of: logits) { logit in
                let factor = options.repetitionPenalty > 0 ? options.repetitionPenalty : 1
                let scaled = logit > 0 ? logit / factor : logit * factor
                return scaled - Float(count) * options.frequencyPenalty - options.presencePenalty
            }
        }
    }

    private mutating func change(
        _ token: Token, of logits: UnsafeMutableBufferPointer<Float>, _ changed: (Float) -> Float
    ) {
        guard token >= 0 && Int(token) < logits.count else { return }
        let logit = logits[Int(token)]
        if originals[token] == nil { originals[token] = logit }
        let value = changed(logit)
        logits[Int(token)] = value.isNaN ? -.infinity : min(value, .greatestFiniteMagnitude)
    }

    private mutating func choose(from logits: LogitVector) -> Token? {
        guard let best = logits.argmax() else { return nil }
        guard options.temperature > 0 else { return Token(best) }
        let highest = logits.buffer[best]
        nucleus.select(from: logits, highest: highest, options: options)
        return nucleus.draw(
            at: noise.uniform(at: step), from: logits, temperature: options.temperature, highest: highest)
    }
}
