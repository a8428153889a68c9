/// A day of the Gregorian calendar.
public struct Day: Hashable, Comparable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Nil where there is no such day.
    public init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, in: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 && year % 400 == 0)
    }

    public static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// The place of the day in its year, from 1.
    public var ordinal: Int {
        (1..<month).reduce(day) { $0 + Day.length(ofMonth: $1, in: year) }
    }

    /// How many days lie between this day and a later one (negative for an earlier one).
    public func days(until other: Day) -> Int {
        if other < self {
            return -other.days(until: self)
        }
        let years = (year..<other.year).reduce(0) { $0 + (Day.isLeap($1) ? 366 : 365) }
        return years + other.ordinal - ordinal
    }

    /// The same day some months later or earlier, or the last of that month where it is shorter.
    public func adding(months: Int) -> Day {
        let count = year * 12 + month - 1 + months
        let newMonth = ((count % 12) + 12) % 12 + 1
        let newYear = (count - newMonth + 1) / 12
        let last = Day.length(ofMonth: newMonth, in: newYear)
        return Day(newYear, newMonth, min(day, last))!
    }
}
