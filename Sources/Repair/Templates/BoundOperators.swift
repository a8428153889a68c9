import Editing

// Operators on the ends of things: ranges, subscripts, slices, `+ 1`.

extension TemplateOperator {
    /// `range(n)` → `range(n + 1)`, `range(len(xs))` → `range(len(xs) - 1)`, `range(n)` → `range(1, n)`.
    static let rangeCall = TemplateOperator(
        "range-call", prior: 6, languages: [.python],
        examples: [
            .init(.python, "for i in range(n):\n    pass\n", "for i in range(n + 1):\n    pass\n"),
            .init(.python, "for i in range(n):\n    pass\n", "for i in range(1, n):\n    pass\n"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.text(token) == "range", site.text(token + 1) == "(", let close = site.file.partner[token + 1]
            else {
                return []
            }
            let arguments = site.file.arguments(inBracket: token + 1).map { site.text($0) }
            var lists: [([String], Double)] = []
            switch arguments.count {
            case 1:
                let end = arguments[0]
                lists = [
                    ([end + " + 1"], 2), ([end + " - 1"], 2), (["1", end], 2), (["1", end + " + 1"], 1.5),
                    (["0", end, "2"], 0.3),
                ]
                lists.append(([end + " - 1", "-1", "-1"], 0.7))
            case 2:
                let (start, end) = (arguments[0], arguments[1])
                lists = [
                    ([start, end + " + 1"], 2), ([start, end + " - 1"], 2), ([start + " + 1", end], 1.5),
                    ([start + " - 1", end], 1), ([end], 1), ([start, end, "-1"], 0.6), ([end, start], 0.5),
                    ([start, end, "2"], 0.3),
                ]
            case 3:
                let (start, end, step) = (arguments[0], arguments[1], arguments[2])
                let negated = step.hasPrefix("-") ? String(step.dropFirst()) : "-" + step
                lists = [
                    ([start, end + " + 1", step], 1.5), ([start, end + " - 1", step], 1.5), ([start, end, negated], 1),
                    ([start, end], 1), ([start + " + 1", end, step], 1), ([start + " - 1", end, step], 1),
                ]
                if end == "0" { lists.append(([start, "-1", step], 2)) }
            default: return []
            }
            return lists.map { site.replacing((token + 2)..<close, with: $0.0.joined(separator: ", "), weight: $0.1) }
        }
    }

    /// `a[i]` → `a[i + 1]`, `a[0]` → `a[-1]`: the neighbouring element.
    static let subscriptIndex = TemplateOperator(
        "subscript", prior: 4, examples: [.init(.java, "return a[i];", "return a[i - 1];")]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.text(token) == "[", token > 0, site.file.endsOperand(token - 1),
                site.file.code[token - 1].kind != .number,
                let close = site.file.partner[token], close > token + 1,
                !(token + 1..<close).contains(where: { [":", ",", "..<", "...", ".."].contains(site.text($0)) })
            else { return [] }
            let inside = token + 1..<close
            let own = site.text(inside)
            var edits: [TemplateEdit] = []
            if Int(own) == nil {
                edits = [
                    site.replacing(inside, with: own + " + 1", weight: 1.5),
                    site.replacing(inside, with: own + " - 1", weight: 1.5),
                ]
            }
            if own.hasPrefix("-") { edits.append(site.replacing(inside, with: String(own.dropFirst()))) }
            if site.language == .python { edits.append(site.replacing(inside, with: "-1", weight: 0.6)) }
            edits.append(site.replacing(inside, with: "0", weight: own == "-1" || own == "1" ? 1 : 0.3))
            edits.append(site.replacing(token..<(close + 1), with: "", weight: 0.4))
            return edits
        }
    }

