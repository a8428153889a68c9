import Foundation
import Testing

@testable import Inference

@Suite struct SamplerTests {
    @Test("frequencies follow the filtered distribution", arguments: 0..<12 as Range<UInt64>)
    func frequencies(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var options = SamplingOptions(
            temperature: [0.3, 0.8, 1, 2][generator.below(4)], topK: [0, 5, 40][generator.below(3)],
            topP: [0.5, 0.95, 1][generator.below(3)], minP: [0, 0.05][generator.below(2)], seed: seed)
        options.penaltyWindow = 0
        let logits = generator.logits(200, spread: 2)
        let expected = ReferenceDistribution(logits, options)
        var sampler = Sampler(options)
        var counts: [Token: Int] = [:]
        let draws = 20_000
        for _ in 0..<draws { counts[try sampler.next(logits).token, default: 0] += 1 }
        #expect(Set(counts.keys).isSubset(of: Set(expected.tokens)), "\(options)")
        // Pearson's statistic over cells that expect at least five, the rest in one; its mean is the degrees of
        // freedom and its deviation their doubled root.
        var statistic = 0.0
        var cells = 0
        var rest = (seen: 0.0, expected: 0.0)
        for (token, probability) in zip(expected.tokens, expected.probabilities) {
            let cell = (seen: Double(counts[token] ?? 0), expected: probability * Double(draws))
            if cell.expected < 5 {
                rest = (rest.seen + cell.seen, rest.expected + cell.expected)
            } else {
                statistic += (cell.seen - cell.expected) * (cell.seen - cell.expected) / cell.expected
                cells += 1
            }
        }
        if rest.expected >= 5 {
            statistic += (rest.seen - rest.expected) * (rest.seen - rest.expected) / rest.expected
            cells += 1
        }
        let freedom = Double(max(1, cells - 1))
        #expect(statistic < freedom + 5 * (2 * freedom).squareRoot(), "seed \(seed), \(options), \(cells) cells")
    }

    @Test("the tokens kept are those of the filters' definitions", arguments: 0..<200 as Range<UInt64>)
    func filters(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = 1 + generator.below(seed % 5 == 0 ? 5_000 : 300)
        let spread = [0, 0.01, 1, 8][generator.below(4)] as Float
        var logits = generator.logits(count, spread: spread)
        // Ties, and forbidden tokens.
        if seed % 3 == 0 { logits = logits.map { ($0 * 2).rounded() / 2 } }
        if seed % 4 == 0 { for _ in 0..<count / 2 { logits[generator.below(count - 1) + 1 - 1] = -.infinity } }
        logits[0] = max(logits[0], -1)
        let options = SamplingOptions(
            temperature: 1, topK: [0, 1, 3, 64, 10_000][generator.below(5)],
            topP: [0, 0.1, 0.5, 0.9, 0.999, 1][generator.below(6)], minP: [0, 0.01, 0.2, 1][generator.below(4)])
        let expected = ReferenceDistribution(logits, options)
        var nucleus = Nucleus()
        let kept = logits.withUnsafeMutableBufferPointer { buffer in
            let vector = LogitVector(buffer: buffer)
            let highest = vector.sanitise()
            nucleus.select(from: vector, highest: highest, options: options)
            return Set(nucleus.tokens(of: vector))
        }
        // Single precision may put the crossing of `topP` at a neighbour; anything else must agree.
        let difference = kept.symmetricDifference(expected.tokens)
        #expect(difference.count <= (options.topP < 1 && options.topP > 0 ? 1 + kept.count / 500 : 0), "\(options)")
        #expect(!kept.isEmpty)
    }

    @Test("greedy takes the highest, and the lowest token among equals")
    func greedy() throws {
        var sampler = Sampler(.greedy)
        var logits = [Float](repeating: 1, count: 1_003)
        #expect(sampler.sample(logits)?.token == 0)
        logits[1_002] = 2
        #expect(sampler.sample(logits)?.token == 1_002)
        logits[501] = 2
        #expect(sampler.sample(logits)?.token == 501)
    }

    @Test("log-probabilities are the model's own, whatever the options")
    func logProbabilities() throws {
        var generator = SeededGenerator(seed: 5)
        let logits = generator.logits(1_000)
        let highest = Double(logits.max()!)
        let logSum = highest + log(logits.reduce(0) { $0 + exp(Double($1) - highest) })
        var options = SamplingOptions(temperature: 1.5, topK: 10, seed: 9)
        options.logitBias = [7: 50]
        options.frequencyPenalty = 2
        options.logProbabilities = 4
        var sampler = Sampler(options)
        sampler.accept(7)
        let chosen = try sampler.next(logits)
        #expect(chosen.token == 7)
        #expect(abs(Double(chosen.logProbability) - (Double(logits[7]) - logSum)) < 1e-4)
        let best = logits.indices.sorted { logits[$0] > logits[$1] }.prefix(4)
        #expect(chosen.alternatives.map(\.token) == best.map { Token($0) })
        for alternative in chosen.alternatives {
            #expect(abs(Double(alternative.logProbability) - (Double(logits[Int(alternative.token)]) - logSum)) < 1e-4)
        }
    }

