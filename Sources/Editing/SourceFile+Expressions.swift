/// How tightly an infix operator binds, loosest first; the common ground of the seven languages.
package enum Binding: Int, Sendable, Comparable {
    case assignment, conditional, or, and, comparison, range, bitOr, bitXor, bitAnd, shift, additive, multiplicative,
        power

    package static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }

    static let byOperator: [String: Binding] = {
        let table: [(Binding, String)] = [
            (.assignment, "= += -= *= /= //= %= **= @= <<= >>= >>>= &= |= ^= &^= := &&= ||= ??= &+= &-= &*= <-"),
            (.conditional, "??"),
            (.or, "|| or"), (.and, "&& and"),
            (.comparison, "< <= > >= == != === !== ~= <=> in is instanceof as"),
            (.range, "..< ... .. ..="),
            (.bitOr, "|"), (.bitXor, "^"), (.bitAnd, "& &^"), (.shift, "<< >> >>> &<< &>>"),
            (.additive, "+ - &+ &-"), (.multiplicative, "* / // % @ &*"), (.power, "**"),
        ]
        return Dictionary(
            uniqueKeysWithValues: table.flatMap { row in row.1.split(separator: " ").map { (String($0), row.0) } })
    }()
}

extension SourceFile {
    /// Whether a token may end an operand: a name, a literal, a closing bracket.
    package func endsOperand(_ token: Int) -> Bool {
        guard code.indices.contains(token) else { return false }
        switch code[token].kind {
        case .identifier, .number, .string: return true
        case .keyword: return language.rules.valueKeywords.contains(text[token])
        case .punctuation:
            return text[token] == ")" || text[token] == "]" || text[token] == "}"
                || language == .swift && (text[token] == "?" && !hasSpaceBefore(token)) || text[token] == ">"
        case .operator: return text[token] == "++" || text[token] == "--" || isForceUnwrap(token)
        default: return false
        }
    }

    /// Swift's postfix `!`.
    private func isForceUnwrap(_ token: Int) -> Bool {
        language == .swift && text[token] == "!" && token > 0 && !hasSpaceBefore(token) && endsOperand(token - 1)
    }

    /// Whether a token is a name or literal that may stand alone as an operand.
    package func isOperand(_ token: Int) -> Bool {
        guard code.indices.contains(token) else { return false }
        switch code[token].kind {
        case .identifier, .number, .string: return true
        case .keyword: return language.rules.valueKeywords.contains(text[token])
        default: return false
        }
    }

    /// How a token binds as an infix operator, or nil where it is none: a prefix, a generic bracket, a declarator.
    package func binding(of token: Int) -> Binding? {
        guard code.indices.contains(token), token > 0, code[token].kind == .operator || code[token].kind == .keyword
        else { return nil }
        if language == .python, text[token] == "not" {
            return token + 1 < code.count && text[token + 1] == "in" && endsOperand(token - 1) ? .comparison : nil
        }
        guard let binding = Binding.byOperator[text[token]] else { return nil }
        if text[token] == "in" {
            let isTest = language == .python && !isLoopIn(token) || language == .javaScript && !isLoopIn(token)
            return isTest ? .comparison : nil
        }
        if text[token - 1] == "not", text[token] == "in" { return .comparison }
        guard endsOperand(token - 1), token + 1 < code.count else { return nil }
        if ["*", "&", "&&"].contains(text[token]), isDeclarator(token) { return nil }
        if language == .swift, ["-", "&"].contains(text[token]), hasSpaceBefore(token), !hasSpaceAfter(token) {
            return nil
        }
        return binding
    }

    /// Whether `in` belongs to a `for`, not to a membership test.
    private func isLoopIn(_ token: Int) -> Bool {
        var index = token - 1
        while index >= 0 {
            if let open = partner[index], open < index {
                index = open - 1
                continue
            }
            if text[index] == "for" { return true }
            if text[index] == "in" || text[index] == ":" || text[index] == ";" || partner[index] != nil {
                return partner[index] != nil && index > 0 && text[index - 1] == "for"
            }
            index -= 1
        }
        return false
    }

    /// `char *p`, `&mut x`, `Node *next`: a star or ampersand that stands close to the name after it.
    private func isDeclarator(_ token: Int) -> Bool {
        guard [.c, .rust, .go].contains(language) else { return false }
        if language.rules.typeKeywords.contains(text[token - 1]) { return true }
        return hasSpaceBefore(token) && !hasSpaceAfter(token)
    }

    /// The postfix chain that ends at a token: `a.b[c](d)` from its last bracket.
    package func primary(endingAt token: Int) -> Range<Int>? {
        guard endsOperand(token) else { return nil }
        var start = token
        while start > 0 {
            if let open = partner[start], open < start {
                guard text[start] != "}" else { return nil }
                let before = open - 1
                guard before >= 0, endsOperand(before), text[before] != ">",
                    !startsNewLine(open) || text[open] != "["
                else {
                    start = open
                    break
                }
                start = before
                continue
            }
            if text[start] == "?" || text[start] == "!" || text[start] == "++" || text[start] == "--" {
                start -= 1
                continue
            }
            guard isOperand(start) else { return nil }
            guard isMemberAccess(start - 1) else { break }
            guard start >= 2, endsOperand(start - 2) else {
                start -= language == .swift && text[start - 1] == "." ? 1 : 0
                break
            }
            start -= 2
        }
        return start..<(token + 1)
    }