    /// `a[1:]` → `a[:-1]`, `a[:n]` → `a[:n + 1]`.
    static let slice = TemplateOperator(
        "slice", prior: 4, languages: [.python, .go],
        examples: [
            .init(.python, "b = a[1:]\n", "b = a[:-1]\n"), .init(.go, "b := a[:n]", "b := a[:n+1]"),
            .init(.python, "b = a[:k]\n", "b = a[k:]\n"), .init(.python, "b = a[::1]\n", "b = a[::-1]\n"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.text(token) == "[", token > 0, site.file.endsOperand(token - 1),
                let close = site.file.partner[token],
                let colon = (token + 1..<close).first(where: {
                    site.text($0) == ":" && !isNested($0, between: token, and: close, in: site)
                })
            else { return [] }
            let second = (colon + 1..<close).first {
                site.text($0) == ":" && !isNested($0, between: token, and: close, in: site)
            }
            let start = site.text(token + 1..<colon)
            let end = site.text(colon + 1..<(second ?? close))
            let step = second.map { ":" + site.text($0 + 1..<close) } ?? ""
            var forms: [(String, String, String, Double)] = [
                ("", end, step, 1), (start, "", step, 1), (end, start, step, 1),
            ]
            if start.isEmpty {
                forms.append(("1", end, step, 1))
            } else {
                forms += [(start + " + 1", end, step, 1), (start + " - 1", end, step, 1)]
            }
            if end.isEmpty {
                forms.append((start, "-1", step, 1))
                forms.append(("", "-1", step, 1))
            } else {
                forms += [(start, end + " + 1", step, 1), (start, end + " - 1", step, 1)]
            }
            if !step.isEmpty {
                forms += [(start, end, "", 0.5), (start, end, ":-1", 1)]
            } else {
                forms.append((start, end, ":-1", 0.4))
            }
            if step.isEmpty { forms.append(("", "", ":-1", 0.5)) }
            let isGo = site.language == .go
            return forms.filter { !isGo || !$0.1.hasPrefix("-") && $0.2.isEmpty }
                .map { site.replacing(token + 1..<close, with: "\($0.0):\($0.1)\($0.2)", weight: $0.3) }
                + [site.replacing(token..<(close + 1), with: "", weight: 0.3)]
        }
    }

    /// `xs` → `xs[i]`, `xs[i:]`, `xs[1:]`: a part where the whole stands.
    static let addedSubscript = TemplateOperator(
        "added-subscript", prior: 2.5,
        examples: [
            .init(
                .python, "def f(xs, i):\n    g(i + 1, xs[0])\n    return xs\n",
                "def f(xs, i):\n    g(i + 1, xs[0])\n    return xs[i:]\n"),
            .init(
                .c, "int f(int *a, int n) { a[0] = n; return g(a); }",
                "int f(int *a, int n) { a[0] = n; return g(a[n]); }"),
            .init(.python, "for row in rows:\n    add(row)\n", "for row in rows[1:]:\n    add(row)\n"),
        ]
    ) { site in
        let shapes = swappableVariables(at: site).prefix(16).map { (name: $0.name, shape: site.shape(of: $0.name)) }
        let indices = shapes.filter { $0.shape.isNumber || !$0.shape.isIndexed && !$0.shape.hasMembers }.prefix(6)
        return site.operands.flatMap { range -> [TemplateEdit] in
            let name = site.text(range)
            guard range.count == 1, site.file.role(of: range.lowerBound) == .variable,
                site.text(range.upperBound) != "=", !site.file.isDeclaration(range.lowerBound)
            else { return [] }
            let isIndexed = shapes.contains { $0.name == name && $0.shape.isIndexed }
            let isIterated = range.lowerBound > 0 && ["in", "of"].contains(site.text(range.lowerBound - 1))
            var forms = isIndexed || isIterated ? fixedParts(site.language) : []
            for index in indices where isIndexed && index.name != name {
                let isCounter = index.shape.isNumber ? 1.0 : 0.5
                forms.append(("[\(index.name)]", isCounter))
                if site.language == .python || site.language == .go {
                    forms += [("[\(index.name):]", isCounter), ("[:\(index.name)]", 0.7 * isCounter)]
                }
                if site.language == .swift {
                    forms += [("[\(index.name)...]", isCounter), ("[..<\(index.name)]", 0.7 * isCounter)]
                }
            }
            return forms.map { site.inserting($0.0, after: range.lowerBound, weight: $0.1) }
        }
    }

    /// All but the first or the last, or one of the two.
    private static func fixedParts(_ language: SourceLanguage) -> [(String, Double)] {
        switch language {
        case .python: [("[1:]", 0.6), ("[:-1]", 0.4), ("[0]", 0.4), ("[-1]", 0.3)]
        case .swift: [(".dropFirst()", 0.6), (".dropLast()", 0.4), ("[0]", 0.3)]
        case .javaScript: [(".slice(1)", 0.6), (".slice(0, -1)", 0.4), ("[0]", 0.4)]
        case .go: [("[1:]", 0.6), ("[0]", 0.4)]
        case .rust: [("[1..]", 0.6), ("[0]", 0.4)]
        case .c, .java: [("[0]", 0.3)]
        }
    }

    private static func isNested(_ token: Int, between open: Int, and close: Int, in site: TemplateSite) -> Bool {
        var index = open + 1
        while index < token {
            if let partner = site.file.partner[index], partner > index {
                if partner > token { return true }
                index = partner
            }
            index += 1
        }
        return false
    }

    /// `return end - start` → `return end - start + 1`, `i + 1` → `i`: one too many or too few.
    static let plusOne = TemplateOperator(
        "plus-one", prior: 7,
        examples: [
            .init(.c, "return end - start;", "return end - start + 1;"),
            .init(.c, "char *p = malloc(strlen(s));", "char *p = malloc(strlen(s) + 1);"),
            .init(.swift, "let n = i + 1", "let n = i"),
            .init(.python, "for x in xs[:k]:\n    f(lo, mid)\n", "for x in xs[:k]:\n    f(lo, mid - 1)\n"),
        ]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens where ["+", "-"].contains(site.text(token)) && isInfix(site, token) {
            if site.file.code.indices.contains(token + 1), site.text(token + 1) == "1" {
                edits.append(site.removing(token..<(token + 2), weight: 2))
                edits.append(site.replacing(token + 1, with: "2", weight: 0.3))
            }
        }
        for token in site.tokens where endsExpression(token, site) {
            let isAfterOne = token > 0 && ["+", "-"].contains(site.text(token - 1)) && site.text(token) == "1"
            let weight = isAfterOne ? 0.1 : numberLikelihood(endingAt: token, site)
            guard weight > 0 else { continue }
            edits.append(site.inserting(" + 1", after: token, weight: weight))
            edits.append(site.inserting(" - 1", after: token, weight: weight))
        }
        return edits
    }

    /// Whether an expression of a number's worth may end at a token: what follows closes it or compares it.
    private static func endsExpression(_ token: Int, _ site: TemplateSite) -> Bool {
        let kind = site.file.code[token].kind
        guard kind == .identifier || site.text(token) == ")" || site.text(token) == "]",
            site.file.endsOperand(token), !site.file.isDeclaration(token)
        else { return false }
        if kind == .identifier, ![.variable, .attribute].contains(site.file.role(of: token)) { return false }
        guard let primary = site.file.primary(endingAt: token), primary.lowerBound > 0 else { return false }
        let before = site.text(primary.lowerBound - 1)
        guard
            site.file.binding(of: primary.lowerBound - 1) != nil
                || ["(", "[", ",", "return", ":", "=", "in", ":="].contains(before)
        else { return false }
        let next = token + 1
        guard next < site.file.code.count, site.file.code[next].line == site.file.code[token].line else { return true }
        if let binding = site.file.binding(of: next) {
            return binding == .comparison || binding == .range || binding == .and || binding == .or
        }
        return [")", "]", ",", ";", ":", "{", "}"].contains(site.text(next))
    }

    /// Arguments that are calls of no size, or texts, are seldom counted on by one.
    private static func numberLikelihood(endingAt token: Int, _ site: TemplateSite) -> Double {
        guard let primary = site.file.primary(endingAt: token) else { return 0 }
        let before = site.text(primary.lowerBound - 1)
        var weight = ["return", "<", "<=", ">", ">=", "-", "+", "..<", "...", "["].contains(before) ? 0.5 : 0.3
        let shape = site.shape(of: site.text(primary.lowerBound))
        let isSize = primary.contains {
            ["len", "count", "size", "strlen", "length", "sizeof"].contains(site.text($0))
        }
        if isSize || primary.count == 1 && shape.isNumber {
            weight *= 2.5
        } else if primary.count == 1, shape.isIndexed || shape.hasMembers {
            weight *= 0.15
        } else if site.text(token) == ")" {
            weight *= 0.6
        }
        if ["self", "this", "true", "false", "None"].contains(site.text(token)) { return 0 }
        return weight
    }
}
