import Foundation

/// The angles by which queries and keys turn: one frequency a pair of elements, and a factor on cosine and sine.
package struct RotaryEmbedding: Sendable {
    /// Radians a position, for each pair.
    package let frequencies: [Double]
    /// YaRN's attention factor; 1 without.
    package let magnitude: Double

    /// `divisors`: Llama 3.1's tensor `rope_freqs.weight`, by which each frequency is divided.
    package init(_ rope: Rope, divisors: [Float]? = nil) {
        let pairs = rope.dimensions / 2
        let base = (0..<pairs).map { pair in
            let frequency = pow(Double(rope.base), -2 * Double(pair) / Double(rope.dimensions))
            return divisors.map { frequency / Double($0[pair]) } ?? frequency
        }
        switch rope.scaling {
        case .none:
            frequencies = base
            magnitude = 1
        case .linear(let factor):
            frequencies = base.map { $0 / Double(factor) }
            magnitude = 1
        case .yarn(let yarn):
            let ramp = yarn.ramp(rope)
            frequencies = zip(base, ramp).map { frequency, kept in
                frequency * kept + frequency / Double(yarn.factor) * (1 - kept)
            }
            let growth = yarn.extrapolation == 0 ? 1 : 1 + 0.1 * log(Double(yarn.factor))
            magnitude = Double(yarn.attentionFactor) * growth
        }
    }

    /// Writes cosines and sines of one position, one each a pair.
    func write(position: Int, cosines: UnsafeMutablePointer<Float>, sines: UnsafeMutablePointer<Float>) {
        frequencies.withUnsafeBufferPointer { frequencies in
            for (pair, frequency) in frequencies.enumerated() {
                let angle = Double(position) * frequency
                cosines[pair] = Float(cos(angle) * magnitude)
                sines[pair] = Float(sin(angle) * magnitude)
            }
        }
    }
}

extension Rope.YaRN {
    /// For each pair, how much of its own frequency it keeps: 1 for those that turn more than `betaFast` times in the
    /// original context, 0 for those that turn less than `betaSlow` times (Peng et al. 2023, section 3.2).
    fileprivate func ramp(_ rope: Rope) -> [Double] {
        let pairs = rope.dimensions / 2
        // The pair, as a real number, that turns so many times.
        func pair(turning turns: Float) -> Double {
            Double(rope.dimensions) * log(Double(originalContextLength) / (Double(turns) * 2 * .pi))
                / (2 * log(Double(rope.base)))
        }
        let low = max(0, pair(turning: betaFast).rounded(.down))
        let high = min(Double(rope.dimensions - 1), pair(turning: betaSlow).rounded(.up))
        return (0..<pairs).map { index in
            let position = (Double(index) - low) / max(0.001, high - low)
            return (1 - min(1, max(0, position))) * Double(extrapolation)
        }
    }
}