    /// The postfix chain that begins at a token, its prefix operators excluded.
    package func primary(startingAt token: Int) -> Range<Int>? {
        guard code.indices.contains(token) else { return nil }
        var end: Int
        if isOperand(token) {
            end = token + 1
        } else if let close = partner[token], close > token, text[token] != "{" {
            end = close + 1
        } else {
            return nil
        }
        while end < code.count {
            if text[end] == "(" || text[end] == "[", let close = partner[end], close > end, !startsNewLine(end) {
                end = close + 1
            } else if isMemberAccess(end), end + 1 < code.count, code[end + 1].kind == .identifier {
                end += 2
            } else if isForceUnwrap(end) {
                end += 1
            } else {
                break
            }
        }
        return token..<end
    }

    private func startsNewLine(_ token: Int) -> Bool {
        language != .python && token > 0 && code[token].line != code[token - 1].line
    }

    /// Whether a token joins a member to its receiver.
    package func isMemberAccess(_ token: Int) -> Bool {
        guard code.indices.contains(token) else { return false }
        switch text[token] {
        case ".", "?.", "::": return true
        case "->": return language == .c
        default: return false
        }
    }

    /// The tokens to the left of an infix operator that it takes as its operand.
    package func leftOperand(of token: Int) -> Range<Int>? {
        guard let own = binding(of: token), let bounds = expressionBounds(around: token) else { return nil }
        var start = token
        while start > bounds.lowerBound {
            let before = start - 1
            if let open = partner[before], open < before {
                start = open
                continue
            }
            if partner[before] != nil || isBoundary(before) { break }
            if let other = binding(of: before), other < own || other == own && own == .comparison { break }
            if language == .python, text[before] == "not", own > .and, binding(of: before) == nil { break }
            start = before
        }
        return start < token ? start..<token : nil
    }

    /// The tokens to the right of an infix operator that it takes as its operand.
    package func rightOperand(of token: Int) -> Range<Int>? {
        guard let own = binding(of: token), let bounds = expressionBounds(around: token) else { return nil }
        var start = token + 1
        if text[token] == "is" || text[token] == "not", start < code.count, ["not", "in"].contains(text[start]) {
            start += 1
        }
        var end = start
        while end < bounds.upperBound {
            if let close = partner[end], close > end {
                if text[end] == "{" && language != .swift { break }
                if text[end] == "{", end == start || opensStatementBlock(end) { break }
                end = close + 1
                continue
            }
            if partner[end] != nil || isBoundary(end) { break }
            if end > start, let other = binding(of: end), other <= own { break }
            end += 1
        }
        return end > start ? start..<end : nil
    }

    private func opensStatementBlock(_ token: Int) -> Bool {
        statement(ofToken: token).map { statements[$0].block?.lowerBound == token } ?? false
    }

    /// Whether a token ends an expression on either side, at the same bracket depth.
    package func isBoundary(_ token: Int) -> Bool {
        switch code[token].kind {
        case .punctuation:
            return [",", ";", ":", "?", "@", "#"].contains(text[token])
                && !(text[token] == "?" && language == .swift
                    && !hasSpaceBefore(token) || text[token] == "?" && language == .rust)
        case .keyword:
            if language.rules.valueKeywords.contains(text[token]) || binding(of: token) != nil { return false }
            return !["not", "await", "try", "new", "sizeof", "mut", "typeof", "throws"].contains(text[token])
        case .operator:
            return text[token] == "=>" || text[token] == "->" && language != .c
        default:
            return code[token].kind == .directive
        }
    }

    /// The tokens among which an expression that holds `token` must lie: its bracket's inside, or its statement's head.
    package func expressionBounds(around token: Int) -> Range<Int>? {
        guard let statement = statement(ofToken: token) else { return nil }
        let extent = statements[statement].extent
        return statements[statement].head.contains(token) ? statements[statement].head : extent
    }

    /// The arguments between a round or square bracket and its partner, split at top-level commas.
    package func arguments(inBracket open: Int) -> [Range<Int>] {
        guard let close = partner[open], close > open else { return [] }
        return split(open + 1..<close) { $0 == "," }
    }

    /// The parts of a range of tokens between the separators at its bracket depth; empty parts are left out.
    package func split(_ range: Range<Int>, at isSeparator: (String) -> Bool) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var token = start
        while token < range.upperBound {
            if let close = partner[token], close > token {
                token = min(close + 1, range.upperBound)
                continue
            }
            if isSeparator(text[token]) {
                if token > start { parts.append(start..<token) }
                start = token + 1
            }
            token += 1
        }
        if range.upperBound > start { parts.append(start..<range.upperBound) }
        return parts
    }

    /// The condition of an `if`, `while`, `guard` or `elif`, without its brackets; nil for other statements.
    package func condition(of statement: Int) -> Range<Int>? {
        let head = statements[statement].head
        var start = head.lowerBound
        if text[start] == "else" || text[start] == "}" { start += 1 }
        guard start < head.upperBound, ["if", "elif", "while", "guard"].contains(text[start]) else { return nil }
        start += 1
        var end = head.upperBound
        if language.parenthesisesConditions {
            guard start < end, text[start] == "(", let close = partner[start], close < end else { return nil }
            return start + 1..<close
        }
        if language == .python, text[end - 1] == ":" { end -= 1 }
        if text[head.lowerBound] == "guard", text[end - 1] == "else" { end -= 1 }
        return start < end ? start..<end : nil
    }
}
