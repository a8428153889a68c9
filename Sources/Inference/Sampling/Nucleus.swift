import Foundation

/// The tokens that one draw chooses from, and their weights.
///
/// Where `topK` left few, they are sorted and a prefix of them is kept. A whole vocabulary is never sorted: what `topP`
/// keeps is found by narrowing the logit at which the cumulative probability crosses it, like a radix selection.
struct Nucleus: Sendable {
    private var shortlist = Shortlist()
    private var kept: ContiguousArray<Shortlist.Entry> = []
    private var weights: ContiguousArray<Double> = []
    private var bins: ContiguousArray<Double> = []

    /// The tokens that may be drawn.
    var tokens: [Token] { kept.map(\.token) }

    /// Filters by `topK`, `topP` and `minP`, in this order. `highest` is the highest logit.
    mutating func select(from logits: LogitVector, highest: Float, options: SamplingOptions) {
        let isShortlisted = options.topK > 0 && options.topK < logits.buffer.count
        // A likelihood ratio is the exponential of a difference of logits.
        let floor = options.minP > 0 ? highest + log(min(options.minP, 1)) : -Float.infinity
        if isShortlisted {
            shortlist.select(options.topK, of: logits)
            let mass = options.topP < 1 ? shortlist.entries.reduce(0) { $0 + weight($1, below: highest) } : 0
            kept.removeAll(keepingCapacity: true)
            kept.append(contentsOf: shortlist.entries)
            if options.topP < 1 { cutSorted(toMass: Double(options.topP) * mass, highest: highest) }
            while kept.count > 1, let last = kept.last, last.logit < floor { kept.removeLast() }
        } else {
            collect(from: logits, atLeast: floor)
            if options.topP < 1 {
                let mass = logits.sumOfExponentials(offset: highest)
                narrow(toMass: Double(options.topP) * mass, highest: highest)
            }
        }
    }

    /// The token at the place `uniform`, in 0 ..< 1, of the cumulative distribution at `temperature`.
    mutating func draw(at uniform: Double, temperature: Float, highest: Float) -> Token? {
        var total = 0.0
        weights.removeAll(keepingCapacity: true)
        for entry in kept {
            total += Double(LogitVector.exponential((entry.logit - highest) / temperature))
            weights.append(total)
        }
        let place = uniform * total
        // The first cumulative weight above the place; rounding may leave none, and then the last is meant.
        var low = 0
        var high = weights.count - 1
        while low < high {
            let middle = (low + high) / 2
            if weights[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low < kept.count ? kept[low].token : nil
    }

    private func weight(_ entry: Shortlist.Entry, below highest: Float) -> Double {
        Double(LogitVector.exponential(entry.logit - highest))
    }

    private mutating func collect(from logits: LogitVector, atLeast floor: Float) {
        kept.removeAll(keepingCapacity: true)
        var index = 0
        while index < logits.buffer.count {
            let end = min(index + 8, logits.buffer.count)
            if end - index < 8 || logits.anyOfEight(from: index, atLeast: floor) {
                for token in index..<end where logits.buffer[token] >= floor && logits.buffer[token] > -.infinity {
                    kept.append(.init(token: Token(token), logit: logits.buffer[token]))
                }
            }
            index = end
        }
    }

    /// Keeps the shortest prefix of the sorted entries that weighs at least `mass`, and never none.
    private mutating func cutSorted(toMass mass: Double, highest: Float, from start: Int = 0) {
        var sum = 0.0
        for index in start..<kept.count {
            sum += weight(kept[index], below: highest)
            if sum >= mass { return kept.removeSubrange((index + 1)...) }
        }
    }

    /// Keeps the fewest of the highest entries that weigh at least `mass`, in any order.
    private mutating func narrow(toMass mass: Double, highest: Float) {
        var settled = 0  // kept[..<settled] are in; the rest are all below them, and still in question
        var missing = mass
        while kept.count - settled > 256 {
            let open = kept[settled...]
            let top = open.reduce(-Float.infinity) { max($0, $1.logit) }
            // Beyond 32 nats below the top of those in question there is next to no probability.
            let bottom = max(open.reduce(Float.infinity) { min($0, $1.logit) }, top - 32)
            guard top > bottom else { break }
            let count = 1024
            let scale = Float(count - 1) / (top - bottom)
            func bin(_ entry: Shortlist.Entry) -> Int { min(Int(min((top - entry.logit) * scale, 1e6)), count - 1) }
            bins.removeAll(keepingCapacity: true)
            bins.append(contentsOf: repeatElement(0, count: count))
            for entry in open { bins[bin(entry)] += weight(entry, below: highest) }
            var crossing = 0
            while crossing < count - 1 && bins[crossing] < missing {
                missing -= bins[crossing]
                crossing += 1
            }
            let before = kept.count - settled
            partition(from: settled) { bin($0) <= crossing }
            settled = partition(from: settled, dropsRest: false) { bin($0) < crossing }
            if kept.count - settled == before { break }
        }
        guard settled < kept.count else { return }
        kept[settled...].sort { $0.precedes($1) }
        cutSorted(toMass: missing, highest: highest, from: settled)
    }

    /// Moves entries that satisfy `belongs` to the front of those from `start`; returns where the others begin.
    @discardableResult
    private mutating func partition(
        from start: Int, dropsRest: Bool = true, _ belongs: (Shortlist.Entry) -> Bool
    ) -> Int {
        var end = start
        for index in start..<kept.count where belongs(kept[index]) {
            kept.swapAt(end, index)
            end += 1
        }
        if dropsRest { kept.removeSubrange(end...) }
        return end
    }
}
