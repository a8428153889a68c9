import Editing

// Operators on the two sides of an infix operator.

extension TemplateOperator {
    /// `a - b` → `b - a`, `a % b` → `b % a`.
    static let exchangedOperands = TemplateOperator(
        "exchanged-operands", prior: 3.5,
        examples: [
            .init(.python, "return b - a\n", "return a - b\n"), .init(.swift, "x = cond ? a : b", "x = cond ? b : a"),
        ]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens {
            if let binding = site.file.binding(of: token), binding != .assignment,
                let left = site.file.leftOperand(of: token), let right = site.file.rightOperand(of: token),
                right.lowerBound == token + 1
            {
                let commutes = ["*", "and", "or", "==", "!=", "===", "!==", "&", "|", "^"].contains(site.text(token))
                edits.append(site.exchanging(left, right, weight: commutes ? 0.15 : 1))
            }
            if site.text(token) == "?", let branches = branches(ofConditionalAt: token, site) {
                edits.append(site.exchanging(branches.0, branches.1))
            }
            if site.language == .python, site.text(token) == "if",
                let branches = branches(ofPythonConditionalAt: token, site)
            {
                edits.append(site.exchanging(branches.0, branches.1))
            }
        }
        return edits
    }

    /// `a + b` → `a`: an operand too many.
    static let droppedOperand = TemplateOperator(
        "dropped-operand", prior: 3.5, examples: [.init(.go, "return a + b", "return a")]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens {
            if let binding = site.file.binding(of: token), binding >= .bitOr || binding == .conditional,
                let left = site.file.leftOperand(of: token), let right = site.file.rightOperand(of: token)
            {
                edits.append(site.replacing(left.lowerBound..<right.upperBound, with: site.text(left), weight: 1.2))
                edits.append(site.replacing(left.lowerBound..<right.upperBound, with: site.text(right)))
            } else if ["-", "~"].contains(site.text(token)), site.file.code[token].kind == .operator,
                !site.file.endsOperand(token - 1)
            {
                edits.append(site.removing(token..<(token + 1)))
            }
            if site.language == .python, site.text(token) == "if",
                let branches = branches(ofPythonConditionalAt: token, site)
            {
                edits.append(
                    site.replacing(
                        branches.0.lowerBound..<branches.1.upperBound, with: site.text(branches.0), weight: 0.5))
                edits.append(
                    site.replacing(
                        branches.0.lowerBound..<branches.1.upperBound, with: site.text(branches.1), weight: 0.5))
            }
        }
        return edits
    }

    /// `return total` → `return total + carry`, `/ n`: an operand that is missing.
    static let addedOperand = TemplateOperator(
        "added-operand", prior: 3,
        examples: [
            .init(
                .python, "def f(total, n):\n    x = n\n    return total\n",
                "def f(total, n):\n    x = n\n    return total / n\n"),
            .init(.java, "int f(int a, int b) { return g(a); }", "int f(int a, int b) { return g(a) + b; }"),
        ]
    ) { site in
        let names = swappableVariables(at: site).filter { !$0.name.isEmpty && $0.firstUse < site.tokens.upperBound }
            .suffix(10)
        return endsOfValues(in: site).flatMap { end -> [TemplateEdit] in
            let own = site.text(end)
            let isSum = site.file.statement(ofToken: end).map { statement in
                site.file.statements[statement].head.contains { ["+=", "=", "return"].contains(site.text($0)) }
            }
            return names.filter { $0.name != own }.flatMap { name -> [TemplateEdit] in
                let isNumber =
                    site.shape(of: name.name).isNumber
                    || !site.shape(of: name.name).hasMembers && !site.shape(of: name.name).isIndexed
                let quotients = site.language == .python ? ["//", "/"] : ["/", "%"]
                return (["+", "-", "*"] + quotients).enumerated().map { rank, sign in
                    let weight = (isNumber ? 1 : 0.2) * (isSum == true ? 1 : 0.6) / Double(rank + 2)
                    return site.inserting(" \(sign) \(name.name)", after: end, weight: weight)
                }
            } + [
                site.inserting(" * 2", after: end, weight: 0.2),
                site.inserting(site.language == .python ? " // 2" : " / 2", after: end, weight: 0.2),
            ]
        }
    }

