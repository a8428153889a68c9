/// Groups the tokens of a brace language into statements.
struct BraceParser {
    static func statements(of input: StatementParser.Input) -> [Statement] {
        var parser = BraceParser(input: input)
        for token in input.code.indices { parser.take(token) }
        while parser.frames.count > 1 { parser.pop(at: input.code.count - 1) }
        parser.close(at: input.code.count)
        return parser.result
    }

    private enum Frame {
        /// A block with the statement that owns it and the one that is open in it.
        case block(owner: Int?, open: Int?)
        /// Round or square brackets, or braces that hold a literal.
        case brackets
    }

    private let input: StatementParser.Input
    private var frames: [Frame] = [.block(owner: nil, open: nil)]
    private var result: [Statement] = []
    /// For each token, whether it is a brace that opened a block.
    private var opensBlock: [Bool]
    /// The token after which an unbraced body begins, with the statement that owns it.
    private var bareBody: (token: Int, owner: Int)?

    private init(input: StatementParser.Input) {
        self.input = input
        opensBlock = [Bool](repeating: false, count: input.code.count)
    }

    private mutating func take(_ token: Int) {
        if inBlock, openStatement != nil, endsBefore(token) { close(at: token) }
        switch input.text[token] {
        case "}" where input.code[token].kind == .punctuation:
            popBlock(at: token)
            return
        case ")", "]":
            if case .brackets = frames[frames.count - 1] { frames.removeLast() }
        default: break
        }
        if inBlock, openStatement == nil { open(at: token) }
        switch input.text[token] {
        case "(", "[": frames.append(.brackets)
        case "{" where input.code[token].kind == .punctuation: openBrace(at: token)
        case ";" where inBlock: close(at: token + 1)
        case "," where inBlock && input.language == .rust: close(at: token + 1)
        case ":" where inBlock: closeLabel(at: token)
        case ")": startBareBody(after: token)
        case "else" where inBlock && input.language.parenthesisesConditions:
            if token + 1 < input.text.count, !["if", "{"].contains(input.text[token + 1]), let owner = openStatement {
                bareBody = (token + 1, owner)
                endHead(of: owner, at: token + 1)
                setOpen(nil)
            }
        default: break
        }
    }

    // MARK: Statements

    private var inBlock: Bool {
        if case .block = frames[frames.count - 1] { return true }
        return false
    }

    private var openStatement: Int? {
        for frame in frames.reversed() {
            if case .block(_, let open) = frame { return open }
        }
        return nil
    }

    private func parent() -> Int? {
        for frame in frames.reversed() {
            if case .block(let owner, _) = frame { return owner }
        }
        return nil
    }

    private mutating func setOpen(_ statement: Int?) {
        guard let index = frames.lastIndex(where: { if case .block = $0 { true } else { false } }),
            case .block(let owner, _) = frames[index]
        else { return }
        frames[index] = .block(owner: owner, open: statement)
    }

    private mutating func open(at token: Int) {
        var statement = Statement(head: token..<(token + 1), extent: token..<(token + 1), parent: parent())
        if let bareBody, bareBody.token == token {
            statement.parent = bareBody.owner
            statement.isBareBody = true
            result[bareBody.owner].block = token..<(token + 1)
        }
        bareBody = nil
        result.append(statement)
        setOpen(result.count - 1)
    }

    private mutating func endHead(of statement: Int, at token: Int) {
        let start = result[statement].head.lowerBound
        if result[statement].block == nil { result[statement].head = start..<max(token, start + 1) }
        result[statement].extent = start..<max(token, start + 1)
    }

    private mutating func close(at token: Int) {
        guard let statement = openStatement else { return }
        endHead(of: statement, at: token)
        setOpen(nil)
        var inner = statement
        // The owners of unbraced bodies end with them.
        while result[inner].isBareBody, let owner = result[inner].parent {
            result[owner].extent = result[owner].head.lowerBound..<token
            result[owner].block = result[inner].extent
            inner = owner
        }
    }

    /// `case x:`, `default:` and C's labels are statements of their own.
    private mutating func closeLabel(at token: Int) {
        guard let statement = openStatement, input.language != .rust else { return }
        let first = input.text[result[statement].head.lowerBound]
        let isLabel = token == result[statement].head.lowerBound + 1 && input.language != .swift
        if first == "case" || first == "default" || first == "@" || isLabel { close(at: token + 1) }
    }

    /// After `if (…)` without a brace, the next token begins the body.
    private mutating func startBareBody(after token: Int) {
        guard input.language.parenthesisesConditions, inBlock, let owner = openStatement,
            let opener = input.partner[token], token + 1 < input.text.count, input.text[token + 1] != "{"
        else { return }
        let start = result[owner].head.lowerBound
        let keyword = input.text[start] == "else" ? start + 1 : start
        guard opener == keyword + 1, ["if", "while", "for"].contains(input.text[keyword]),
            input.text[token + 1] != ";"
        else { return }
        endHead(of: owner, at: token + 1)
        bareBody = (token + 1, owner)
        setOpen(nil)
    }

    // MARK: Blocks

