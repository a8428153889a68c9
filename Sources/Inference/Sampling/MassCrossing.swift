/// Where the cumulative probability of logits in falling order crosses a mass, found without sorting them.
///
/// Logits are counted into bins by their height, the bin of the crossing into finer bins, until few are left to sort:
/// a radix selection by weight.
struct MassCrossing: Sendable {
    private var bins: ContiguousArray<Double> = []
    private var open: ContiguousArray<Shortlist.Entry> = []

    private static let binCount = 1024
    private static let fewEnough = 256

    /// The last of the fewest highest logits whose weights exp(logit − highest) add up to at least `mass`.
    mutating func find(_ mass: Double, in logits: LogitVector, highest: Float) -> Shortlist.Entry {
        var missing = mass
        collect(from: logits, highest: highest, missing: &missing)
        while open.count > Self.fewEnough {
            let top = open.reduce(-Float.infinity) { max($0, $1.logit) }
            let bottom = open.reduce(Float.infinity) { min($0, $1.logit) }
            let scale = Float(Self.binCount - 1) / (top - bottom)
            guard top > bottom, scale.isFinite else { break }
            clearBins()
            for entry in open {
                bins[Self.bin(top - entry.logit, scale)] += Double(LogitVector.exponential(entry.logit - highest))
            }
            let crossing = passBins(&missing)
            let before = open.count
            open.removeAll { Self.bin(top - $0.logit, scale) != crossing }
            if open.count == before || open.isEmpty { break }
        }
        open.sort { $0.precedes($1) }
        for entry in open {
            missing -= Double(LogitVector.exponential(entry.logit - highest))
            if missing <= 0 { return entry }
        }
        return open.last ?? Shortlist.Entry(token: Token(logits.buffer.count), logit: -.infinity)
    }

    /// The first level of bins, over all logits; what lies far below the highest shares the last bin.
    private mutating func collect(from logits: LogitVector, highest: Float, missing: inout Double) {
        let scale = Float(Self.binCount - 1) / min(max(highest - logits.lowest(), 1e-6), 32)
        clearBins()
        bins.withUnsafeMutableBufferPointer { bins in
            logits.forEachWeight(offset: highest) { logit, weight in
                bins[Self.bin(highest - logit, scale)] += Double(weight)
            }
        }
        let crossing = passBins(&missing)
        open.removeAll(keepingCapacity: true)
        for (token, logit) in logits.buffer.enumerated()
        where Self.bin(highest - logit, scale) == crossing && logit > -.infinity {
            open.append(Shortlist.Entry(token: Token(token), logit: logit))
        }
    }

    private mutating func clearBins() {
        bins.removeAll(keepingCapacity: true)
        bins.append(contentsOf: repeatElement(0, count: Self.binCount))
    }

    /// The bin in which the missing mass is reached; what the bins before it weigh is no longer missing.
    private func passBins(_ missing: inout Double) -> Int {
        var crossing = 0
        // The last bin with a weight takes what rounding leaves over.
        let last = bins.lastIndex { $0 > 0 } ?? 0
        while crossing < last && bins[crossing] < missing {
            missing -= bins[crossing]
            crossing += 1
        }
        return crossing
    }

    private static func bin(_ depth: Float, _ scale: Float) -> Int {
        Int(min(depth * scale, Float(binCount - 1)))
    }
}
