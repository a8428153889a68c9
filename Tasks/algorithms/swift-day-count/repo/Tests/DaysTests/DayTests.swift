import Days
import Testing

@Suite struct DayTests {
    func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
        try #require(Day(year, month, day))
    }

    @Test func daysThatDoNotExist() {
        #expect(Day(2023, 2, 29) == nil)
        #expect(Day(2023, 4, 31) == nil)
        #expect(Day(2023, 0, 1) == nil)
        #expect(Day(2023, 13, 1) == nil)
        #expect(Day(2023, 1, 0) == nil)
        #expect(Day(2023, 1, 32) == nil)
    }

    @Test func lastDaysOfMonths() {
        let lengths = (1...12).map { Day.length(ofMonth: $0, in: 2023) }
        #expect(lengths == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
        #expect(Day(2023, 12, 31) != nil)
    }

    @Test func ordinaryYears() {
        #expect([2021, 2022, 2023, 1999].allSatisfy { !Day.isLeap($0) })
    }

    @Test func fullCenturies() {
        #expect(Day.isLeap(2000) && Day.isLeap(1600))
        #expect(!Day.isLeap(1900) && !Day.isLeap(2100))
    }

    @Test func leapYears() {
        #expect([1996, 2004, 2020, 2024].allSatisfy(Day.isLeap))
        #expect(Day(2024, 2, 29) != nil)
        #expect(Day(2024, 2, 30) == nil)
    }

    @Test func order() throws {
        #expect(try day(2023, 5, 9) < day(2023, 5, 10))
        #expect(try day(2023, 5, 9) < day(2023, 6, 1))
        #expect(try day(2022, 12, 31) < day(2023, 1, 1))
    }

    @Test func placeInTheYear() throws {
        #expect(try day(2023, 1, 1).ordinal == 1)
        #expect(try day(2023, 3, 1).ordinal == 60)
        #expect(try day(2023, 12, 31).ordinal == 365)
    }

    @Test func placeInALeapYear() throws {
        #expect(try day(2024, 3, 1).ordinal == 61)
        #expect(try day(2024, 12, 31).ordinal == 366)
    }

    @Test func daysBetween() throws {
        #expect(try day(2023, 1, 1).days(until: day(2023, 1, 1)) == 0)
        #expect(try day(2022, 12, 30).days(until: day(2023, 1, 2)) == 3)
        #expect(try day(2023, 1, 2).days(until: day(2022, 12, 30)) == -3)
        #expect(try day(2021, 3, 1).days(until: day(2023, 3, 1)) == 730)
    }

    @Test func daysAcrossLeapYears() throws {
        #expect(try day(2023, 12, 31).days(until: day(2024, 12, 31)) == 366)
        #expect(try day(1600, 1, 1).days(until: day(2000, 1, 1)) == 146_097)
        #expect(try day(1970, 1, 1).days(until: day(2024, 2, 29)) == 19_782)
    }

    @Test func addingMonths() throws {
        #expect(try day(2023, 1, 31).adding(months: 1) == day(2023, 2, 28))
        #expect(try day(2023, 11, 15).adding(months: 2) == day(2024, 1, 15))
        #expect(try day(2023, 1, 15).adding(months: -1) == day(2022, 12, 15))
        #expect(try day(2023, 5, 31).adding(months: 25) == day(2025, 6, 30))
        #expect(try day(2023, 12, 1).adding(months: 0) == day(2023, 12, 1))
    }

    @Test func everyYearIsAsLongAsItsMonths() {
        for year in 1890...2110 {
            let days = (1...12).reduce(0) { $0 + Day.length(ofMonth: $1, in: year) }
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            #expect(days == (isLeap ? 366 : 365))
        }
    }
}
