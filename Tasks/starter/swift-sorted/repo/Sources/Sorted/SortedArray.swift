/// Elements in ascending order; equal elements keep the order in which they came.
public struct SortedArray<Element: Comparable> {
    public private(set) var elements: [Element]

    public init() {
        elements = []
    }

    public init(_ elements: some Sequence<Element>) {
        self.elements = elements.sorted()
    }

    public var isEmpty: Bool { elements.isEmpty }
    public var count: Int { elements.count }
    public var first: Element? { elements.first }
    public var last: Element? { elements.last }

    /// The number of elements that are smaller than `value`.
    public func lowerBound(of value: Element) -> Int {
        partition { $0 < value }
    }

    /// The number of elements that are not bigger than `value`.
    public func upperBound(of value: Element) -> Int {
        partition { $0 <= value }
    }

    public func contains(_ value: Element) -> Bool {
        let index = lowerBound(of: value)
        return index < elements.count && elements[index] == value
    }

    /// How many elements equal `value`.
    public func occurrences(of value: Element) -> Int {
        upperBound(of: value) - lowerBound(of: value)
    }

    /// Puts `value` behind the elements that equal it; returns its index.
    @discardableResult
    public mutating func insert(_ value: Element) -> Int {
        let index = upperBound(of: value)
        elements.insert(value, at: index)
        return index
    }

    /// Takes one element that equals `value` out; false where there is none.
    @discardableResult
    public mutating func remove(_ value: Element) -> Bool {
        let index = lowerBound(of: value)
        guard index < elements.count, elements[index] == value else { return false }
        elements.remove(at: index)
        return true
    }

    /// The elements from `low` up to, but not including, `high`.
    public func elements(from low: Element, to high: Element) -> ArraySlice<Element> {
        let start = lowerBound(of: low)
        return elements[start..<max(start, lowerBound(of: high))]
    }

    /// The length of the prefix in which the condition holds, by halving.
    private func partition(where condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = low + (high - low) / 2
            if condition(elements[middle]) {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }
}

extension SortedArray where Element: BinaryInteger {
    /// The middle element, or the mean of the two middle ones, rounded down; nil where there are none.
    public var median: Element? {
        guard !elements.isEmpty else { return nil }
        let middle = elements.count / 2
        if elements.count.isMultiple(of: 2) {
            return (elements[middle - 1] + elements[middle]) / 2
        }
        return elements[middle]
    }
}

extension SortedArray: Equatable {}
extension SortedArray: Sendable where Element: Sendable {}
