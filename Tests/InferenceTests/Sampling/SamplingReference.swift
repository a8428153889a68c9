import Foundation
import Testing

@testable import Inference

/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Roughly normal, by Irwin and Hall's sum of twelve.
    mutating func normal() -> Float { Float((0..<12).reduce(-6.0) { sum, _ in sum + unit() }) }

    mutating func logits(_ count: Int, spread: Float = 3) -> [Float] { (0..<count).map { _ in normal() * spread } }
}

/// The filters as their definitions read: everything sorted, in double precision.
struct ReferenceDistribution {
    /// Likeliest first, among equals the lower token first.
    let tokens: [Token]
    let probabilities: [Double]

    init(_ logits: [Float], _ options: SamplingOptions) {
        var sorted = logits.indices.filter { logits[$0] > -.infinity }.sorted {
            (-Double(logits[$0]), $0) < (-Double(logits[$1]), $1)
        }
        let highest = Double(logits[sorted[0]])
        func weight(_ index: Int) -> Double { exp(Double(logits[index]) - highest) }
        if options.topK > 0 { sorted = Array(sorted.prefix(options.topK)) }
        if options.topP < 1 {
            let mass = Double(options.topP) * sorted.reduce(0) { $0 + weight($1) }
            var sum = 0.0
            let end = sorted.firstIndex { index in
                sum += weight(index)
                return sum >= mass
            }
            sorted = Array(sorted.prefix(through: end ?? sorted.count - 1))
        }
        if options.minP > 0 { sorted = sorted.filter { weight($0) >= Double(options.minP) } }
        let weights = sorted.map { exp((Double(logits[$0]) - highest) / Double(options.temperature)) }
        let total = weights.reduce(0, +)
        tokens = sorted.map { Token($0) }
        probabilities = weights.map { $0 / total }
    }
}

extension Sampler {
    /// Samples from a copy of the logits.
    mutating func sample(_ logits: [Float], constraint: (any TokenConstraint)? = nil) -> SampledToken? {
        var copy = logits
        return copy.withUnsafeMutableBufferPointer { sample($0, constraint: constraint) }
    }

    /// The next token, where there must be one.
    mutating func next(_ logits: [Float]) throws -> SampledToken {
        let sampled = sample(logits)
        return try #require(sampled)
    }
}
