import Editing

// Operators that exchange one infix operator for another.

extension TemplateOperator {
    /// `while i <= n` → `while i < n`: a bound that is in or out by one.
    package static let boundary = TokenReplacementOperator(
        name: "boundary", prior: 8, table: ["<": ["<="], "<=": ["<"], ">": [">="], ">=": [">"]], applies: isInfix,
        examples: [.init(.python, "while i <= n:\n    i += 1\n", "while i < n:\n    i += 1\n")]
    ).templateOperator

    /// `if a > b` → `if a < b`: the wrong comparison.
    static let comparison = TokenReplacementOperator(
        name: "comparison", prior: 6,
        table: [
            "<": [">", ">=", "!=", "=="], "<=": [">=", ">", "=="], ">": ["<", "<=", "!=", "=="],
            ">=": ["<=", "<", "=="], "==": ["!=", "<=", ">=", "<", ">"], "!=": ["==", "<", ">"],
            "===": ["!=="], "!==": ["==="],
        ], applies: isInfix, examples: [.init(.swift, "if a > b { return a }", "if a < b { return a }")]
    ).templateOperator

    /// `total - price` → `total + price`: the wrong arithmetic.
    static let arithmetic = TokenReplacementOperator(
        name: "arithmetic", prior: 6,
        table: [
            "+": ["-", "*"], "-": ["+", "*", "/"], "*": ["+", "/", "**"], "/": ["*", "-", "%"], "//": ["*", "%", "-"],
            "%": ["/", "//", "*"], "**": ["*"],
        ],
        applies: { site, token in
            // `**` and `//` are Python's (and `**` JavaScript's); the enumerator drops what does not lex alike.
            isInfix(site, token)
        }, examples: [.init(.c, "int f(int a, int b) { return a - b; }", "int f(int a, int b) { return a + b; }")]
    ).templateOperator.keeping { site, edit in
        !["**", "//"].contains(edit) || site.language == .python || edit == "**" && site.language == .javaScript
    }

    /// `a / b` → `a // b`: true division where whole numbers are meant, or the other way.
    static let division = TokenReplacementOperator(
        name: "integer-division", prior: 3, languages: [.python], table: ["/": ["//"], "//": ["/"], "/=": ["//="]],
        applies: { site, token in isInfix(site, token) || site.text(token) == "/=" },
        examples: [.init(.python, "mid = (lo + hi) / 2\n", "mid = (lo + hi) // 2\n")]
    ).templateOperator

    /// `a or b` → `a and b`: the wrong connective.
    static let logical = TokenReplacementOperator(
        name: "logical", prior: 4, table: ["and": ["or"], "or": ["and"], "&&": ["||"], "||": ["&&"], "??": ["||"]],
        applies: { site, token in isInfix(site, token) && (site.text(token) != "??" || site.language == .javaScript) },
        examples: [.init(.javaScript, "if (a || b) f();", "if (a && b) f();")]
    ).templateOperator

    /// `x & mask` → `x | mask`, `1 >> n` → `1 << n`, `a & b` → `a && b`.
    static let bitwise = TokenReplacementOperator(
        name: "bitwise", prior: 2.5,
        table: [
            "&": ["|", "^"], "|": ["&", "^"], "^": ["&", "|"], "<<": [">>"], ">>": ["<<", ">>>"], ">>>": [">>"],
        ], applies: isInfix, examples: [.init(.c, "flags = flags & BIT;", "flags = flags | BIT;")]
    ).templateOperator.keeping { site, edit in edit != ">>>" || [.java, .javaScript].contains(site.language) }

    /// `a & b` → `a && b`: bits where truth is meant.
    static let bitwiseTruth = TokenReplacementOperator(
        name: "bitwise-truth", prior: 1.5, languages: [.c, .java, .javaScript, .go, .rust],
        table: ["&": ["&&"], "|": ["||"], "&&": ["&"], "||": ["|"]], applies: isInfix,
        examples: [.init(.c, "if (a & b) f();", "if (a && b) f();")]
    ).templateOperator