    /// `return strcmp(a, b)` → `return strcmp(a, b) == 0`, `if x:` → `if x is not None:`, and back.
    static let comparedValue = TemplateOperator(
        "compared-value", prior: 2.5,
        examples: [
            .init(.c, "return strcmp(a, b);", "return strcmp(a, b) == 0;"),
            .init(.python, "if x:\n    pass\n", "if x is not None:\n    pass\n"),
            .init(.javaScript, "if (n % 2 == 1) f();", "if (n % 2) f();"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        var edits: [TemplateEdit] = []
        for token in site.tokens where site.file.binding(of: token) == .comparison {
            guard let left = site.file.leftOperand(of: token), let right = site.file.rightOperand(of: token) else {
                continue
            }
            edits.append(site.replacing(left.lowerBound..<right.upperBound, with: site.text(left), weight: 0.4))
        }
        let ends = endsOfValues(in: site) + conditionEnds(of: site)
        for end in ends {
            guard let value = site.file.primary(endingAt: end), value.lowerBound > 0,
                ["return", "(", "if", "while", "and", "or", "&&", "||", "elif", "not", "!"].contains(
                    site.text(value.lowerBound - 1))
            else { continue }
            let own = site.text(value)
            let isNegated = ["!", "not"].contains(site.text(value.lowerBound - 1))
            let whole = isNegated ? value.lowerBound - 1..<value.upperBound : value
            let tests =
                isNegated
                ? [dialect.isNothing(own), dialect.isZero(own)]
                : [dialect.isNothing(own, false), dialect.isZero(own), "\(own) > 0", "\(own) != 0"]
            let isTest = site.text(value.lowerBound - 1) != "return" || site.language == .c
            for test in tests { edits.append(site.replacing(whole, with: test, weight: isTest ? 1 : 0.3)) }
        }
        return edits
    }

    /// The last tokens of the conditions and their parts.
    private static func conditionEnds(of site: TemplateSite) -> [Int] {
        wholeConditions(of: site).flatMap { condition in
            site.file.split(condition) { ["and", "or", "&&", "||"].contains($0) }.map { $0.upperBound - 1 }
        }
    }

    /// `-x` missing its sign, or the other way: `return x` → `return -x`.
    static let sign = TemplateOperator(
        "sign", prior: 1.5, examples: [.init(.c, "return x;", "return -x;")]
    ) { site in
        site.operands.compactMap { range in
            guard range.lowerBound > 0,
                ["return", "=", "(", ",", "==", "<", ">", "*", "[", "key"].contains(site.text(range.lowerBound - 1)),
                site.file.code[range.lowerBound].kind != .string, site.file.code[range.lowerBound].kind != .keyword,
                site.file.role(of: range.lowerBound) != .label, !site.file.isDeclaration(range.lowerBound)
            else { return nil }
            let shape = site.shape(of: site.text(range.lowerBound))
            let isNumber = shape.isNumber || site.file.code[range.lowerBound].kind == .number
            return site.inserting("-", before: range.lowerBound, weight: isNumber ? 1 : shape.isIndexed ? 0.05 : 0.3)
        }
    }

    /// `return a, b` → `return b, a`.
    static let exchangedPair = TemplateOperator(
        "exchanged-pair", prior: 1.5, examples: [.init(.python, "return lo, hi\n", "return hi, lo\n")]
    ) { site in
        site.tokens.compactMap { token in
            guard site.text(token) == ",", token > 0, let left = site.file.primary(endingAt: token - 1),
                let right = site.file.primary(startingAt: token + 1)
            else { return nil }
            return site.exchanging(left, right)
        }
    }

    /// The last tokens of returned and assigned values.
    private static func endsOfValues(in site: TemplateSite) -> [Int] {
        var ends: [Int] = []
        for token in site.tokens where ["return", "=", "+=", "-=", ":="].contains(site.text(token)) {
            guard let statement = site.file.statement(ofToken: token), token + 1 < site.file.code.count,
                site.file.role(of: max(token - 1, 0)) != .label || site.text(token) == "return"
            else { continue }
            let head = site.file.statements[statement].head
            var end = token + 1
            while end < head.upperBound, !site.file.isBoundary(end), site.file.partner[end].map({ $0 > end }) ?? true {
                end = (site.file.partner[end] ?? end) + 1
            }
            guard end > token + 1, site.file.endsOperand(end - 1), site.file.code[end - 1].kind != .string,
                !["self", "None", "true", "false", "True", "False", "}", "nil", "null"].contains(site.text(end - 1))
            else { continue }
            ends.append(end - 1)
        }
        return ends
    }

    /// `a` and `b` in `c ? a : b`.
    private static func branches(ofConditionalAt token: Int, _ site: TemplateSite) -> (Range<Int>, Range<Int>)? {
        guard site.language != .rust, site.language != .go, let bounds = site.file.expressionBounds(around: token)
        else { return nil }
        var colon = token + 1
        while colon < bounds.upperBound, site.text(colon) != ":" {
            guard !site.file.isBoundary(colon), site.file.partner[colon].map({ $0 > colon }) ?? true else { return nil }
            colon = (site.file.partner[colon] ?? colon) + 1
        }
        var end = colon + 1
        while end < bounds.upperBound, !site.file.isBoundary(end), site.file.partner[end].map({ $0 > end }) ?? true {
            end = (site.file.partner[end] ?? end) + 1
        }
        guard colon > token + 1, colon < bounds.upperBound, end > colon + 1 else { return nil }
        return (token + 1..<colon, colon + 1..<end)
    }

    /// `a` and `b` in `a if c else b`.
    private static func branches(ofPythonConditionalAt token: Int, _ site: TemplateSite) -> (Range<Int>, Range<Int>)? {
        guard let bounds = site.file.expressionBounds(around: token), token > bounds.lowerBound,
            site.file.endsOperand(token - 1)
        else { return nil }
        var start = token
        while start > bounds.lowerBound {
            let before = start - 1
            if let open = site.file.partner[before], open < before {
                start = open
                continue
            }
            if site.file.partner[before] != nil || site.file.isBoundary(before)
                || site.file.binding(of: before) == .assignment
            {
                break
            }
            start = before
        }
        var middle = token + 1
        while middle < bounds.upperBound, site.text(middle) != "else" {
            guard !site.file.isBoundary(middle), site.file.partner[middle].map({ $0 > middle }) ?? true else {
                return nil
            }
            middle = (site.file.partner[middle] ?? middle) + 1
        }
        var end = middle + 1
        while end < bounds.upperBound, !site.file.isBoundary(end), site.file.partner[end].map({ $0 > end }) ?? true {
            end = (site.file.partner[end] ?? end) + 1
        }
        guard start < token, middle < bounds.upperBound, end > middle + 1 else { return nil }
        return (start..<token, middle + 1..<end)
    }
}
