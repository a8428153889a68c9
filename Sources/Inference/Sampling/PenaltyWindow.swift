/// The last accepted tokens and how often each stands among them.
struct PenaltyWindow: Sendable {
    private let capacity: Int
    private var tokens: [Token] = []
    private var oldest = 0
    private(set) var counts: [Token: Int] = [:]

    init(capacity: Int) {
        self.capacity = max(0, capacity)
    }

    mutating func append(_ token: Token) {
        guard capacity > 0 else { return }
        counts[token, default: 0] += 1
        guard tokens.count == capacity else { return tokens.append(token) }
        forget(tokens[oldest])
        tokens[oldest] = token
        oldest = (oldest + 1) % capacity
    }

    private mutating func forget(_ token: Token) {
        guard let count = counts[token] else { return }
        counts[token] = count > 1 ? count - 1 : nil
    }
}
