/// Finds stop texts in text that comes in pieces, and holds back what may be the beginning of one.
struct StopMatcher {
    private let stops: [[UInt8]]
    private var held: [UInt8] = []

    init(_ stops: [String]) { self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) } }

    /// Text that can be emitted, and the stop text that ended it, if one did.
    mutating func append(_ piece: String) -> (text: String, stop: String?) {
        guard !stops.isEmpty else { return (piece, nil) }
        held += Array(piece.utf8)
        if let (stop, place) = earliestStop() {
            defer { held = [] }
            return (String(decoding: held[..<place], as: UTF8.self), String(decoding: stop, as: UTF8.self))
        }
        let safe = held.count - longestBeginning()
        defer { held.removeFirst(safe) }
        return (String(decoding: held[..<safe], as: UTF8.self), nil)
    }

    /// What was held back, when no more text comes.
    mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    private func earliestStop() -> (stop: [UInt8], place: Int)? {
        for place in held.indices {
            if let stop = stops.first(where: { held[place...].starts(with: $0) }) { return (stop, place) }
        }
        return nil
    }

    /// The length of the longest end of the held text with which a stop text begins.
    private func longestBeginning() -> Int {
        for place in held.indices {
            let end = held[place...]
            if stops.contains(where: { $0.starts(with: end) }) { return end.count }
        }
        return 0
    }
}