    @Test("the same seed and sample give the same tokens; another of either gives others")
    func seeds() {
        var generator = SeededGenerator(seed: 1)
        let rows = (0..<50).map { _ in generator.logits(500, spread: 1) }
        func text(seed: UInt64, sample: Int) -> [Token?] {
            var sampler = Sampler(
                SamplingOptions(temperature: 1, topK: 0, topP: 1, minP: 0, seed: seed), sample: sample)
            return rows.map { sampler.sample($0)?.token }
        }
        #expect(text(seed: 3, sample: 2) == text(seed: 3, sample: 2))
        #expect(text(seed: 3, sample: 2) != text(seed: 3, sample: 1))
        #expect(text(seed: 3, sample: 1) != text(seed: 4, sample: 0))
    }

    @Test("penalties count what stands in the window, and no more")
    func penalties() {
        var options = SamplingOptions.greedy
        options.penaltyWindow = 3
        options.frequencyPenalty = 0.5
        options.presencePenalty = 0.25
        func winner(_ accepted: [Token], against rival: Float) -> Token? {
            var sampler = Sampler(options)
            for token in accepted { sampler.accept(token) }
            return sampler.sample([2, rival, 0])?.token
        }
        #expect(winner([0], against: 1.2) == 0)  // 2 − 0.75
        #expect(winner([0], against: 1.3) == 1)
        #expect(winner([0, 0], against: 0.8) == 1)  // 2 − 1.25
        #expect(winner([0, 2, 2, 2], against: 1.9) == 0)  // slid out
        options = .greedy
        options.repetitionPenalty = 2
        #expect(winner([0], against: 1.1) == 1)
        var sampler = Sampler(options)
        sampler.accept(0)
        #expect(sampler.sample([-1, -1.9])?.token == 1)  // −2 against −1.9
    }

    @Test("NaN, infinities and empty vocabularies do not trap")
    func strangeLogits() {
        for options in [SamplingOptions(), .greedy, SamplingOptions(topK: 0), SamplingOptions(temperature: .infinity)] {
            var sampler = Sampler(options)
            #expect(sampler.sample([]) == nil)
            #expect(sampler.sample([.nan, .nan]) == nil)
            #expect(sampler.sample([Float](repeating: -.infinity, count: 20)) == nil)
            #expect(sampler.sample([.nan, 3, -.infinity])?.token == 1)
            #expect(sampler.sample([Float](repeating: .nan, count: 16) + [.infinity])?.token == 16)
        }
    }

    @Test("options without sense neither trap nor leave nothing", arguments: 0..<100 as Range<UInt64>)
    func strangeOptions(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let strange: [Float] = [
            .nan, .infinity, -.infinity, -1, 0, 1, 2, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        ]
        func any() -> Float { strange[generator.below(strange.count)] }
        var options = SamplingOptions(
            temperature: any(), topK: [-5, 0, 2, .max][generator.below(4)], topP: any(), minP: any())
        options.repetitionPenalty = any()
        options.frequencyPenalty = any()
        options.penaltyWindow = [-1, 0, 4, 1 << 40][generator.below(4)]
        options.logitBias = [-4: 1, 3: any(), 9_999_999: 2]
        options.logProbabilities = [-3, 0, 2, 1_000][generator.below(4)]
        var sampler = Sampler(options)
        let logits = generator.logits(77)
        for _ in 0..<5 {
            guard let chosen = sampler.sample(logits) else { continue }
            #expect(chosen.token >= 0 && chosen.token < 77)
            sampler.accept(chosen.token)
        }
    }

    @Test("a banned token is never drawn, and a bias moves the odds by its exponential")
    func bias() throws {
        var options = SamplingOptions(temperature: 1, topK: 0, topP: 1, minP: 0)
        options.logitBias = [0: -.infinity, 1: Float(log(3.0))]
        var sampler = Sampler(options)
        var counts = [0, 0, 0]
        for _ in 0..<8_000 { counts[Int(try sampler.next([5, 1, 1]).token)] += 1 }
        #expect(counts[0] == 0)
        #expect(abs(Double(counts[1]) / 8_000 - 0.75) < 0.03)
    }

    @Test("a forbidding constraint leaves nothing")
    func nothingLeft() {
        struct Nothing: TokenConstraint {
            func mask(_ logits: UnsafeMutableBufferPointer<Float>) { logits.update(repeating: -.infinity) }
            mutating func accept(_ token: Token) {}
            var allowsEnd: Bool { false }
            var isExhausted: Bool { true }
        }
        var sampler = Sampler(SamplingOptions())
        #expect(sampler.sample([1, 2, 3], constraint: Nothing()) == nil)
    }
}
