import Durations
import Testing

@Suite struct TimeSpanTests {
    @Test(arguments: [
        ("90s", 90_000), ("1h 30m", 5_400_000), ("1h30m", 5_400_000), ("250ms", 250), ("0s", 0),
        ("2d 1s 5ms", 172_801_005), ("  7m  ", 420_000),
    ])
    func reading(text: String, expected: Int) {
        #expect(TimeSpan(text)?.milliseconds == expected)
    }

    @Test(arguments: ["", "  ", "h", "5", "5x", "-3s", "1.5h", "m5", "5 m"])
    func nonsenseIsRefused(text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test(arguments: ["30m 1h", "1h 2h", "5ms 1s"])
    func biggerUnitsComeFirst(text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test func figuresThatAreTooBigAreRefused() {
        #expect(TimeSpan("9223372036854775807ms")?.milliseconds == Int.max)
        #expect(TimeSpan("9223372036854775807s") == nil)
        #expect(TimeSpan("9223372036854775s 808ms") == nil)
        #expect(TimeSpan("99999999999999999999ms") == nil)
    }

    @Test(arguments: ["1h 30m", "2d 1s 5ms", "0s", "59m 59s 999ms"])
    func writingIsReadingBackwards(text: String) {
        #expect(TimeSpan(text)?.description == text)
    }

    @Test func writingPicksTheBiggestUnits() {
        #expect(TimeSpan(milliseconds: 90_061_001).description == "1d 1h 1m 1s 1ms")
        #expect(TimeSpan("90s")?.description == "1m 30s")
    }

    @Test func rounding() {
        #expect(TimeSpan("89s")?.rounded(to: .minutes).description == "1m")
        #expect(TimeSpan("90s")?.rounded(to: .minutes).description == "2m")
        #expect(TimeSpan("29m")?.rounded(to: .hours).description == "0s")
    }

    @Test func comparingAndAdding() throws {
        let short = try #require(TimeSpan("59s"))
        let long = try #require(TimeSpan("1m"))
        #expect(short < long)
        #expect(!(long < short))
        #expect((short + long).description == "1m 59s")
    }
}
