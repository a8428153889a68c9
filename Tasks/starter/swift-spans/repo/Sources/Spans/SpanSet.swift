/// A set of integers, kept as the fewest ranges, in ascending order.
public struct SpanSet: Hashable, Sendable {
    public private(set) var spans: [Range<Int>] = []

    public init() {}

    public init(_ spans: some Sequence<Range<Int>>) {
        for span in spans {
            insert(span)
        }
    }

    public var isEmpty: Bool { spans.isEmpty }

    /// How many integers are in the set.
    public var count: Int {
        spans.reduce(0) { $0 + $1.count }
    }

    public func contains(_ value: Int) -> Bool {
        spans.contains { $0.contains(value) }
    }

    /// Whether the whole span is in the set.
    public func contains(_ span: Range<Int>) -> Bool {
        span.isEmpty || spans.contains { $0.lowerBound <= span.lowerBound && span.upperBound <= $0.upperBound }
    }

    /// Adds a span; spans that touch or overlap become one.
    public mutating func insert(_ span: Range<Int>) {
        guard !span.isEmpty else { return }
        var merged = span
        var result: [Range<Int>] = []
        for other in spans {
            if other.upperBound < merged.lowerBound || other.lowerBound > merged.upperBound {
                result.append(other)
            } else {
                let lower = min(merged.lowerBound, other.lowerBound)
                merged = lower..<max(merged.upperBound, other.upperBound)
            }
        }
        let place = result.firstIndex { $0.lowerBound > merged.lowerBound } ?? result.endIndex
        result.insert(merged, at: place)
        spans = result
    }

    /// Takes every integer of `span` out of the set.
    public mutating func remove(_ span: Range<Int>) {
        guard !span.isEmpty else { return }
        var result: [Range<Int>] = []
        for other in spans {
            guard other.overlaps(span) else {
                result.append(other)
                continue
            }
            let keepsFront = other.lowerBound < span.lowerBound
            let lower = keepsFront ? other.lowerBound : span.upperBound
            let upper = keepsFront ? span.lowerBound : other.upperBound
            if lower < upper {
                result.append(lower..<upper)
            }
        }
        spans = result
    }

    /// What is missing from the set within `bounds`.
    public func gaps(in bounds: Range<Int>) -> [Range<Int>] {
        var missing = SpanSet([bounds])
        for span in spans {
            missing.remove(span)
        }
        return missing.spans
    }

    public func union(_ other: SpanSet) -> SpanSet {
        SpanSet(spans + other.spans)
    }

    public func subtracting(_ other: SpanSet) -> SpanSet {
        var result = self
        for span in other.spans {
            result.remove(span)
        }
        return result
    }
}

extension SpanSet: ExpressibleByArrayLiteral {
    public init(arrayLiteral spans: Range<Int>...) {
        self.init(spans)
    }
}
