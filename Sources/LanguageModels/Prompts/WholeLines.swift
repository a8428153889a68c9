/// Cuts a sample's text to whole lines, and ends it where it begins to repeat what follows.
struct WholeLines {
    /// The line that ends the text, and is not part of it.
    private let end: [UInt8]?
    /// The most lines.
    private let limit: Int
    private var held: [UInt8] = []
    private var count = 0
    /// Why no more text is wanted; nil while it is.
    private(set) var ending: TextEvent.Ending?

    /// - Parameter opening: what stands before the sample's text, and is part of the first line.
    init(opening: String = "", end: String? = nil, limit: Int = .max) {
        held = Array(opening.utf8)
        self.end = end.map { Array($0.utf8) }
        self.limit = limit
    }

    /// The lines that are complete with this piece.
    mutating func append(_ piece: String) -> String {
        guard ending == nil else { return "" }
        held += piece.utf8
        var complete = 0
        while let lineBreak = held[complete...].firstIndex(of: 0x0A) {
            if let end, held[complete..<lineBreak].elementsEqual(end) {
                ending = .stop
            } else if count == limit {
                ending = .length
            }
            if ending != nil { break }
            count += 1
            complete = lineBreak + 1
        }
        defer { held.removeFirst(complete) }
        return String(decoding: held[..<complete], as: UTF8.self)
    }

    /// What is left when the model stopped: a last line that lacks its break is whole, unless it was cut off.
    mutating func finish(_ modelsEnding: TextEvent.Ending) -> (text: String, ending: TextEvent.Ending) {
        if let ending { return ("", ending) }
        guard modelsEnding != .length, !held.isEmpty else { return ("", modelsEnding) }
        let rest = append("\n")
        return (rest, ending ?? modelsEnding)
    }
}
