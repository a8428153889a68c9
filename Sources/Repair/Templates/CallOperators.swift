import Editing

// Operators on calls and their arguments.

extension TemplateOperator {
    /// `f(a, b)` → `f(b, a)`.
    static let exchangedArguments = TemplateOperator(
        "exchanged-arguments", prior: 5, examples: [.init(.c, "memcpy(a, b, n);", "memcpy(b, a, n);")]
    ) { site in
        calls(on: site).flatMap { open -> [TemplateEdit] in
            let arguments = site.file.arguments(inBracket: open)
            guard arguments.count > 1, arguments.count < 8 else { return [] }
            var edits: [TemplateEdit] = []
            for first in arguments.indices {
                for second in arguments.indices where second > first {
                    let (left, right) = (value(arguments[first], site), value(arguments[second], site))
                    edits.append(site.exchanging(left, right, weight: second == first + 1 ? 1 : 0.3))
                }
            }
            return edits
        }
    }

    /// `f(a, b)` → `f(a)`.
    static let droppedArgument = TemplateOperator(
        "dropped-argument", prior: 3, examples: [.init(.python, "f(a, b)\n", "f(a)\n")]
    ) { site in
        calls(on: site).filter { hasOpenArity($0, site) }.flatMap { open -> [TemplateEdit] in
            let arguments = site.file.arguments(inBracket: open)
            guard let close = site.file.partner[open], !arguments.isEmpty, arguments.count < 8 else { return [] }
            return arguments.indices.map { index in
                let kept = arguments.indices.filter { $0 != index }.map { site.text(arguments[$0]) }
                return site.replacing(
                    open + 1..<close, with: kept.joined(separator: ", "), weight: arguments.count > 1 ? 1 : 0.4)
            }
        }
    }

    /// `f(a)` → `f(a, b)`: an argument that is missing.
    static let addedArgument = TemplateOperator(
        "added-argument", prior: 2.5, languages: [.python, .c, .javaScript, .java, .go, .rust],
        examples: [.init(.python, "def f(a, depth):\n    f(a)\n", "def f(a, depth):\n    f(a, depth)\n")]
    ) { site in
        let names = swappableVariables(at: site).prefix(8).map { ($0.name, 1.0) }
        let others: [(String, Double)] =
            names
            + (site.language == .python
                ? [
                    ("None", 0.3), ("True", 0.3), ("0", 0.4), ("1", 0.3), ("reverse=True", 0.3), ("\"\"", 0.3),
                    ("-1", 0.2),
                ]
                : [("0", 0.4), ("1", 0.3)])
        return calls(on: site).filter { hasOpenArity($0, site) }.flatMap { open -> [TemplateEdit] in
            guard let close = site.file.partner[open], close - open < 40 else { return [] }
            let isEmpty = close == open + 1
            return others.filter { other in !(open..<close).contains { site.text($0) == other.0 } }
                .map { site.inserting(isEmpty ? $0.0 : ", " + $0.0, before: close, weight: $0.1) }
        }
    }

    /// `return -x` → `return abs(-x)`, `xs` → `sorted(xs)`, `total / n` → `float(total) / n`: a call that is missing.
    static let wrapped = TemplateOperator(
        "wrapped", prior: 4,
        examples: [
            .init(.python, "return a - b\n", "return abs(a - b)\n"), .init(.swift, "return x", "return abs(x)"),
            .init(.python, "key = sum(word)\n", "key = sum(sorted(word))\n"),
            .init(.python, "for i in range(xs):\n    pass\n", "for i in range(len(xs)):\n    pass\n"),
            .init(.javaScript, "return a / b;", "return Math.floor(a / b);"),
        ]
    ) { site in
        let wrappers = wrappers(in: site.language)
        return values(on: site).flatMap { value -> [TemplateEdit] in
            let own = site.text(value)
            let factor = value.count > 1 ? 1.2 : 1
            return wrappers.enumerated().compactMap { rank, wrapper in
                guard !own.hasPrefix(wrapper + "("), site.text(max(value.lowerBound - 2, 0)) != wrapper else {
                    return nil
                }
                let weight = factor * fit(of: wrapper, to: value, site) / (1 + Double(rank) * 0.2)
                return site.replacing(value, with: "\(wrapper)(\(own))", weight: weight)
            }
        }
    }

