import Editing

// Operators for what does not compile.

extension TemplateOperator {
    /// A missing colon, semicolon or closing bracket at the line's end.
    static let missingPunctuation = TemplateOperator(
        "missing-punctuation", prior: 5,
        examples: [
            .init(.python, "def f(x)\n    return x\n", "def f(x):\n    return x\n"),
            .init(.c, "int a = 1\n", "int a = 1;\n"),
            .init(.python, "print(f(x)\n", "print(f(x))\n"),
        ]
    ) { site in
        guard let last = site.tokens.last else { return [] }
        let first = site.text(site.tokens.lowerBound)
        var edits: [TemplateEdit] = []
        if site.language == .python {
            let headers: Set<String> = [
                "if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with",
            ]
            if headers.contains(first), site.text(last) != ":" { edits.append(site.inserting(":", after: last)) }
        }
        if site.language.requiresSemicolons, ![";", "{", "}", ",", ":", "("].contains(site.text(last)),
            site.file.code[last].kind != .directive,
            site.file.endsOperand(last) || ["break", "continue", "return"].contains(site.text(last)),
            site.file.partner[last] == nil || !isHeader(site)
        {
            edits.append(site.inserting(";", after: last))
        }
        // What is opened here and closed nowhere near, or closed without having been opened.
        for token in site.tokens where site.file.code[token].kind == .punctuation && site.file.partner[token] == nil {
            switch site.text(token) {
            case "(", "[", "{":
                let closer = site.text(token) == "(" ? ")" : site.text(token) == "[" ? "]" : "}"
                edits.append(site.inserting(closer, after: last))
                if [":", ";", "{"].contains(site.text(last)) { edits.append(site.inserting(closer, before: last)) }
                edits.append(site.removing(token..<(token + 1), weight: 0.5))
            case ")", "]", "}": edits.append(site.removing(token..<(token + 1)))
            default: continue
            }
        }
        return edits
    }

    private static func isHeader(_ site: TemplateSite) -> Bool {
        site.statementsHere.contains { site.file.statements[$0].block != nil }
            || ["if", "for", "while", "switch", "else"].contains(site.text(site.tokens.lowerBound))
    }

    /// `let n = 0` → `var n = 0`: a constant that is changed later.
    static let mutability = TemplateOperator(
        "mutability", prior: 3, languages: [.swift, .javaScript, .rust],
        examples: [
            .init(.swift, "let n = 0\n", "var n = 0\n"), .init(.javaScript, "const n = 0;", "let n = 0;"),
            .init(.rust, "let n = 0;", "let mut n = 0;"),
            .init(.swift, "func add() { n += 1 }", "mutating func add() { n += 1 }"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            switch (site.language, site.text(token)) {
            case (.swift, "let"): [site.replacing(token, with: "var")]
            case (.swift, "func") where site.text(token - 1) != "mutating":
                [site.inserting("mutating ", before: token, weight: 0.5)]
            case (.javaScript, "const"): [site.replacing(token, with: "let")]
            case (.rust, "let") where site.text(token + 1) != "mut": [site.inserting(" mut", after: token)]
            case (.rust, "&") where site.text(token + 1) != "mut" && site.file.binding(of: token) == nil:
                [site.inserting("mut ", after: token, weight: 0.5)]
            default: []
            }
        }
    }

    /// `f()` → `try f()`, `await f()`, `try? f()`; a `?` or `!` on an optional.
    static let effects = TemplateOperator(
        "effects", prior: 2, languages: [.swift, .javaScript, .python, .rust],
        examples: [
            .init(.swift, "func f() throws {}\nlet a = f()", "func f() throws {}\nlet a = try f()"),
            .init(.javaScript, "async () => { const a = f(); }", "async () => { const a = await f(); }"),
        ]
    ) { site in
        let canWait = site.file.text.contains("async")
        let canThrow = site.file.text.contains { ["throws", "throw", "try"].contains($0) }
        var words = canWait ? ["await "] : []
        if site.language == .swift, canThrow { words += ["try ", "try? "] + (canWait ? ["try await "] : []) }
        return site.tokens.flatMap { token -> [TemplateEdit] in
            if ["try", "await"].contains(site.text(token)) {
                return [
                    site.removing(token..<(token + 1), weight: 0.5),
                    site.inserting("?", after: token, weight: site.language == .swift ? 0.5 : 0),
                ]
                .filter { $0.weight > 0 }
            }
            guard site.text(token) == "(", calls(on: site).contains(token),
                let callee = site.file.primary(endingAt: token - 1),
                let close = site.file.partner[token]
            else { return [] }
            let isMarked =
                callee.lowerBound > 0 && ["try", "await", "?", "!"].contains(site.text(callee.lowerBound - 1))
            if site.language == .rust { return [site.inserting("?", after: close)] }
            guard !isMarked else { return [] }
            return words.map { site.inserting($0, before: callee.lowerBound) }
        }
    }

    /// A module of the standard library that the file uses and does not import.
    static let missingImport = TemplateOperator(
        "missing-import", prior: 3, languages: [.python, .swift, .c, .go, .java],
        examples: [
            .init(.python, "print(math.pi)\n", "import math\nprint(math.pi)\n"),
            .init(.c, "int n = strlen(s);\n", "#include <string.h>\nint n = strlen(s);\n"),
        ]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens where site.file.code[token].kind == .identifier {
            for line in StandardImports.lines(for: token, in: site.file) {
                edits.append(
                    site.insertingLines(
                        [line], atByte: StandardImports.place(in: site.file), indentation: "", weight: 1))
            }
        }
        return edits
    }
}
