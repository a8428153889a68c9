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
        func add(_ shape: PlacedHole.Shape, _ range: Range<Int>, opening: String = "") {
            guard range.lowerBound > 0, range.upperBound <= region.lines.count, range.count <= Self.mostLines else {
                return
            }
            holes.append(PlacedHole(shape, line: line, in: file, region, range: range, opening: opening))
        }
        add(.line, statement)
        if let opening = opening(of: region.lines[statement.lowerBound]) {
            add(.expression, statement, opening: opening)
        }
        add(.before, statement.lowerBound..<statement.lowerBound)
        add(.after, statement.upperBound..<statement.upperBound)
        add(.withAbove, statement.lowerBound - 1..<statement.upperBound)
        add(.withBelow, statement.lowerBound..<statement.upperBound + 1)
        if region.lines.count - 1 > statement.count { add(.body, 1..<region.lines.count) }
        return holes
    }

    /// A line up to the expression that its statement is about; nil where it begins none, or nothing else.
    private func opening(of line: CodeRegion.Line) -> String? {
        guard let first = file.tokens(onLine: line.number).first, let statement = file.statement(ofToken: first),
            file.statements[statement].head.lowerBound == first,
            let token = file.tokenBeforeExpression(of: statement), file.code[token].line == line.number
        else { return nil }
        let lineEnd = file.bytes(ofLine: line.number).upperBound
        let rest = file.text(ofBytes: file.code[token].range.upperBound..<lineEnd).drop { $0.isWhitespace }
        let text = String(rest.reversed().drop { $0.isWhitespace }.reversed())
        guard !text.isEmpty, line.text.hasSuffix(text) else { return nil }
        return String(line.text.dropLast(text.count).reversed().drop { $0.isWhitespace }.reversed())
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

extension SourceFile {
    /// The token after which the expression begins that a statement is about: a word such as `return` or `in`, what assigns, or
    /// what is called. Before a bracket, not after it: models know brackets and what follows them as one word.
    fileprivate func tokenBeforeExpression(of statement: Int) -> Int? {
        let head = statements[statement].head
        let isWord = code[head.lowerBound].kind == .keyword
        if isWord, Self.leading.contains(text[head.lowerBound]) { return head.lowerBound }
        if let condition = condition(of: statement) {
            let before = condition.lowerBound - 1
            return text[before] == "(" ? before - 1 : before
        }
        let isLoop = head.prefix(2).contains { text[$0] == "for" }
        var called: Int?
        var token = head.lowerBound
        while token < head.upperBound {
            if let close = partner[token], close > token {
                if text[token] == "(", token > head.lowerBound { called = called ?? token - 1 }
                token = close
            } else if Self.assigning.contains(text[token]) || isLoop && text[token] == "in" {
                return token
            }
            token += 1
        }
        return called
    }

    private static let leading: Set = ["return", "yield", "raise", "throw", "assert"]
    private static let assigning: Set = [
        "=", "+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>=", ":=",
    ]
}