    /// How well a call goes with what its argument seems to be: sizes of collections, magnitudes of numbers.
    private static func fit(of wrapper: String, to value: Range<Int>, _ site: TemplateSite) -> Double {
        let wantsNumber = [
            "abs", "int", "float", "round", "Math.abs", "Math.floor", "Math.round", "Double", "Int", "(double)",
            "float64",
        ]
        .contains(wrapper)
        let isArithmetic = value.contains { site.file.binding(of: $0).map { $0 >= .additive } ?? false }
        let shape = site.shape(of: site.text(value.lowerBound))
        if isArithmetic || value.count == 1 && shape.isNumber { return wantsNumber ? 2 : 0.4 }
        if value.count == 1, shape.isIndexed { return wantsNumber ? 0.3 : 1.5 }
        return value.contains { site.file.binding(of: $0) != nil } ? 0.3 : 1
    }

    /// `abs(x)` → `x`, `text.strip()` → `text`: a call too many.
    static let unwrapped = TemplateOperator(
        "unwrapped", prior: 4,
        examples: [
            .init(.python, "n = len(x)\n", "n = x\n"), .init(.javaScript, "const s = t.trim();", "const s = t;"),
        ]
    ) { site in
        calls(on: site).flatMap { open -> [TemplateEdit] in
            guard let close = site.file.partner[open], let callee = site.file.primary(endingAt: open - 1),
                !site.file.isDeclaration(callee.lowerBound)
            else { return [] }
            var edits: [TemplateEdit] = []
            let arguments = site.file.arguments(inBracket: open)
            if arguments.count == 1 {
                edits.append(
                    site.replacing(callee.lowerBound..<(close + 1), with: site.text(value(arguments[0], site))))
            } else if arguments.count == 2 {
                for argument in arguments {
                    edits.append(
                        site.replacing(
                            callee.lowerBound..<(close + 1), with: site.text(value(argument, site)), weight: 0.4))
                }
            }
            if callee.count > 2, site.file.isMemberAccess(open - 2) {
                edits.append(site.replacing(open - 2..<(close + 1), with: ""))
                if arguments.isEmpty { edits.append(site.replacing(open..<(close + 1), with: "", weight: 0.4)) }
            }
            return edits
        }
    }

    /// `line` → `line.strip()`, `xs` → `xs.sorted()`: a method call that is missing.
    static let addedMethod = TemplateOperator(
        "added-method", prior: 3,
        examples: [.init(.python, "word = line\n", "word = line.strip()\n"), .init(.swift, "f(xs)", "f(xs.sorted())")]
    ) { site in
        let methods = methods(in: site.language)
        return site.operands.flatMap { range -> [TemplateEdit] in
            let next = site.text(range.upperBound)
            guard site.file.code[range.lowerBound].kind != .number, next != "=", next != "(", next != "+=",
                next != ":=",
                !["self", "this", "None", "True", "False", "true", "false", "nil", "null", "NULL"].contains(
                    site.text(range.lowerBound))
                    || range.count > 1, !site.file.importedNames.contains(site.text(range)),
                !site.file.isDeclaration(range.lowerBound), range.lowerBound > 0
            else { return [] }
            return methods.enumerated().map { rank, method in
                site.inserting(method, after: range.upperBound - 1, weight: 1 / (1 + Double(rank) * 0.25))
            }
        }
    }

    /// `f` → `f()`: a function named where it should be called.
    static let missingCall = TemplateOperator(
        "missing-call", prior: 1,
        examples: [.init(.python, "if self.is_empty:\n    pass\n", "if self.is_empty():\n    pass\n")]
    ) { site in
        let functions = Set(site.file.definedFunctions)
        return site.tokens.compactMap { token in
            let role = site.file.role(of: token)
            guard role == .attribute || role == .variable && functions.contains(site.text(token)),
                !site.file.isDeclaration(token),
                ![
                    "=", "+=", "[", ".",
                ].contains(site.text(token + 1))
            else { return nil }
            return site.inserting("()", after: token, weight: functions.contains(site.text(token)) ? 1 : 0.1)
        }
    }

    // MARK: Places and words

