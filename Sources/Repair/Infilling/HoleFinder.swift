import Editing

/// The holes that are worth asking a model about at a suspect line.
struct HoleFinder {
    /// More lines than these are no hole that small models were trained to fill.
    static let mostLines = 6

    let file: SourceFile

    /// The suspect's own statement first. None where the line holds no code, or begins the only region there is.
    func holes(at line: Int) -> [PlacedHole] {
        let region = CodeRegion(around: line, in: file)
        guard let statement = statementLines(at: line, in: region), statement.lowerBound > 0 else { return [] }
        var holes: [PlacedHole] = []
        func add(_ shape: PlacedHole.Shape, _ range: Range<Int>) {
            guard range.lowerBound > 0, range.upperBound <= region.lines.count, range.count <= Self.mostLines else {
                return
            }
            holes.append(PlacedHole(shape, line: line, in: file, region, range: range))
        }
        add(.line, statement)
        add(.before, statement.lowerBound..<statement.lowerBound)
        add(.after, statement.upperBound..<statement.upperBound)
        add(.withAbove, statement.lowerBound - 1..<statement.upperBound)
        add(.withBelow, statement.lowerBound..<statement.upperBound + 1)
        if region.lines.count - 1 > statement.count { add(.body, 1..<region.lines.count) }
        return holes
    }

    /// The region's lines over which the head of the statement at a line spreads.
    private func statementLines(at line: Int, in region: CodeRegion) -> Range<Int>? {
        guard let own = region.index(ofLine: line) else { return nil }
        let tokens = file.tokens(onLine: line)
        guard let token = tokens.first, let statement = file.statement(ofToken: token) else { return own..<own + 1 }
        let head = file.statements[statement].head
        let first = file.code[head.lowerBound].line
        let last = file.line(ofByte: file.code[head.upperBound - 1].range.upperBound - 1)
        let lower = region.index(ofLine: first) ?? own
        let upper = region.index(ofLine: last) ?? own
        // A statement of many lines is asked about a line at a time.
        guard lower <= own, own <= upper, upper - lower < HoleFinder.mostLines else { return own..<own + 1 }
        return lower..<upper + 1
    }
}
