/// A source file read once: its bytes, tokens, brackets, statements and functions.
///
/// Templates work on `code`: the tokens without comments and newlines. Every index named `token` or every range of
/// tokens in this module is a position in `code`, unless said otherwise. Reading is total: a file that does not parse
/// gives fewer statements, never an error.
package struct SourceFile: Sendable {
    package let path: String
    package let language: SourceLanguage
    package let bytes: [UInt8]
    /// All tokens, in order.
    package let tokens: [Token]
    /// The tokens that are neither comment nor newline.
    package let code: [Token]
    /// The text of each token of `code`.
    package let text: [String]
    /// For each bracket in `code`, the index of its partner; nil elsewhere and where there is none.
    package let partner: [Int?]
    /// The byte offset at which each line begins; index 0 is line 1.
    package let lineStarts: [Int]
    /// Ordered by their first token; an enclosing statement stands before those in its block.
    package let statements: [Statement]
    /// For each token of `code`, the innermost statement that holds it.
    package let statementOfToken: [Int?]
    /// One step of indentation, as this file uses it.
    package let indentationUnit: String
    /// The names that import statements bind.
    package let importedNames: Set<String>
    /// The functions that the file defines, in order.
    package let definedFunctions: [String]
    /// The first token of `code` on or after each line; index 0 is line 1, with one entry more than there are lines.
    private let firstTokenOfLine: [Int]

    package init(path: String, bytes: [UInt8], language: SourceLanguage) {
        self.path = path
        self.language = language
        self.bytes = bytes
        tokens = SourceLexer.tokens(of: bytes, language: language)
        code = tokens.filter { $0.kind != .newline && $0.kind != .comment }
        text = code.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        partner = Self.partners(text: text, code: code)
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == .lineFeed }.map { $0 + 1 }
        var first: [Int] = []
        for (index, token) in code.enumerated() {
            while first.count < token.line { first.append(index) }
        }
        while first.count <= lineStarts.count { first.append(code.count) }
        firstTokenOfLine = first
        let layout = StatementParser.Input(
            code: code, text: text, partner: partner, bytes: bytes, language: language, lineStarts: lineStarts)
        statements = StatementParser.statements(of: layout)
        statementOfToken = StatementParser.owners(of: statements, tokenCount: code.count)
        indentationUnit = Self.indentationUnit(of: statements, in: layout)
        importedNames = Self.importedNames(in: statements, text: text, code: code)
        definedFunctions = Self.definedFunctions(in: statements, text: text, code: code)
    }

    /// A file whose language its path tells, or nil where Fettle does not know it.
    package init?(path: String, bytes: [UInt8]) {
        guard let language = SourceLanguage(path: path) else { return nil }
        self.init(path: path, bytes: bytes, language: language)
    }

    /// The first step by which a block is indented against its owner.
    private static func indentationUnit(of statements: [Statement], in layout: StatementParser.Input) -> String {
        for statement in statements {
            guard let parent = statement.parent, layout.beginsLine(statement.head.lowerBound) else { continue }
            let outer = layout.indentation(of: statements[parent].head.lowerBound)
            let inner = layout.indentation(of: statement.head.lowerBound)
            if inner.utf8.count > outer.utf8.count, inner.hasPrefix(outer) {
                return String(inner.dropFirst(outer.count))
            }
        }
        return layout.language == .go ? "\t" : "    "
    }

    private static func importedNames(in statements: [Statement], text: [String], code: [Token]) -> Set<String> {
        var names: Set<String> = []
        for statement in statements where ["import", "use", "from"].contains(text[statement.head.lowerBound]) {
            for token in statement.head where code[token].kind == .identifier { names.insert(text[token]) }
        }
        return names
    }

    private static func definedFunctions(in statements: [Statement], text: [String], code: [Token]) -> [String] {
        var names: [String] = []
        for statement in statements where statement.isFunction {
            // The name stands before the first round bracket, or before the generic parameters in front of it.
            for token in statement.head.dropFirst() where text[token] == "(" || text[token] == "<" {
                if code[token - 1].kind == .identifier, !names.contains(text[token - 1]) {
                    names.append(text[token - 1])
                }
                if code[token - 1].kind == .identifier { break }
            }
        }
        return names
    }

    private static func partners(text: [String], code: [Token]) -> [Int?] {
        var result = [Int?](repeating: nil, count: code.count)
        var open: [Int] = []
        for index in code.indices where code[index].kind == .punctuation {
            switch text[index] {
            case "(", "[", "{":
                open.append(index)
            case ")", "]", "}":
                let opener = text[index] == ")" ? "(" : text[index] == "]" ? "[" : "{"
                // A bracket left open inside is given up, so that one missing bracket does not unhinge the rest.
                guard let match = open.suffix(8).lastIndex(where: { text[$0] == opener }) else { continue }
                result[open[match]] = index
                result[index] = open[match]
                open.removeSubrange(match...)
            default:
                continue
            }
        }
        return result
    }
}

// MARK: - Lines and text

extension SourceFile {
    package var lineCount: Int { lineStarts.count }

    /// The tokens of `code` that begin on a 1-based line; empty where there is no such line.
    package func tokens(onLine line: Int) -> Range<Int> {
        guard line >= 1, line < firstTokenOfLine.count else { return code.count..<code.count }
        return firstTokenOfLine[line - 1]..<firstTokenOfLine[line]
    }

    /// The bytes of a 1-based line, its line break included.
    package func bytes(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= lineCount else { return bytes.count..<bytes.count }
        return lineStarts[line - 1]..<(line < lineCount ? lineStarts[line] : bytes.count)
    }

    /// The 1-based line that holds a byte.
    package func line(ofByte offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes that a range of tokens spans.
    package func bytes(of tokens: Range<Int>) -> Range<Int> {
        guard let first = tokens.first, let last = tokens.last, last < code.count else {
            let place = tokens.lowerBound < code.count ? code[tokens.lowerBound].range.lowerBound : bytes.count
            return place..<place
        }
        return code[first].range.lowerBound..<code[last].range.upperBound
    }

    /// The source text that a range of tokens spans.
    package func text(of tokens: Range<Int>) -> String { text(ofBytes: bytes(of: tokens)) }

    /// The source text of a range of bytes.
    package func text(ofBytes range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The white space that a 1-based line begins with.
    package func indentation(ofLine line: Int) -> String {
        text(ofBytes: lineStart(line)..<bytes(ofLine: line).indentationEnd(in: bytes))
    }

    /// What this file ends its lines with.
    package var lineBreak: String {
        guard lineCount > 1, lineStarts[1] >= 2, bytes[lineStarts[1] - 2] == .carriageReturn else { return "\n" }
        return "\r\n"
    }

    private func lineStart(_ line: Int) -> Int { bytes(ofLine: line).lowerBound }

    /// Whether white space stands before a token of `code`.
    package func hasSpaceBefore(_ token: Int) -> Bool {
        let start = code[token].range.lowerBound
        return start == 0 || bytes[start - 1].isSpace
    }

    /// Whether white space stands after a token of `code`.
    package func hasSpaceAfter(_ token: Int) -> Bool {
        let end = code[token].range.upperBound
        return end >= bytes.count || bytes[end].isSpace
    }
}

extension Range<Int> {
    /// Where the white space ends that a line of these bytes begins with.
    fileprivate func indentationEnd(in bytes: [UInt8]) -> Int {
        first { bytes[$0] != .space && bytes[$0] != .tab } ?? upperBound
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == .space || self == .tab || self == .lineFeed || self == .carriageReturn }
}