    /// Whether a call may take another number of arguments and still compile: anywhere in dynamic languages, elsewhere
    /// where the file itself defines what is called.
    private static func hasOpenArity(_ open: Int, _ site: TemplateSite) -> Bool {
        site.language == .python || site.language == .javaScript
            || site.file.definedFunctions.contains(site.text(open - 1))
    }

    /// The opening brackets of the calls on the line.
    static func calls(on site: TemplateSite) -> [Int] {
        site.tokens.filter { token in
            site.text(token) == "(" && token > 0 && site.file.code[token - 1].kind == .identifier
                && (site.file.partner[token] ?? 0) > token && !site.file.isDeclaration(token - 1)
        }
    }

    /// An argument without its label.
    private static func value(_ argument: Range<Int>, _ site: TemplateSite) -> Range<Int> {
        argument.count > 2 && site.file.role(of: argument.lowerBound) == .label
            ? argument.lowerBound + 2..<argument.upperBound : argument
    }

    /// The expressions that a call might be put around: arguments, returned and assigned values, operands of tests.
    private static func values(on site: TemplateSite) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for open in calls(on: site) {
            result += site.file.arguments(inBracket: open).map { value($0, site) }
        }
        for token in site.tokens {
            let word = site.text(token)
            if ["return", "=", "in", "+=", "-=", ":="].contains(word), token + 1 < site.file.code.count,
                let bounds = site.file.expressionBounds(around: token), bounds.contains(token + 1)
            {
                var end = token + 1
                while end < bounds.upperBound, !site.file.isBoundary(end),
                    site.file.partner[end].map({ $0 > end }) ?? true,
                    !(site.file.code[end].kind == .punctuation && site.text(end) == "{")
                {
                    end = (site.file.partner[end] ?? end) + 1
                }
                if end > token + 1, site.file.endsOperand(end - 1) { result.append(token + 1..<end) }
            }
            if let binding = site.file.binding(of: token), binding == .comparison || binding >= .additive {
                if let left = site.file.leftOperand(of: token) { result.append(left) }
                if let right = site.file.rightOperand(of: token), right.lowerBound == token + 1 { result.append(right) }
            }
        }
        let literals = ["None", "True", "False", "nil", "null", "true", "false"]
        var seen: Set<Range<Int>> = []
        return result.filter { range in
            seen.insert(range).inserted && !range.isEmpty
                && !(range.count == 1
                    && (site.file.code[range.lowerBound].kind == .number
                        || literals.contains(site.text(range.lowerBound))))
        }
    }

    private static func wrappers(in language: SourceLanguage) -> [String] {
        switch language {
        case .python:
            [
                "abs", "len", "int", "str", "list", "sorted", "set", "float", "round", "tuple", "reversed", "bool",
                "dict", "sum", "max", "min",
            ]
        case .swift: ["abs", "Double", "Int", "Array", "String", "Set"]
        case .c: ["abs", "strlen", "(double)", "tolower", "(size_t)", "(unsigned char)", "strdup"]
        case .javaScript:
            ["Math.abs", "Math.floor", "Number", "String", "Math.round", "Math.ceil", "Array.from", "parseInt"]
        case .java: ["Math.abs", "String.valueOf", "(double)", "Math.floor", "(int)", "(long)"]
        case .rust: ["Some", "Ok", "usize::from", "String::from"]
        case .go: ["len", "float64", "int", "string"]
        }
    }

    private static func methods(in language: SourceLanguage) -> [String] {
        switch language {
        case .python:
            [
                ".strip()", ".lower()", ".copy()", "[:]", ".items()", ".keys()", ".values()", ".split()", "[0]", "[-1]",
                "[1:]", ".upper()",
            ]
        case .swift:
            [
                ".sorted()", ".lowercased()", ".count", ".reversed()", " ?? 0", ".first", ".last", ".dropFirst()",
                ".uppercased()", ".keys", ".values",
            ]
        case .c: []
        case .javaScript: [".trim()", ".toLowerCase()", ".slice()", ".length", "[0]", ".toString()", ".reverse()"]
        case .java: [".trim()", ".toLowerCase()", ".size()", ".length()", ".clone()", ".toString()"]
        case .rust:
            [
                ".clone()", ".len()", ".abs()", ".trim()", ".unwrap()", ".to_lowercase()", " as usize", ".rev()",
                ".iter()",
            ]
        case .go: ["[0]", "[1:]"]
        }
    }
}
