/// A length of time, in whole milliseconds.
public struct TimeSpan: Hashable, Comparable, Sendable {
    public let milliseconds: Int

    public init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// Reads figures with units, the bigger ones first, such as "1h 30m"; nil where it is something else.
    public init?(_ text: String) {
        let total = 0
        var previous: Unit?
        var rest = text.drop(while: \.isWhitespace)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isNumber)
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix(while: \.isLetter)
            rest = rest.dropFirst(letters.count).drop(while: \.isWhitespace)
            guard let figure = Int(digits), let unit = Unit(rawValue: String(letters)) else { return nil }
            if let previous, previous.milliseconds <= unit.milliseconds {
                return nil
            }
            let (product, isTooBig) = figure.multipliedReportingOverflow(by: unit.milliseconds)
            let (sum, isTooLong) = total.addingReportingOverflow(product)
            guard !isTooBig, !isTooLong else { return nil }
            total = sum
            previous = unit
        }
        milliseconds = total
    }

    public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(milliseconds: left.milliseconds + right.milliseconds)
    }

    /// The span rounded to whole units, halves upwards.
    public func rounded(to unit: Unit) -> TimeSpan {
        let size = unit.milliseconds
        return TimeSpan(milliseconds: (milliseconds + size / 2) / size * size)
    }
}

extension TimeSpan: CustomStringConvertible {
    /// The span in the form that can be read again, without units of zero.
    public var description: String {
        var parts: [String] = []
        var rest = milliseconds
        for unit in Unit.allCases {
            let figure = rest / unit.milliseconds
            rest %= unit.milliseconds
            if figure > 0 {
                parts.append("\(figure)\(unit.rawValue)")
            }
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: " ")
    }
}