    /// `x -= 1` → `x += 1`, `total = x` → `total += x`.
    static let assignment = TokenReplacementOperator(
        name: "assignment", prior: 4,
        table: [
            "+=": ["-=", "=", "*="], "-=": ["+=", "="], "*=": ["+=", "/=", "="], "/=": ["*=", "-="], "%=": ["/=", "="],
            "=": ["+=", "-=", "*=", "|="], "|=": ["&=", "=", "^="], "&=": ["|=", "="], "^=": ["|=", "&="],
            "<<=": [">>="],
            ">>=": ["<<="], "//=": ["/=", "-="],
        ],
        applies: { site, token in
            guard site.file.endsOperand(token - 1), let statement = site.file.statement(ofToken: token) else {
                return false
            }
            let head = site.file.statements[statement].head
            guard head.contains(token), head.lowerBound < token else { return false }
            // A declaration has nothing to add to: what stands before `=` must be one chain.
            return site.text(token) != "=" || site.file.primary(startingAt: head.lowerBound)?.upperBound == token
        }, examples: [.init(.python, "total = x\n", "total += x\n"), .init(.c, "n -= 1;", "n += 1;")]
    ).templateOperator

    /// `x is 5` → `x == 5`, `==` → `===`: identity against equality.
    static let identity = TemplateOperator(
        "identity", prior: 2, languages: [.python, .javaScript, .swift],
        examples: [
            .init(.python, "if x is 5:\n    pass\n", "if x == 5:\n    pass\n"),
            .init(.javaScript, "if (a == b) f();", "if (a === b) f();"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard isInfix(site, token) else { return [] }
            switch (site.language, site.text(token)) {
            case (.python, "is"):
                guard site.text(token + 1) != "not" else {
                    return [
                        site.replacing(token..<(token + 2), with: "!="),
                        site.replacing(token..<(token + 2), with: "is"),
                    ]
                }
                return [site.replacing(token, with: "=="), site.replacing(token, with: "is not")]
            case (.python, "=="): return [site.replacing(token, with: "is", weight: 0.5)]
            case (.python, "!="): return [site.replacing(token, with: "is not", weight: 0.5)]
            case (.javaScript, "=="), (.swift, "=="): return [site.replacing(token, with: "===")]
            case (.javaScript, "!="), (.swift, "!="): return [site.replacing(token, with: "!==")]
            case (.javaScript, "==="), (.swift, "==="): return [site.replacing(token, with: "==")]
            case (.javaScript, "!=="), (.swift, "!=="): return [site.replacing(token, with: "!=")]
            default: return []
            }
        }
    }

    /// `x in xs` → `x not in xs`.
    static let membership = TemplateOperator(
        "membership", prior: 2.5, languages: [.python],
        examples: [.init(.python, "if x in seen:\n    pass\n", "if x not in seen:\n    pass\n")]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            if site.text(token) == "not", site.text(token + 1) == "in" {
                return [site.replacing(token..<(token + 2), with: "in")]
            }
            guard site.text(token) == "in", site.text(token - 1) != "not", site.file.binding(of: token) != nil else {
                return []
            }
            return [site.replacing(token, with: "not in"), site.replacing(token, with: "==", weight: 0.3)]
        }
    }

    /// `0...n` → `0..<n`, `0..n` → `0..=n`: a range with or without its end.
    static let rangeEnd = TokenReplacementOperator(
        name: "range-end", prior: 6, languages: [.swift, .rust],
        table: ["...": ["..<"], "..<": ["..."], "..": ["..="], "..=": [".."]],
        examples: [
            .init(.swift, "for i in 0...n { f(i) }", "for i in 0..<n { f(i) }"),
            .init(.rust, "for i in 1..n { f(i); }", "for i in 1..=n { f(i); }"),
        ]
    ).templateOperator

    @Sendable static func isInfix(_ site: TemplateSite, _ token: Int) -> Bool { site.file.binding(of: token) != nil }

    /// The same operator without the edits whose replacement does not please.
    func keeping(_ isKept: @escaping @Sendable (TemplateSite, String) -> Bool) -> TemplateOperator {
        TemplateOperator(name, prior: prior, languages: languages, examples: examples) { site in
            propose(at: site).filter { edit in edit.edits.allSatisfy { isKept(site, $0.replacement) } }
        }
    }
}
