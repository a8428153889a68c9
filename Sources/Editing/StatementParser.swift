/// Groups tokens into statements and blocks, by indentation or by braces.
enum StatementParser {
    struct Input {
        let code: [Token]
        let text: [String]
        let partner: [Int?]
        let bytes: [UInt8]
        let language: SourceLanguage
        let lineStarts: [Int]

        func beginsLine(_ token: Int) -> Bool { token == 0 || code[token].line != lastLine(of: token - 1) }

        /// The white space that begins a token's line.
        func indentation(of token: Int) -> String {
            let start = lineStarts[code[token].line - 1]
            let end = bytes[start...].firstIndex { $0 != .space && $0 != .tab } ?? bytes.count
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }

        /// The line on which a token ends; string literals may span several.
        func lastLine(of token: Int) -> Int {
            guard code[token].kind == .string, code[token].range.count > 4 else { return code[token].line }
            var line = code[token].line
            while line < lineStarts.count, lineStarts[line] < code[token].range.upperBound { line += 1 }
            return line
        }
    }

    static func statements(of input: Input) -> [Statement] {
        input.language.indentsBlocks ? indented(input) : BraceParser.statements(of: input)
    }

    /// For each token the innermost statement that holds it: later statements lie within earlier ones.
    static func owners(of statements: [Statement], tokenCount: Int) -> [Int?] {
        var result = [Int?](repeating: nil, count: tokenCount)
        var open: [Int] = []
        var next = 0
        for token in 0..<tokenCount {
            while let last = open.last, statements[last].extent.upperBound <= token { open.removeLast() }
            while next < statements.count, statements[next].extent.lowerBound == token {
                open.append(next)
                next += 1
            }
            result[token] = open.last
        }
        return result
    }

    // MARK: Indented blocks

    private static let compoundKeywords: Set<String> = [
        "if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with", "async", "match",
        "case",
    ]

    private static func indented(_ input: Input) -> [Statement] {
        var statements: [Statement] = []
        /// The open compound statements with the columns of their headers.
        var open: [(statement: Int, column: Int)] = []
        var token = 0
        while token < input.code.count {
            let column = column(of: token, input)
            while let last = open.last, last.column >= column {
                close(open.removeLast().statement, at: token, &statements)
            }
            let end = logicalLineEnd(from: token, input)
            var start = token
            var isBody = false
            var parent = open.last?.statement
            while start < end {
                let header = headerEnd(from: start, to: end, input)
                let stop = header ?? simpleEnd(from: start, to: end, input)
                let isFunction =
                    input.text[start] == "def"
                    || input.text[start] == "async" && start + 1 < end
                        && input.text[start + 1] == "def"
                statements.append(
                    Statement(
                        head: start..<stop, extent: start..<stop, parent: parent, isBareBody: isBody,
                        isFunction: isFunction))
                if header != nil {
                    let index = statements.count - 1
                    statements[index].block = stop..<stop
                    open.append((index, isBody ? column + 1 : column))
                    parent = index
                    isBody = true
                }
                start = stop
            }
            token = end
        }
        while let last = open.popLast() { close(last.statement, at: input.code.count, &statements) }
        return statements
    }

    private static func close(_ statement: Int, at token: Int, _ statements: inout [Statement]) {
        statements[statement].extent = statements[statement].head.lowerBound..<token
        statements[statement].block = statements[statement].head.upperBound..<token
    }

    private static func column(of token: Int, _ input: Input) -> Int {
        let start = input.code[token].range.lowerBound
        var column = 0
        for byte in input.bytes[input.lineStarts[input.code[token].line - 1]..<start] {
            column = byte == .tab ? (column / 8 + 1) * 8 : column + 1
        }
        return column
    }

    private static func logicalLineEnd(from start: Int, _ input: Input) -> Int {
        var depth = 0
        var token = start
        while token < input.code.count {
            if token > start, depth == 0, input.beginsLine(token), !isContinued(before: token, input) { return token }
            if let partner = input.partner[token] { depth += partner > token ? 1 : -1 }
            token += 1
        }
        return token
    }

    private static func isContinued(before token: Int, _ input: Input) -> Bool {
        input.bytes[input.code[token - 1].range.upperBound..<input.code[token].range.lowerBound].contains(.backslash)
            && !input.bytes[input.code[token - 1].range.upperBound..<input.code[token].range.lowerBound].contains(.hash)
    }

    /// The token after the colon that ends a compound statement's header, or nil for a simple statement.
    private static func headerEnd(from start: Int, to end: Int, _ input: Input) -> Int? {
        guard compoundKeywords.contains(input.text[start]) else { return nil }
        let isSoft = input.text[start] == "match" || input.text[start] == "case"
        var lambdas = 0
        var token = start
        while token < end {
            if let partner = input.partner[token], partner > token, partner < end {
                token = partner
            } else if input.text[token] == "lambda" {
                lambdas += 1
            } else if input.text[token] == ":" {
                if lambdas == 0 { return isSoft && token == start + 1 ? nil : token + 1 }
                lambdas -= 1
            }
            token += 1
        }
        return nil
    }

    private static func simpleEnd(from start: Int, to end: Int, _ input: Input) -> Int {
        (start..<end).first { input.text[$0] == ";" }.map { $0 + 1 } ?? end
    }
}
