/// What a thing costs from a certain day on.
public struct PriceChange: Hashable, Sendable {
    public let from: Day
    public let cents: Int
}

/// Prices and how they changed.
public struct PriceList: Sendable {
    private var changes: [String: [PriceChange]] = [:]

    public init() {}

    /// Sets the price of a product from a day on, up to the next change.
    public mutating func set(_ product: String, to cents: Int, from day: Day) {
        var history = changes[product, default: []]
        history.removeAll { $0.from == day }
        let place = history.firstIndex { $0.from > day } ?? history.endIndex
        history.insert(PriceChange(from: day, cents: cents), at: place)
        changes[product] = history
    }

    /// The changes of a product's price, the earliest first.
    public func history(of product: String) -> [PriceChange] {
        changes[product, default: []]
    }

    /// The price on a day, or nil where the product was not sold yet.
    public func price(of product: String, on day: Day) -> Int? {
        history(of: product).first { $0.from <= day }?.cents
    }

    /// The day of the next change after `day`, where one is planned.
    public func nextChange(of product: String, after day: Day) -> Day? {
        history(of: product).first { $0.from > day }?.from
    }

    /// What an order costs, or nil where one of the products has no price on that day.
    public func total(of order: [String: Int], on day: Day) -> Int? {
        var sum = 0
        for (product, count) in order {
            guard let price = price(of: product, on: day) else { return nil }
            sum += price * count
        }
        return sum
    }

    /// The products whose price on `later` is above that on `earlier`, by name.
    public func increases(between earlier: Day, and later: Day) -> [String] {
        changes.keys.filter { product in
            guard let old = price(of: product, on: earlier), let new = price(of: product, on: later) else { return false }
            return new > old
        }.sorted()
    }
}