    private mutating func openBrace(at token: Int) {
        opensBlock[token] = isBlockOpener(token)
        guard opensBlock[token] else { return frames.append(.brackets) }
        let owner = openStatement
        if let owner, inBlock {
            if result[owner].block == nil {
                result[owner].head = result[owner].head.lowerBound..<max(token, result[owner].head.lowerBound + 1)
            }
            result[owner].block = token..<(token + 1)
            result[owner].isFunction = isFunction(result[owner].head)
        }
        frames.append(.block(owner: owner, open: nil))
    }

    private mutating func popBlock(at token: Int) {
        // A brace of a literal closes its own frame; brackets left open inside a block are given up with it.
        if case .brackets = frames[frames.count - 1], let opener = input.partner[token], !opensBlock[opener] {
            frames.removeLast()
            return
        }
        while frames.count > 1, !inBlock { frames.removeLast() }
        if frames.count > 1 { pop(at: token) }
    }

    /// Closes the innermost frame, whose closing brace is `token`.
    private mutating func pop(at token: Int) {
        guard inBlock else {
            frames.removeLast()
            return
        }
        close(at: token)
        guard frames.count > 1, case .block(let owner, _) = frames.removeLast(), let owner else { return }
        if inBlock, let block = result[owner].block { result[owner].block = block.lowerBound..<(token + 1) }
        if inBlock, openStatement == owner, !continues(after: token, owner: owner) { close(at: token + 1) }
    }

    /// Whether the statement that owns a block goes on after its closing brace.
    private func continues(after token: Int, owner: Int) -> Bool {
        guard token + 1 < input.text.count else { return false }
        let next = input.text[token + 1]
        let first = input.text[result[owner].head.lowerBound]
        if (first == "do" || first == "repeat") && next == "while" { return true }
        if [".", ")", ",", "]", "?.", ";", "("].contains(next) { return next != "(" || !input.beginsLine(token + 1) }
        return input.code[token + 1].kind == .operator && !input.beginsLine(token + 1)
    }

    /// Whether a brace opens a block of statements, not a literal.
    private func isBlockOpener(_ token: Int) -> Bool {
        guard token > 0 else { return true }
        let before = input.text[token - 1]
        switch input.language {
        case .swift, .python:
            return true
        case .c, .java:
            return !["=", ",", "(", "[", "]", "return", "{"].contains(before)
                || before == "{" && opensBlock[token - 1]
        case .javaScript:
            return ![
                "=", ",", "(", "[", ":", "?", "return", "&&", "||", "??", "...", "in", "of", "const", "let", "var",
                "await", "+", "import", "throw", "typeof",
            ].contains(before)
        case .go:
            if before == ")" || before == "else" { return true }
            if ["=", ",", "(", ":", ":=", "{", "["].contains(before) { return before == "{" && opensBlock[token - 1] }
            return input.code[token - 1].range.upperBound < input.code[token].range.lowerBound
                || ["struct", "interface", "select"].contains(before)
        case .rust:
            guard input.code[token - 1].kind == .identifier, before.first?.isUppercase == true else { return true }
            guard let owner = openStatement else { return true }
            let first = input.text[result[owner].head.lowerBound]
            return !inBlock
                || [
                    "if", "while", "match", "for", "impl", "struct", "enum", "trait", "fn", "mod", "pub", "unsafe",
                    "else",
                    "union",
                ].contains(first)
        }
    }

    private func isFunction(_ head: Range<Int>) -> Bool {
        let words = input.text[head]
        switch input.language {
        case .swift, .python: return words.contains("func") || words.contains("init") || words.first == "subscript"
        case .rust: return words.contains("fn")
        case .go: return words.first == "func"
        case .javaScript:
            if words.contains("function") || words.contains("=>") { return true }
        case .c, .java: break
        }
        let controls: Set<String> = ["if", "while", "for", "switch", "else", "do", "catch", "try", "return", "class"]
        return !controls.contains(words.first ?? "") && words.contains("(") && !words.contains("=")
    }

    // MARK: Line ends

    /// Whether the open statement ends before a token that begins a line.
    private func endsBefore(_ token: Int) -> Bool {
        guard token > 0, input.beginsLine(token) else { return false }
        if let open = openStatement, input.code[result[open].head.lowerBound].kind == .directive {
            let gap = input.code[token - 1].range.upperBound..<input.code[token].range.lowerBound
            return !input.bytes[gap].contains(.backslash)
        }
        guard [.swift, .javaScript, .go].contains(input.language) else { return input.code[token].kind == .directive }
        let (before, after) = (token - 1, input.text[token])
        if input.code[before].kind == .operator, !["++", "--", "!", "..."].contains(input.text[before]) {
            return false
        }
        if [",", ".", ":", "?", "(", "["].contains(input.text[before]) { return false }
        if [".", "?", ":", "?.", "{", ")", "]", ","].contains(after) { return false }
        if input.code[token].kind == .operator, !["!", "-", "++", "--", "&", "*", "<-"].contains(after) {
            return false
        }
        return !(after == "else" && input.language == .swift && openStatement.map { isGuard($0) } == true)
    }

    private func isGuard(_ statement: Int) -> Bool { input.text[result[statement].head.lowerBound] == "guard" }
}
