import Editing

// Operators on the flow of control: jumps, guards, returns, loops.

extension TemplateOperator {
    /// `break` → `continue`, `return` → `break`, and back.
    static let jump = TemplateOperator(
        "jump", prior: 3, examples: [.init(.c, "while (1) { break; }", "while (1) { continue; }")]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let token = site.file.statements[statement].head.lowerBound
            let others: [String]
            switch site.text(token) {
            case "break": others = ["continue", "return"]
            case "continue": others = ["break", "return"]
            case "return"
            where site.file.statements[statement].head.count < 3 && site.file.loop(enclosing: statement) != nil:
                others = ["continue", "break"]
            case "pass": others = ["continue", "break", "return"]
            default: return []
            }
            return others.filter { $0 == "return" || site.file.loop(enclosing: statement) != nil }.map {
                site.replacing(token, with: $0)
            }
        }
    }

    /// A `break`, `continue` or `return` at the end of a block that lacks it.
    static let insertedJump = TemplateOperator(
        "inserted-jump", prior: 2,
        examples: [
            .init(
                .python, "for x in xs:\n    if x:\n        n = x\n",
                "for x in xs:\n    if x:\n        n = x\n        break\n"),
            .init(
                .c, "switch (x) {\ncase 1:\n    f();\ncase 2:\n    g();\n}\n",
                "switch (x) {\ncase 1:\n    f();\n    break;\ncase 2:\n    g();\n}\n"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            guard
                !["return", "break", "continue", "raise", "throw", "case", "default", "else"].contains(
                    site.file.keyword(of: statement)),
                !site.file.statements[statement].isFunction
            else { return [] }
            let next = site.file.siblings(of: statement).next
            let endsCase = next.map { ["case", "default"].contains(site.file.keyword(of: $0)) } ?? false
            var jumps: [(String, Double)] = []
            if endsCase, site.language != .swift, site.language != .go, site.language != .rust {
                jumps.append(("break", 4))
            }
            if next == nil || endsCase {
                if site.file.loop(enclosing: statement) != nil { jumps += [("break", 1), ("continue", 0.7)] }
                if site.file.function(enclosing: statement) != nil { jumps.append(("return", 0.4)) }
            }
            return jumps.compactMap { site.insertingLines([$0.0 + dialect.terminator], after: statement, weight: $0.1) }
        }
    }

    /// `if not xs: return 0` before the line: a case that was not thought of.
    static let guardStatement = TemplateOperator(
        "guard", prior: 6,
        examples: [
            .init(
                .python, "def mean(xs):\n    return sum(xs) / len(xs)\n",
                "def mean(xs):\n    if not xs:\n        return 0\n    return sum(xs) / len(xs)\n"),
            .init(
                .swift, "func mean(_ xs: [Int]) -> Int {\n    return xs.reduce(0, +) / xs.count\n}\n",
                "func mean(_ xs: [Int]) -> Int {\n    if xs.isEmpty { return 0 }\n    return xs.reduce(0, +) / xs.count\n}\n"
            ),
            .init(
                .c, "int f(struct s *p) {\n    return p->n;\n}\n",
                "int f(struct s *p) {\n    if (p == NULL) return 0;\n    return p->n;\n}\n"),
            .init(
                .python, "def f(xs):\n    for x in xs:\n        g(x.y)\n",
                "def f(xs):\n    for x in xs:\n        if x is None:\n            continue\n        g(x.y)\n"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            guard let function = site.file.function(enclosing: statement), !startsBranch(statement, site),
                !site.file.statements[statement].isBareBody
            else { return [] }
            // A guard before a function's header means one at its body's beginning.
            let place = function == statement ? site.file.children(of: statement).first : statement
            guard let place else { return [] }
            let actions = exits(from: place, in: function, site, dialect)
            return emptinessTests(near: place, site, dialect).flatMap { test in
                actions.compactMap { action in
                    site.insertingLines(
                        dialect.lines(if: test.text, action.text), before: place, weight: test.weight * action.weight)
                }
            }.sorted { $0.weight > $1.weight }.prefix(40).map { $0 }
        }
    }

    /// `return a` → `return b`, `return []`, `return -1`.
    static let returnValue = TemplateOperator(
        "return-value", prior: 3.5,
        examples: [
            .init(.python, "def f(a):\n    b = a\n    return a\n", "def f(a):\n    b = a\n    return b\n"),
            .init(.c, "return 1;", "return -1;"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let head = site.file.statements[statement].head
            guard site.file.keyword(of: statement) == "return" else { return [] }
            let end = site.text(head.upperBound - 1) == ";" ? head.upperBound - 1 : head.upperBound
            let value = head.lowerBound + 1..<max(end, head.lowerBound + 1)
            var others: [(String, Double)] = []
            if let function = site.file.function(enclosing: statement) {
                for other in returnedValues(of: function, site) { others.append((other, 1.5)) }
            }
            others += swappableVariables(at: site).filter { $0.firstUse < head.lowerBound }.suffix(8).map {
                ($0.name, site.shape(of: $0.name).isIndexed ? 0.6 : 1)
            }
            let empty =
                site.file.function(enclosing: statement).map { EmptyResult.values(of: $0, in: site.file) } ?? ["0"]
            others += empty.filter { !$0.isEmpty }.enumerated().map { ($0.element, 0.8 / Double($0.offset + 1) + 0.2) }
            if site.language != .swift, site.language != .rust { others.append(("-1", 0.3)) }
            if value.isEmpty {
                return others.map { site.inserting(" " + $0.0, after: head.lowerBound, weight: $0.1) }
            }
            return others.map { site.replacing(value, with: $0.0, weight: $0.1) }
        }
    }

    /// `n * 2` → `return n * 2`, or a `return` at a function's end.
    static let missingReturn = TemplateOperator(
        "missing-return", prior: 4,
        examples: [
            .init(.python, "def f(n):\n    f(n - 1)\n", "def f(n):\n    return f(n - 1)\n"),
            .init(.c, "int f(int a) {\n    int b = a;\n}\n", "int f(int a) {\n    int b = a;\n    return b;\n}\n"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let record = site.file.statements[statement]
            guard let function = site.file.function(enclosing: statement), function != statement else { return [] }
            var edits: [TemplateEdit] = []
            let first = record.head.lowerBound
            let isExpression =
                site.file.isOperand(first) || site.text(first) == "(" || site.text(first) == "-"
                || site.text(first) == "["
            let isAssignment =
                record.head.contains { site.file.binding(of: $0) == .assignment }
                || site.file.code[first].kind == .string
            if isExpression, !isAssignment, record.block == nil {
                edits.append(site.inserting("return ", before: first, weight: 2))
                if site.language == .python { edits.append(site.inserting("yield ", before: first, weight: 0.2)) }
            }
            if site.file.siblings(of: statement).next == nil,
                !["return", "raise", "throw", "break", "continue"].contains(site.file.keyword(of: statement))
            {
                let names = swappableVariables(at: site).filter { $0.firstUse < record.extent.upperBound }
                for name in names.suffix(8) {
                    if let edit = site.insertingLines(
                        ["return \(name.name)\(dialect.terminator)"], after: statement, weight: 0.8)
                    {
                        edits.append(edit)
                    }
                }
                for value in EmptyResult.values(of: function, in: site.file) where !value.isEmpty {
                    if let edit = site.insertingLines(
                        ["return \(value)\(dialect.terminator)"], after: statement, weight: 0.3)
                    {
                        edits.append(edit)
                    }
                }
            }
            return edits
        }
    }

    /// `return x` → `yield x`, `yield x` → `yield from x`.
    static let yielded = TemplateOperator(
        "yield", prior: 1, languages: [.python],
        examples: [.init(.python, "yield flatten(x)\n", "yield from flatten(x)\n")]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            switch site.text(token) {
            case "yield" where site.text(token + 1) == "from": [site.removing(token + 1..<(token + 2))]
            case "yield": [site.inserting(" from", after: token), site.replacing(token, with: "return")]
            case "return": [site.replacing(token, with: "yield", weight: 0.3)]
            default: []
            }
        }
    }

    // MARK: Guards' parts

    /// What a function returns elsewhere.
    private static func returnedValues(of function: Int, _ site: TemplateSite) -> [String] {
        var values: [String] = []
        for token in site.file.statements[function].extent where site.text(token) == "return" {
            guard let statement = site.file.statement(ofToken: token) else { continue }
            let head = site.file.statements[statement].head
            guard head.lowerBound == token else { continue }
            let end = site.text(head.upperBound - 1) == ";" ? head.upperBound - 1 : head.upperBound
            let value = site.text(token + 1..<max(end, token + 1))
            if !value.isEmpty, value.utf8.count < 30, !values.contains(value) { values.append(value) }
        }
        return values
    }

    /// How a guard leaves: with a value of the function's, or for the loop's next turn.
    private static func exits(
        from statement: Int, in function: Int, _ site: TemplateSite, _ dialect: Dialect
    ) -> [(text: String, weight: Double)] {
        var exits: [(String, Double)] = []
        var seen: Set<String> = []
        func add(_ text: String, _ weight: Double) {
            if seen.insert(text).inserted { exits.append((text, weight)) }
        }
        if site.file.loop(enclosing: statement) != nil {
            add("continue", 1.2)
            add("break", 0.7)
        }
        for value in returnedValues(of: function, site).filter({ isLiteral($0) }).prefix(3) {
            add("return \(value)", 1.2)
        }
        for (rank, value) in EmptyResult.values(of: function, in: site.file).prefix(4).enumerated() {
            add(value.isEmpty ? "return" : "return \(value)", 0.9 / Double(rank + 1) + 0.1)
        }
        let head = site.file.statements[function].head
        for name in swappableVariables(at: site).filter({ head.contains($0.firstUse) }).prefix(3) {
            add("return \(name.name)", 0.5)
        }
        add("return", 0.3)
        if site.language == .python { add("raise ValueError", 0.2) }
        return exits
    }

    private static func isLiteral(_ value: String) -> Bool {
        Double(value) != nil
            || ["None", "nil", "null", "NULL", "True", "False", "true", "false", "[]", "{}", "\"\"", "''", "-1", "[:]"]
                .contains(value)
    }

    /// Tests that a name near a statement holds nothing, by what its uses tell about it.
    private static func emptinessTests(
        near statement: Int, _ site: TemplateSite, _ dialect: Dialect
    ) -> [(text: String, weight: Double)] {
        let range = site.file.statements[statement].head
        var tests: [(String, Double)] = []
        for name in swappableVariables(at: site) where name.firstUse < range.upperBound {
            let isNear = range.contains { site.text($0) == name.name }
            let factor = isNear ? 1.0 : 0.25
            let shape = site.shape(of: name.name)
            if shape.isIndexed, let empty = dialect.isEmpty(name.name) { tests.append((empty, 1.5 * factor)) }
            if shape.isDivisor { tests.append((dialect.isZero(name.name), 2 * factor)) }
            if shape.hasMembers && !shape.isIndexed, site.language != .rust {
                tests.append((dialect.isNothing(name.name), (site.language == .swift ? 0.3 : 1.2) * factor))
            }
            if shape.isNumber || !shape.hasMembers && !shape.isIndexed {
                tests.append((dialect.isZero(name.name), 0.8 * factor))
                tests.append(("\(name.name) < 0", 0.5 * factor))
                tests.append(("\(name.name) <= 0", 0.5 * factor))
                tests.append(("\(name.name) <= 1", 0.3 * factor))
            }
            if site.language == .python {
                if !shape.isIndexed { tests.append(("not \(name.name)", 0.5 * factor)) }
                if !shape.hasMembers || shape.isIndexed { tests.append(("\(name.name) is None", 0.5 * factor)) }
            } else if [.c, .java, .javaScript, .go].contains(site.language), !shape.isNumber {
                tests.append((dialect.isNothing(name.name), 0.8 * factor))
            }
        }
        return tests
    }
}
