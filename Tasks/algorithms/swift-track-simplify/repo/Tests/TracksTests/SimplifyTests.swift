import Testing
import Tracks

@Suite struct SimplifyTests {
    /// Steps to the right, with heights from a small generator of numbers.
    func wanderings(_ count: Int, seed: UInt64) -> [Point] {
        var state = seed
        return (0..<count).map { step in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Point(Double(step), Double((state >> 33) % 10))
        }
    }

    @Test func distances() {
        #expect(Point(0, 0).distance(to: Point(3, 4)) == 5)
        #expect(Point(1, 1).distance(to: Point(1, 1)) == 0)
    }

    @Test func distanceToALine() {
        let start = Point(0, 0)
        let end = Point(10, 0)
        #expect(Point(4, 3).distance(toLineFrom: start, to: end) == 3)
        #expect(Point(4, 0).distance(toLineFrom: start, to: end) == 0)
        #expect(Point(-3, 4).distance(toLineFrom: start, to: end) == 5)
        #expect(Point(13, -4).distance(toLineFrom: start, to: end) == 5)
    }

    @Test func distanceToALineWithoutLength() {
        #expect(Point(3, 4).distance(toLineFrom: Point(0, 0), to: Point(0, 0)) == 5)
    }

    @Test func tooShortToSimplify() {
        #expect(simplify([], tolerance: 1).isEmpty)
        #expect(simplify([Point(1, 2)], tolerance: 1) == [Point(1, 2)])
        #expect(simplify([Point(1, 2), Point(1, 2)], tolerance: 1).count == 2)
    }

    @Test func straightTrack() {
        let track = (0...20).map { Point(Double($0), Double(2 * $0)) }
        #expect(simplify(track, tolerance: 0.001) == [track[0], track[20]])
    }

    @Test func smallDeviations() {
        let track = [Point(0, 0), Point(5, 0.5), Point(10, 0)]
        #expect(simplify(track, tolerance: 0.5) == [track[0], track[2]])
    }

    @Test func oneBend() {
        let track = [Point(0, 0), Point(5, 5), Point(10, 0)]
        #expect(simplify(track, tolerance: 1) == track)
        #expect(simplify(track, tolerance: 5) == [track[0], track[2]])
    }

    @Test func severalBends() {
        let track = [Point(0, 0), Point(2, 0), Point(4, 0), Point(4, 3), Point(4, 6), Point(9, 6)]
        #expect(simplify(track, tolerance: 0.1) == [track[0], track[2], track[4], track[5]])
    }

    @Test func roundTrip() {
        let track = [Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4), Point(0, 0)]
        #expect(simplify(track, tolerance: 1) == track)
    }

    @Test func lengths() {
        #expect(length(of: []) == 0)
        #expect(length(of: [Point(0, 0), Point(3, 4), Point(3, 10)]) == 11)
    }

    @Test func pointsStayInOrderAndNoneIsDoubled() {
        for seed in 1...20 as ClosedRange<UInt64> {
            let simple = simplify(wanderings(40, seed: seed), tolerance: 1.5)
            #expect(zip(simple, simple.dropFirst()).allSatisfy { $0.x < $1.x })
        }
    }

    @Test func nothingIsFurtherThanTheTolerance() {
        for seed in 1...20 as ClosedRange<UInt64> {
            let track = wanderings(40, seed: seed)
            let simple = simplify(track, tolerance: 2)
            #expect(simple.first == track.first)
            #expect(simple.last == track.last)
            for point in track {
                let pieces = zip(simple, simple.dropFirst())
                #expect(pieces.contains { point.distance(toLineFrom: $0, to: $1) <= 2 })
            }
        }
    }
}
