/// Tells the angle brackets of generic arguments from comparisons, and makes punctuation of them.
///
/// A `<` opens arguments when it stands close to a name, only what types are made of follows up to its `>`, and what
/// comes then may follow a type. A spaced `<` is a comparison.
enum GenericBrackets {
    /// Longest run of tokens that is read as arguments; keeps the pass linear.
    private static let longestArgumentList = 48

    static func resolve(_ tokens: [Token], bytes: [UInt8], rules: LexicalRules) -> [Token] {
        let code = tokens.indices.filter { tokens[$0].kind != .comment && tokens[$0].kind != .newline }
        var closers: [Int: Int] = [:]
        var openers: Set<Int> = []
        for (position, index) in code.enumerated() where position > 0 {
            let token = tokens[index]
            guard token.kind == .operator, token.range.count == 1, bytes[token.range.lowerBound] == UInt8(ascii: "<"),
                !openers.contains(index),
                tokens[code[position - 1]].kind == .identifier
                    || tokens[code[position - 1]].kind == .operator && text(tokens[code[position - 1]], bytes) == "::"
                    || tokens[code[position - 1]].kind == .keyword
                        && opensAfterKeyword(tokens[code[position - 1]], bytes),
                !isSpaced(token, bytes)
            else { continue }
            guard let found = arguments(from: position, code: code, tokens: tokens, bytes: bytes, rules: rules) else {
                continue
            }
            openers.formUnion(found.openers)
            for closer in found.closers { closers[closer.key, default: 0] += closer.value }
        }
        guard !openers.isEmpty else { return tokens }
        var result: [Token] = []
        result.reserveCapacity(tokens.count + closers.count)
        for (index, token) in tokens.enumerated() {
            var token = token
            if openers.contains(index) || closers[index] != nil { token.kind = .punctuation }
            guard closers[index] != nil, token.range.count > 1 else {
                result.append(token)
                continue
            }
            for offset in token.range {
                result.append(Token(kind: .punctuation, range: offset..<(offset + 1), line: token.line))
            }
        }
        return result
    }

    private static func text(_ token: Token, _ bytes: [UInt8]) -> String {
        String(decoding: bytes[token.range], as: UTF8.self)
    }

    private static func opensAfterKeyword(_ token: Token, _ bytes: [UInt8]) -> Bool {
        ["template", "impl", "for", "init", "fn", "static_cast", "dynamic_cast", "const_cast", "reinterpret_cast"]
            .contains(text(token, bytes))
    }

    private static func isSpaced(_ token: Token, _ bytes: [UInt8]) -> Bool {
        let (start, end) = (token.range.lowerBound, token.range.upperBound)
        return start > 0 && bytes[start - 1] == .space && end < bytes.count && bytes[end] == .space
    }

    /// The opening and closing tokens of the argument list at `start`, nested ones included; a `>>` may close two.
    private static func arguments(
        from start: Int, code: [Int], tokens: [Token], bytes: [UInt8], rules: LexicalRules
    ) -> (openers: [Int], closers: [Int: Int])? {
        var openers: [Int] = []
        var closers: [Int: Int] = [:]
        var depth = 0
        for position in start..<min(start + longestArgumentList, code.count) {
            let token = tokens[code[position]]
            let word = text(token, bytes)
            switch token.kind {
            case .identifier, .keyword, .number:
                continue
            case .punctuation:
                guard word != ";", word != "{", word != "}" else { return nil }
            case .operator where word == "<":
                openers.append(code[position])
                depth += 1
            case .operator where word.allSatisfy { $0 == ">" }:
                closers[code[position], default: 0] += word.count
                depth -= word.count
                if depth < 0 { return nil }
                guard depth == 0 else { continue }
                let next = position + 1 < code.count ? tokens[code[position + 1]] : nil
                return mayFollowType(next, after: token, bytes: bytes) ? (openers, closers) : nil
            case .operator where ["&", "*", "->", "::", "...", "=", "+", "!"].contains(word):
                continue
            default:
                return nil
            }
        }
        return nil
    }

    private static func mayFollowType(_ next: Token?, after closer: Token, bytes: [UInt8]) -> Bool {
        guard let next else { return true }
        switch next.kind {
        case .identifier, .keyword: return next.line > closer.line || next.range.lowerBound > closer.range.upperBound
        case .punctuation: return true
        case .operator: return ["=", "::", "&", "*", "&&", "...", "->", "=>", "!", ">"].contains(text(next, bytes))
        default: return false
        }
    }
}
