import Foundation

/// The tokens that one draw chooses from: what `topK`, `topP` and `minP` leave.
///
/// Few are listed, in order. Many stay where they are, and the logits of all others become −∞: a whole vocabulary is
/// never sorted, and never copied.
struct Nucleus: Sendable {
    private var shortlist = Shortlist()
    /// How many of the shortlist are kept; nil if what is kept is what is finite in the logits.
    private var listed: Int?
    private var crossing = MassCrossing()
    private var weights: ContiguousArray<Double> = []

    /// `topP` often keeps fewer than this many of a whole vocabulary.
    private static let firstLook = 256

    /// Filters by `topK`, `topP` and `minP`, in this order. `highest` is the highest logit.
    mutating func select(from logits: LogitVector, highest: Float, options: SamplingOptions) {
        // A likelihood ratio is the exponential of a difference of logits.
        let floor = options.minP > 0 ? highest + log(min(options.minP, 1)) : -Float.infinity
        if options.topK > 0 && options.topK < logits.buffer.count {
            shortlist.select(options.topK, of: logits)
            let mass = weigh(shortlist.entries.count, below: highest)
            listed = cut(toMass: options.topP < 1 ? Double(options.topP) * mass : .infinity, floor: floor)
        } else if options.topP < 1 {
            let mass = Double(options.topP) * logits.sumOfExponentials(offset: highest)
            shortlist.select(Self.firstLook, of: logits)
            if weigh(shortlist.entries.count, below: highest) >= mass || logits.buffer.count <= Self.firstLook {
                listed = cut(toMass: mass, floor: floor)
            } else {
                listed = nil
                let last = crossing.find(mass, in: logits, highest: highest)
                logits.forbid(below: max(floor, last.logit))
                if last.logit >= floor { forbidTies(after: last, in: logits) }
            }
        } else {
            listed = nil
            if floor > -.infinity { logits.forbid(below: floor) }
        }
    }

    /// The token at the place `uniform`, in 0 ..< 1, of the cumulative distribution at `temperature`.
    mutating func draw(at uniform: Double, from logits: LogitVector, temperature: Float, highest: Float) -> Token? {
        let scale = min(1 / temperature, .greatestFiniteMagnitude)
        if let listed {
            weigh(listed, below: highest, scale: scale)
            return Self.place(uniform, in: weights).map { shortlist.entries[$0].token }
        }
        sumUp(logits.blocks) { logits.sumOfExponentials(in: logits.block($0), offset: highest, scale: scale) }
        guard let block = Self.place(uniform, in: weights) else { return nil }
        let total = weights.last ?? 0
        let before = block > 0 ? weights[block - 1] : 0
        let within = weights[block] - before
        let range = logits.block(block)
        sumUp(range.count) {
            Double(LogitVector.exponential((logits.buffer[range.lowerBound + $0] - highest) * scale))
        }
        return Self.place((uniform * total - before) / within, in: weights).map { Token(range.lowerBound + $0) }
    }

    /// The kept tokens.
    func tokens(of logits: LogitVector) -> [Token] {
        if let listed { return shortlist.entries.prefix(listed).map(\.token) }
        return logits.buffer.indices.filter { logits.buffer[$0] > -.infinity }.map { Token($0) }
    }

    /// Makes `weights` the cumulative weights of the first `count` of the shortlist; returns their sum.
    @discardableResult
    private mutating func weigh(_ count: Int, below highest: Float, scale: Float = 1) -> Double {
        let entries = shortlist.entries
        sumUp(count) { Double(LogitVector.exponential((entries[$0].logit - highest) * scale)) }
        return weights.last ?? 0
    }

    private mutating func sumUp(_ count: Int, _ weight: (Int) -> Double) {
        weights.removeAll(keepingCapacity: true)
        var total = 0.0
        for index in 0..<count {
            total += weight(index)
            weights.append(total)
        }
    }

    /// How many of the weighed shortlist to keep: the fewest that reach `mass`, none below `floor`, at least one.
    private func cut(toMass mass: Double, floor: Float) -> Int {
        var count = (weights.firstIndex { $0 >= mass } ?? weights.count - 1) + 1
        while count > 1 && shortlist.entries[count - 1].logit < floor { count -= 1 }
        return count
    }

    private func forbidTies(after last: Shortlist.Entry, in logits: LogitVector) {
        for token in Int(last.token) + 1..<logits.buffer.count where logits.buffer[token] == last.logit {
            logits.buffer[token] = -.infinity
        }
    }

    /// The first index whose cumulative weight is above the place, and that has a weight of its own.
    private static func place(_ uniform: Double, in weights: ContiguousArray<Double>) -> Int? {
        guard let total = weights.last, total > 0 else { return nil }
        // Rounding may put the place at the very end, where nothing is above it.
        let place = min(uniform * total, total.nextDown)
        var low = 0
        var high = weights.count - 1
        while low < high {
            let middle = (low + high) / 2
            if weights[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
