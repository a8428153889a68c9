import Snow
import Testing

@Suite struct SlopeTests {
    func depths(_ slope: Slope, _ metres: Int) -> [Int?] {
        var slope = slope
        return (0..<metres).map { slope.deepest(in: $0..<($0 + 1)) }
    }

    @Test func bareSlope() {
        #expect(depths(Slope(metres: 3), 3) == [0, 0, 0])
    }

    @Test func snowEverywhere() {
        var slope = Slope(metres: 5)
        slope.snow(0..<5, 7)
        #expect(slope.deepest(in: 0..<5) == 7)
        #expect(depths(slope, 5) == [7, 7, 7, 7, 7])
    }

    @Test func snowOnAPart() {
        var slope = Slope(metres: 6)
        slope.snow(2..<4, 3)
        #expect(depths(slope, 6) == [0, 0, 3, 3, 0, 0])
        #expect(slope.deepest(in: 0..<6) == 3)
        #expect(slope.deepest(in: 4..<6) == 0)
    }

    @Test func oneMetre() {
        var slope = Slope(metres: 1)
        slope.snow(0..<1, 2)
        slope.snow(0..<1, 2)
        #expect(slope.deepest(in: 0..<1) == 4)
    }

    @Test func emptyRanges() {
        var slope = Slope(metres: 4)
        slope.snow(2..<2, 9)
        #expect(slope.deepest(in: 0..<4) == 0)
        #expect(slope.deepest(in: 3..<3) == nil)
    }

    @Test func rangesBeyondTheSlope() {
        var slope = Slope(metres: 4)
        slope.snow(-3..<2, 1)
        slope.snow(7..<9, 1)
        #expect(depths(slope, 4) == [1, 1, 0, 0])
        #expect(slope.deepest(in: 2..<99) == 0)
        #expect(slope.deepest(in: 5..<9) == nil)
    }

    @Test func moreSnowOnAPart() {
        var slope = Slope(metres: 8)
        slope.snow(0..<8, 5)
        slope.snow(0..<2, 1)
        #expect(slope.deepest(in: 0..<8) == 6)
        #expect(depths(slope, 8) == [6, 6, 5, 5, 5, 5, 5, 5])
    }

    @Test func melting() {
        var slope = Slope(metres: 4)
        slope.snow(0..<4, 5)
        slope.snow(1..<4, -2)
        #expect(slope.deepest(in: 0..<4) == 5)
        #expect(slope.deepest(in: 1..<4) == 3)
    }

    @Test func askingChangesNothing() {
        var asked = Slope(metres: 7)
        var unasked = asked
        for (range, depth) in [(0..<7, 4), (1..<3, 2), (2..<6, -1), (0..<2, 3)] {
            asked.snow(range, depth)
            unasked.snow(range, depth)
            _ = depths(asked, 7)
            for metre in 0..<7 {
                _ = asked.deepest(in: metre..<7)
            }
        }
        #expect(asked.deepest(in: 0..<7) == unasked.deepest(in: 0..<7))
        #expect(depths(asked, 7) == depths(unasked, 7))
    }

    @Test func againstAPlainArray() {
        var state: UInt64 = 17
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for metres in 1..<14 {
            var slope = Slope(metres: metres)
            var plain = Array(repeating: 0, count: metres)
            for _ in 0..<30 {
                let start = next(metres)
                let range = start..<(start + 1 + next(metres - start))
                let depth = next(9) - 3
                slope.snow(range, depth)
                for metre in range {
                    plain[metre] += depth
                }
                let from = next(metres)
                let asked = from..<(from + 1 + next(metres - from))
                #expect(slope.deepest(in: asked) == plain[asked].max())
            }
        }
    }
}
