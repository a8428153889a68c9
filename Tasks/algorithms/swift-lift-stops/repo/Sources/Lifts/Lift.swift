/// In which direction a lift moves.
public enum Direction: Sendable {
    case up, down

    public var opposite: Direction { self == .up ? .down : .up }
}

/// A lift that goes on in its direction as long as somebody waits there, and only then turns.
public struct Lift: Sendable {
    public private(set) var floor: Int
    public private(set) var direction: Direction
    public private(set) var calls: Set<Int> = []

    public init(floor: Int = 0, direction: Direction = .up) {
        self.floor = floor
        self.direction = direction
    }

    /// Somebody wants to get on or off at a floor; where the lift is already, nothing happens.
    public mutating func call(_ other: Int) {
        if other != floor {
            calls.insert(other)
        }
    }

    /// The floors at which the lift will stop, in order, if nobody calls any more.
    public var stops: [Int] {
        let above = calls.filter { $0 > floor }.sorted()
        let below = calls.filter { $0 < floor }.sorted(by: >)
        switch direction {
        case .up: return below + above
        case .down: return below + above
        }
    }

    /// How many floors the lift travels until all calls are answered.
    public var distance: Int {
        var travelled = 0
        var current = floor
        for stop in stops {
            travelled += abs(stop - current)
            current = stop
        }
        return travelled
    }

    /// Goes to the next stop, which it returns; nil where nobody calls.
    @discardableResult
    public mutating func advance() -> Int? {
        guard let next = stops.first else { return nil }
        direction = next > floor ? .up : .down
        floor = next
        calls.remove(next)
        return next
    }
}
