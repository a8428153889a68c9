import Lifts
import Testing

@Suite struct LiftTests {
    func lift(at floor: Int, _ direction: Direction, calls: Int...) -> Lift {
        var lift = Lift(floor: floor, direction: direction)
        for call in calls {
            lift.call(call)
        }
        return lift
    }

    @Test func nobodyCalls() {
        var idle = Lift()
        #expect(idle.stops.isEmpty)
        #expect(idle.distance == 0)
        #expect(idle.advance() == nil)
        #expect(idle.floor == 0)
    }

    @Test func opposites() {
        #expect(Direction.up.opposite == .down)
        #expect(Direction.down.opposite == .up)
    }

    @Test func callFromTheFloorWhereItIs() {
        #expect(lift(at: 3, .up, calls: 3).stops.isEmpty)
    }

    @Test func callsOfOneKind() {
        #expect(lift(at: 3, .up, calls: 9, 5, 7).stops == [5, 7, 9])
        #expect(lift(at: 3, .up, calls: 0, 2, 1).stops == [2, 1, 0])
        #expect(lift(at: 3, .down, calls: 9, 5).stops == [5, 9])
    }

    @Test func goesDownFirst() {
        #expect(lift(at: 4, .down, calls: 6, 2, 9, -1).stops == [2, -1, 6, 9])
    }

    @Test func goesUpFirst() {
        #expect(lift(at: 4, .up, calls: 2, 6, 9).stops == [6, 9, 2])
        #expect(lift(at: 4, .up, calls: 0, 5, 1).stops == [5, 1, 0])
    }

    @Test func sameFloorTwice() {
        #expect(lift(at: 0, .up, calls: 5, 5).stops == [5])
    }

    @Test func distanceGoingDown() {
        #expect(lift(at: 4, .down, calls: 2, 6).distance == 6)
    }

    @Test func distanceGoingUp() {
        #expect(lift(at: 4, .up, calls: 2, 6, 9).distance == 12)
    }

    @Test func advancing() {
        var going = lift(at: 5, .down, calls: 3, 8)
        #expect(going.advance() == 3)
        #expect(going.direction == .down)
        #expect(going.advance() == 8)
        #expect(going.direction == .up)
        #expect(going.calls.isEmpty)
    }

    @Test func newCallOnTheWayUp() {
        var going = lift(at: 0, .up, calls: 4, 8)
        #expect(going.advance() == 4)
        going.call(2)
        going.call(6)
        #expect(going.stops == [6, 8, 2])
    }

    @Test func everyCallIsAnswered() {
        for start in 0..<6 {
            for direction in [Direction.up, .down] {
                var going = lift(at: start, direction, calls: 0, 1, 2, 3, 4, 5)
                let planned = going.stops
                var visited: [Int] = []
                while let stop = going.advance() {
                    visited.append(stop)
                }
                #expect(visited == planned)
                #expect(visited.sorted() == (0..<6).filter { $0 != start })
            }
        }
    }
}
