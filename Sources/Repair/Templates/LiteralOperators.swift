import Editing

// Operators on literals: numbers, truth values, strings, and what variables begin with.

extension TemplateOperator {
    /// `range(1, n)` → `range(0, n)`, `[i - 1]` → `[i - 2]`: a number off by one, or another number.
    static let number = TemplateOperator(
        "number", prior: 7, examples: [.init(.c, "int i = 1;", "int i = 0;")]
    ) { site in
        let known = site.file.code.indices.filter { site.file.code[$0].kind == .number }.map { site.text($0) }
        return site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.file.code[token].kind == .number else { return [] }
            return otherNumbers(than: site.text(token), named: site.named.numbers, known: known).map {
                site.replacing(token, with: $0.text, weight: $0.weight)
            }
        }
    }

    private static func otherNumbers(
        than own: String, named: [String], known: [String]
    ) -> [(text: String, weight: Double)] {
        var result: [(String, Double)] = []
        if let value = Int(own) {
            let (above, below) = (value.addingReportingOverflow(1), value.subtractingReportingOverflow(1))
            if !above.overflow { result.append(("\(above.partialValue)", 2)) }
            if value > 0, !below.overflow { result.append(("\(below.partialValue)", 2)) }
            result += [
                ("0", value == 1 ? 2 : 0.7), ("1", value == 0 ? 2 : 0.7), ("-1", value < 2 ? 0.7 : 0.2), ("2", 0.4),
            ]
            if value >= 10 { result += [("\(value)0", 0.4), ("\(value / 10)", 0.4)] }
        } else if let value = Double(own), !own.lowercased().hasPrefix("0x") {
            result += [
                ("0.0", 0.7), ("1.0", 0.7), ("\(value * 10)", 0.4), ("\(value / 10)", 0.4), ("\(1 - value)", 0.3),
            ]
        }
        result += named.map { ($0, namedWeight(among: named)) }
        for other in known.prefix(40) { result.append((other, 0.5)) }
        var seen: Set<String> = [own]
        return result.filter { seen.insert($0.0).inserted }.prefix(12 + named.count).map { $0 }
    }

    /// Reports are full of numbers that are no hint: all of them together count little more than an off-by-one.
    private static func namedWeight(among named: [String]) -> Double { 2.1 / Double(max(3, named.count)) }

    /// `found = True` → `found = False`.
    static let truth = TokenReplacementOperator(
        name: "truth", prior: 5,
        table: [
            "True": ["False", "None"], "False": ["True", "None"], "true": ["false"], "false": ["true"],
            "None": ["False", "True", "0", "\"\""], "NULL": ["0"],
        ], examples: [.init(.swift, "var isOpen = true", "var isOpen = false")]
    ).templateOperator

    /// `best = 0` → `best = float("inf")`, `total = None` → `total = []`: what a variable begins with.
    static let initialValue = TemplateOperator(
        "initial-value", prior: 3.5,
        examples: [
            .init(.python, "best = 0\n", "best = float(\"inf\")\n"),
            .init(.swift, "var best = 0", "var best = Int.min"),
            .init(.python, "def f(x, acc=None):\n    pass\n", "def f(x, acc=[]):\n    pass\n"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard ["=", ":="].contains(site.text(token)), token + 1 < site.file.code.count,
                let value = simpleValue(after: token, in: site)
            else { return [] }
            let others = initialValues(insteadOf: site.text(value), in: site.language)
            return others.enumerated().map { rank, other in
                site.replacing(value, with: other, weight: 1 / Double(rank + 1))
            }
        }
    }

    /// The single literal, empty collection or first-element access that an assignment takes.
    private static func simpleValue(after token: Int, in site: TemplateSite) -> Range<Int>? {
        let start = token + 1
        var end = start + 1
        if let close = site.file.partner[start], close == start + 1 { end = close + 1 }
        if site.text(start) == "-", site.file.code.indices.contains(end) { end += 1 }
        guard
            end >= site.file.code.count || [")", ",", ";", "}"].contains(site.text(end))
                || site.file.code[end].line > site.file.code[start].line
        else { return nil }
        return start..<end
    }

    private static func initialValues(insteadOf value: String, in language: SourceLanguage) -> [String] {
        let infinities: [String]
        let empties: [String]
        switch language {
        case .python:
            (infinities, empties) = (
                ["float(\"inf\")", "float(\"-inf\")"], ["None", "[]", "{}", "set()", "\"\"", "0", "1"]
            )
        case .swift: (infinities, empties) = (["Int.max", "Int.min"], ["nil", "[]", "[:]", "\"\"", "0", "1"])
        case .c: (infinities, empties) = (["INT_MAX", "INT_MIN"], ["NULL", "0", "1", "-1"])
        case .javaScript: (infinities, empties) = (["Infinity", "-Infinity"], ["null", "[]", "{}", "\"\"", "0", "1"])
        case .java: (infinities, empties) = (["Integer.MAX_VALUE", "Integer.MIN_VALUE"], ["null", "0", "1", "\"\""])
        case .rust: (infinities, empties) = (["i32::MAX", "i32::MIN", "usize::MAX"], ["None", "0", "1", "vec![]"])
        case .go: (infinities, empties) = (["math.MaxInt", "math.MinInt"], ["nil", "0", "1", "\"\""])
        }
        let isNumber = Double(value) != nil || value.hasPrefix("-")
        let isEmpty = empties.contains(value) || isNumber
        guard isEmpty else {
            return infinities.contains(value) ? (infinities + ["0", "1"]).filter { $0 != value } : []
        }
        return ((isNumber ? infinities : []) + empties).filter { $0 != value && (!isNumber || $0 != "0" && $0 != "1") }
    }

    /// `sep = ","` → `sep = ", "`: another string of the file, or the same in another case or trim.
    static let string = TemplateOperator(
        "string", prior: 2.5, examples: [.init(.javaScript, "const s = xs.join(',');", "const s = xs.join('');")]
    ) { site in
        let strings = site.file.code.indices.filter { site.file.code[$0].kind == .string }.map { site.text($0) }
        return site.tokens.flatMap { token -> [TemplateEdit] in
            let own = site.text(token)
            guard site.file.code[token].kind == .string, let quote = own.first, "\"'".contains(quote),
                own.utf8.count >= 2,
                own.utf8.count < 40, !own.hasPrefix("\"\"\""), own.last == quote
            else { return [] }
            let body = String(own.dropFirst().dropLast())
            var others: [(String, Double)] = []
            for other in site.named.strings.map({ "\(quote)\($0)\(quote)" }) where other != own {
                others.append((other, strings.contains(other) ? 1 : namedWeight(among: site.named.strings)))
            }
            for other in strings.prefix(40) where other.first == quote && other != own { others.append((other, 1)) }
            if site.language == .python || site.language == .javaScript || quote == "\"" {
                let forms = [
                    "", body.lowercased(), body.uppercased(), trimmed(body), body + " ", " " + body, body + "\\n",
                ]
                for form in forms { others.append(("\(quote)\(form)\(quote)", 0.5)) }
            }
            return others.prefix(14 + site.named.strings.count).map { site.replacing(token, with: $0.0, weight: $0.1) }
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// `n * 2` → `n * factor`: a number where a name was meant, and the other way.
    static let numberOrName = TemplateOperator(
        "number-or-name", prior: 2,
        examples: [.init(.python, "def f(n, step):\n    return n + 1\n", "def f(n, step):\n    return n + step\n")]
    ) { site in
        let names = swappableVariables(at: site).prefix(8)
        return site.tokens.flatMap { token -> [TemplateEdit] in
            if site.file.code[token].kind == .number {
                return names.filter { !site.shape(of: $0.name).isIndexed }.map {
                    site.replacing(token, with: $0.name, weight: $0.firstUse < token ? 1 : 0.2)
                }
            }
            guard site.file.role(of: token) == .variable, !site.file.isDeclaration(token),
                [",", ")", "]", ";", ""].contains(site.text(token + 1)), token > 0, site.text(token - 1) != ".",
                site.text(token - 1) != "in"
            else { return [] }
            let shape = site.shape(of: site.text(token))
            let weight = shape.isNumber ? 0.4 : shape.isIndexed || shape.hasMembers ? 0.03 : 0.15
            return ["0", "1"].map { site.replacing(token, with: $0, weight: weight) }
        }
    }
}
