/// A place on a map with a grid in metres.
public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// The distance to another point.
    public func distance(to other: Point) -> Double {
        let across = other.x - x
        let up = other.y - y
        return (across * across + up * up).squareRoot()
    }

    /// The distance to the straight piece between two points.
    public func distance(toLineFrom start: Point, to end: Point) -> Double {
        let across = end.x - start.x
        let up = end.y - start.y
        let square = across * across + up * up
        guard square > 0 else { return distance(to: start) }
        let share = ((x - start.x) * across + (y - start.y) * up) / square
        let inside = min(1, max(0, share))
        return distance(to: Point(start.x + inside * across, start.y + inside * up))
    }
}

/// The track with fewer points: none that was left out is further than `tolerance` from the line.
///
/// Keeps the ends, and then, again and again, the point that is furthest from the line so far.
public func simplify(_ track: [Point], tolerance: Double) -> [Point] {
    guard track.count > 2, let first = track.first, let last = track.last else { return track }
    var furthest = 0
    var most = tolerance
    for index in 1..<(track.count - 1) {
        let distance = track[index].distance(toLineFrom: first, to: last)
        if distance > most {
            most = distance
            furthest = index
        }
    }
    if furthest == 0 {
        return [first, last]
    }
    let before = simplify(Array(track[...furthest]), tolerance: tolerance)
    let after = simplify(Array(track[furthest...]), tolerance: tolerance)
    return before + after
}

/// How long a track is.
public func length(of track: [Point]) -> Double {
    zip(track, track.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
}
