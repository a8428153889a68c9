/// Cuts a source file into tokens by its language's tables.
///
/// The lexer is total: any bytes give tokens, and between two tokens stands nothing but white space (and, where the
/// language has them, line continuations). It takes time linear in the file's length.
package struct SourceLexer {
    /// The tokens of `bytes`, in order.
    package static func tokens(of bytes: [UInt8], language: SourceLanguage) -> [Token] {
        var lexer = SourceLexer(bytes: bytes, rules: language.rules)
        lexer.run()
        return lexer.rules.hasGenerics
            ? GenericBrackets.resolve(lexer.tokens, bytes: bytes, rules: lexer.rules) : lexer.tokens
    }

    /// Interpolations nested deeper than this are read as plain text.
    private static let deepestInterpolation = 8
    /// Bounds that keep what is tried in vain, and with it the whole pass, linear.
    private static let mostHashes = 16
    private static let longestRegex = 400

    private let bytes: [UInt8]
    private let rules: LexicalRules
    private var tokens: [Token] = []
    private var position = 0
    private var line = 1
    /// The last token that is neither comment nor newline.
    private var previous: Token?

    private init(bytes: [UInt8], rules: LexicalRules) {
        self.bytes = bytes
        self.rules = rules
        tokens.reserveCapacity(bytes.count / 4)
    }

    private mutating func run() {
        while position < bytes.count {
            let start = position
            let byte = bytes[position]
            switch byte {
            case .space, .tab, .formFeed, .verticalTab:
                position += 1
            case .carriageReturn where peek(start + 1) != .lineFeed:
                position += 1
            case .lineFeed, .carriageReturn:
                position += byte == .lineFeed ? 1 : 2
                emit(.newline, from: start)
            case .backslash where rules.hasLineContinuations && lineEnd(at: start + 1) != nil:
                position = lineEnd(at: start + 1) ?? start + 1
                line += 1
            default:
                lexToken(byte)
            }
        }
    }

    private mutating func lexToken(_ byte: UInt8) {
        let start = position
        if let end = commentEnd(at: start) {
            position = end
            emit(.comment, from: start)
        } else if rules.hasDirectives, byte == .hash, tokens.last.map({ $0.kind == .newline }) ?? true {
            position = directiveEnd(at: start)
            emit(.directive, from: start)
        } else if let end = stringEnd(at: start, depth: 0) {
            position = end
            emit(.string, from: start)
        } else if byte.isDigit || byte == .point && rules.numbersMayEndInPoint && peek(start + 1).isDigit {
            position = numberEnd(at: start)
            emit(.number, from: start)
        } else if byte.beginsWord || byte == .backtick || byte == .dollar {
            lexWord()
        } else if byte == .slash, rules.hasRegexLiterals, !previousEndsOperand, let end = regexEnd(at: start) {
            position = end
            emit(.string, from: start)
        } else if rules.hasLifetimes, byte == .quote {
            position = wordEnd(at: start + 1)
            emit(.punctuation, from: start)
        } else if let length = operatorLength(at: start) {
            position += length
            emit(.operator, from: start)
        } else {
            position += 1
            emit(byte.isPunctuation ? .punctuation : .unknown, from: start)
        }
    }

    private mutating func emit(_ kind: Token.Kind, from start: Int) {
        let token = Token(kind: kind, range: start..<position, line: line)
        tokens.append(token)
        if kind != .newline && kind != .comment { previous = token }
        for index in start..<position where bytes[index] == .lineFeed { line += 1 }
    }

    private func peek(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    private func hasBytes(_ pattern: [UInt8], at index: Int) -> Bool {
        guard index + pattern.count <= bytes.count else { return false }
        for offset in 0..<pattern.count where bytes[index + offset] != pattern[offset] { return false }
        return true
    }

    /// The index after the line break that begins at `index`, or nil where none does.
    private func lineEnd(at index: Int) -> Int? {
        if peek(index) == .lineFeed { return index + 1 }
        if peek(index) == .carriageReturn && peek(index + 1) == .lineFeed { return index + 2 }
        return nil
    }

    /// Whether an operand stands before, so that what follows is an infix operator.
    private var previousEndsOperand: Bool {
        guard let previous else { return false }
        switch previous.kind {
        case .identifier, .number, .string: return true
        case .keyword: return rules.valueKeywords.contains(text(previous.range))
        case .punctuation: return [.closeRound, .closeSquare, .closeBrace].contains(bytes[previous.range.lowerBound])
        default: return false
        }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

// MARK: - Words, numbers, operators

extension SourceLexer {
    private mutating func lexWord() {
        let start = position
        if bytes[start] == .backtick {
            let end = wordEnd(at: start + 1)
            position = peek(end) == .backtick && end > start + 1 ? end + 1 : start + 1
            return emit(position > start + 1 ? .identifier : .unknown, from: start)
        }
        position = wordEnd(at: start)
        let followsPoint = previous.map { $0.range.upperBound == start && bytes[$0.range.upperBound - 1] == .point }
        let isMember = followsPoint == true && previous?.range.count ?? 0 < 3
        emit(!isMember && rules.keywords.contains(text(start..<position)) ? .keyword : .identifier, from: start)
    }

    private func wordEnd(at start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index].continuesWord { index += 1 }
        return index
    }

    private func numberEnd(at start: Int) -> Int {
        var index = start
        var sawPoint = false
        let isHex = bytes[start] == .zero && (peek(start + 1) | 0x20) == .lowerX
        while index < bytes.count {
            let current = bytes[index]
            if current == .point {
                let next = peek(index + 1)
                let endsHere = rules.numbersMayEndInPoint && next != .point && !next.beginsWord
                guard !sawPoint, next.isDigit || endsHere else { break }
                sawPoint = true
                index += 1
            } else if (current == .plus || current == .minus) && !isHex && index > start
                && (bytes[index - 1] | 0x20) == .lowerE && peek(index + 1).isDigit
            {
                index += 1
            } else if current.continuesWord
                || current == .quote && rules.hasDirectives && peek(index + 1).isDigit && index > start
            {
                index += 1
            } else {
                break
            }
        }
        return max(index, start + 1)
    }

    private func operatorLength(at start: Int) -> Int? {
        rules.operators[bytes[start]]?.first { hasBytes($0, at: start) }?.count
    }
}

// MARK: - Comments and directives

extension SourceLexer {
    private func commentEnd(at start: Int) -> Int? {
        if rules.lineComments.contains(where: { hasBytes($0, at: start) }) { return endOfLine(from: start) }
        guard let comment = rules.blockComment, hasBytes(comment.open, at: start) else { return nil }
        var index = start + comment.open.count
        var depth = 1
        while index < bytes.count {
            if hasBytes(comment.close, at: index) {
                index += comment.close.count
                depth -= 1
                if depth == 0 { return index }
            } else if rules.blockCommentsNest, hasBytes(comment.open, at: index) {
                index += comment.open.count
                depth += 1
            } else {
                index += 1
            }
        }
        return bytes.count
    }

    /// Where the line ends that holds `start`, its line break excluded.
    private func endOfLine(from start: Int) -> Int {
        var index = start
        while index < bytes.count, lineEnd(at: index) == nil { index += 1 }
        return index
    }

    /// `#define` is a token of its own, so that what it defines is read as tokens too; other directives end with the line.
    private func directiveEnd(at start: Int) -> Int {
        var word = start + 1
        while peek(word) == .space || peek(word) == .tab { word += 1 }
        if hasBytes(Array("define".utf8), at: word) { return word + 6 }
        var index = start
        while index < bytes.count {
            if let next = lineEnd(at: index) {
                guard bytes[index - 1] == .backslash else { return index }
                index = next
            } else if index > start, commentEnd(at: index) != nil {
                return index
            } else {
                index += 1
            }
        }
        return index
    }
}

// MARK: - Strings

extension SourceLexer {
    /// Where the literal ends that begins at `start`, or nil where none does.
    private func stringEnd(at start: Int, depth: Int) -> Int? {
        if rules.hasHashedRawStrings, let end = rawStringEnd(at: start, depth: depth) { return end }
        if rules.hasDirectives, let end = cxxRawStringEnd(at: start) { return end }
        var quote = start
        while quote < start + 3, quote < bytes.count, bytes[quote].beginsWord || bytes[quote].isDigit { quote += 1 }
        guard quote < bytes.count, [.doubleQuote, .quote, .backtick].contains(bytes[quote]) else { return nil }
        let prefix = quote == start ? "" : text(start..<quote).lowercased()
        for rule in rules.strings where rule.prefixes.contains(prefix) {
            let delimiter = Array(rule.quote.utf8)
            guard hasBytes(delimiter, at: quote) else { continue }
            if rules.hasLifetimes, delimiter == [.quote], !isCharacter(at: quote) { continue }
            return stringEnd(from: quote + delimiter.count, rule: rule, hashes: 0, depth: depth)
        }
        return nil
    }

    /// Where the literal ends whose text begins at `start`; an unterminated one ends with its line or the file.
    private func stringEnd(from start: Int, rule: LexicalRules.StringRule, hashes: Int, depth: Int) -> Int {
        let hash = [UInt8](repeating: .hash, count: hashes)
        let close = Array(rule.quote.utf8) + hash
        var interpolation = rule.interpolation.map { Array($0.utf8) }
        if hashes > 0, interpolation != nil { interpolation = [.backslash] + hash + [.openRound] }
        var index = start
        while index < bytes.count {
            if hasBytes(close, at: index) { return index + close.count }
            if !rule.spansLines, lineEnd(at: index) != nil { return index }
            if let open = interpolation, depth < Self.deepestInterpolation, hasBytes(open, at: index) {
                index = interpolationEnd(from: index + open.count, rule: rule, depth: depth + 1)
            } else if bytes[index] == .backslash, rule.escapes, hashes == 0 {
                index += lineEnd(at: index + 1) != nil && !rule.spansLines && !rules.hasLineContinuations ? 1 : 2
            } else {
                index += 1
            }
        }
        return bytes.count
    }

    /// The index after the bracket that closes an interpolation, or the place where the literal breaks off.
    private func interpolationEnd(from start: Int, rule: LexicalRules.StringRule, depth: Int) -> Int {
        var index = start
        var open = 1
        while index < bytes.count {
            if !rule.spansLines, lineEnd(at: index) != nil { return index }
            switch bytes[index] {
            case .openRound, .openBrace: open += 1
            case .closeRound, .closeBrace:
                open -= 1
                if open == 0 { return index + 1 }
            case .doubleQuote, .quote, .backtick, .hash:
                if let end = stringEnd(at: index, depth: depth) {
                    index = end
                    continue
                }
            default: break
            }
            index += 1
        }
        return bytes.count
    }

    /// Swift's `#"…"#`, `#"""…"""#` and Rust's `r#"…"#`, `br"…"`.
    private func rawStringEnd(at start: Int, depth: Int) -> Int? {
        var index = start
        if rules.hasLifetimes {
            if peek(index) == .lowerB || peek(index) == .lowerC { index += 1 }
            guard peek(index) == .lowerR else { return nil }
            index += 1
        } else if peek(index) != .hash {
            return nil
        }
        let firstHash = index
        while peek(index) == .hash, index < firstHash + Self.mostHashes { index += 1 }
        let hashes = index - firstHash
        guard peek(index) == .doubleQuote else { return nil }
        let isTriple = !rules.hasLifetimes && hasBytes([.doubleQuote, .doubleQuote, .doubleQuote], at: index)
        let rule = LexicalRules.StringRule(
            quote: isTriple ? "\"\"\"" : "\"", spansLines: isTriple || rules.hasLifetimes, escapes: false,
            interpolation: rules.hasLifetimes ? nil : "\\(")
        return stringEnd(from: index + (isTriple ? 3 : 1), rule: rule, hashes: hashes, depth: depth)
    }

    /// C++'s `R"delimiter(…)delimiter"`; its delimiter has at most 16 bytes.
    private func cxxRawStringEnd(at start: Int) -> Int? {
        guard hasBytes([.upperR, .doubleQuote], at: start) else { return nil }
        var index = start + 2
        while index < start + 18, peek(index).continuesWord { index += 1 }
        guard peek(index) == .openRound else { return nil }
        let close = [.closeRound] + bytes[(start + 2)..<index] + [.doubleQuote]
        while index < bytes.count {
            if hasBytes(close, at: index) { return index + close.count }
            index += 1
        }
        return bytes.count
    }

    /// Whether the quote at `index` opens a character, not a lifetime: `'a'`, `'\n'`, `'é'` against `'a`.
    private func isCharacter(at index: Int) -> Bool {
        let first = peek(index + 1)
        if first == .backslash { return true }
        let width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return peek(index + 1 + width) == .quote
    }

    /// Where the regular expression ends that begins at `start`, flags included; nil where its line ends before.
    private func regexEnd(at start: Int) -> Int? {
        var index = start + 1
        var inClass = false
        while index < min(bytes.count, start + Self.longestRegex), lineEnd(at: index) == nil {
            switch bytes[index] {
            case .backslash: index += 1
            case .openSquare: inClass = true
            case .closeSquare: inClass = false
            case .slash where !inClass: return wordEnd(at: index + 1)
            default: break
            }
            index += 1
        }
        return nil
    }
}
