import Editing

// Operators for C's own traps.

extension TemplateOperator {
    /// `if (a = b)` → `if (a == b)`, `a == b;` → `a = b;`.
    static let assignmentOrEquality = TemplateOperator(
        "assignment-or-equality", prior: 5, languages: [.c, .java, .javaScript, .python, .swift, .rust, .go],
        examples: [.init(.c, "if (a = 1) f();", "if (a == 1) f();"), .init(.javaScript, "a == 1;", "a = 1;")]
    ) { site in
        site.tokens.compactMap { token in
            guard let statement = site.file.statement(ofToken: token) else { return nil }
            if site.text(token) == "=", let condition = site.file.condition(of: statement), condition.contains(token),
                !condition.contains(where: { ["let", "var", "case"].contains(site.text($0)) })
            {
                return site.replacing(token, with: "==", weight: 3)
            }
            let head = site.file.statements[statement].head
            if site.text(token) == "==", site.file.primary(startingAt: head.lowerBound)?.upperBound == token {
                return site.replacing(token, with: "=")
            }
            return nil
        }
    }

    /// `p.x` → `p->x` and back; `a.b` → `a?.b`.
    static let memberAccess = TokenReplacementOperator(
        name: "member-access", prior: 1, languages: [.c, .javaScript],
        table: [".": ["->", "?."], "->": ["."], "?.": ["."]],
        applies: { site, token in site.file.isMemberAccess(token) && token > 0 && site.file.endsOperand(token - 1) },
        examples: [.init(.c, "return p.x;", "return p->x;"), .init(.javaScript, "return a.b;", "return a?.b;")]
    ).templateOperator.keeping { site, edit in
        edit == "->" ? site.language == .c : edit == "?." ? site.language != .c : true
    }

    /// `malloc(n)` → `malloc(n * sizeof(int))`, `sizeof(p)` → `sizeof(*p)`: how many bytes are asked for.
    static let allocation = TemplateOperator(
        "allocation", prior: 4, languages: [.c],
        examples: [
            .init(.c, "int *a = malloc(n);", "int *a = malloc(n * sizeof(*a));"),
            .init(.c, "memset(p, 0, sizeof(p));", "memset(p, 0, sizeof(*p));"),
            .init(.c, "char *s = malloc(n);", "char *s = malloc(n + 1);"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.text(token + 1) == "(", let close = site.file.partner[token + 1], close > token + 2 else {
                return []
            }
            let arguments = token + 2..<close
            switch site.text(token) {
            case "malloc", "realloc", "alloca":
                guard let size = site.file.arguments(inBracket: token + 1).last else { return [] }
                let own = site.text(size)
                let grouped = size.count > 1 ? "(\(own))" : own
                var edits = [site.replacing(size, with: own + " + 1", weight: 2)]
                for type in ["int", "char *", "double", "*" + assigned(before: token, site)] where type != "*" {
                    edits.append(site.replacing(size, with: "\(grouped) * sizeof(\(type))"))
                }
                edits.append(site.replacing(token + 1..<(close + 1), with: "(\(own) * 2)", weight: 0.2))
                return edits
            case "sizeof":
                let own = site.text(arguments)
                if own.hasPrefix("*") { return [site.replacing(arguments, with: String(own.dropFirst()))] }
                if own.hasSuffix("*") { return [site.replacing(arguments, with: String(own.dropLast()))] }
                return [
                    site.replacing(arguments, with: "*" + own, weight: 2), site.replacing(arguments, with: own + "[0]"),
                    site.replacing(arguments, with: own + " *", weight: 0.5),
                    site.inserting(" / sizeof(\(own)[0])", after: close, weight: 0.5),
                ]
            default: return []
            }
        }
    }

    /// The variable that takes a call's result.
    private static func assigned(before token: Int, _ site: TemplateSite) -> String {
        var index = token - 1
        while index > 0, site.file.code[index].line == site.line, site.text(index) != "=" { index -= 1 }
        return index > 0 && site.text(index) == "=" && site.file.code[index - 1].kind == .identifier
            ? site.text(index - 1) : ""
    }

    /// `buf[n] = '\0';` after the copy that left it out.
    static let terminator = TemplateOperator(
        "terminator", prior: 3, languages: [.c],
        examples: [
            .init(
                .c, "void f(char *out, int n) {\n    while (g(n)) {\n        out[n++] = 'x';\n    }\n}\n",
                "void f(char *out, int n) {\n    while (g(n)) {\n        out[n++] = 'x';\n    }\n    out[n] = '\\0';\n}\n"
            )
        ]
    ) { site in
        let subscripted = subscriptedNames(site)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            // After the statement, and after the loops around it.
            let places = site.file.ancestors(of: statement).prefix { !site.file.statements[$0].isFunction }.prefix(3)
            return places.flatMap { place in
                subscripted.prefix(6).compactMap { name, index in
                    site.insertingLines(["\(name)[\(index)] = '\\0';"], after: place)
                }
            }
        }
    }

    /// The arrays of the function with what they are indexed by.
    private static func subscriptedNames(_ site: TemplateSite) -> [(String, String)] {
        var result: [(String, String)] = []
        guard let first = site.tokens.first else { return [] }
        for token in site.file.scope(ofToken: first) where site.text(token) == "[" && token > 0 {
            guard let close = site.file.partner[token], close > token + 1,
                site.file.code[token - 1].kind == .identifier,
                !site.file.isDeclaration(token - 1)
            else { continue }
            var index = site.text(token + 1..<close)
            if index.hasSuffix("++") { index = String(index.dropLast(2)) }
            let pair = (site.text(token - 1), index)
            if !result.contains(where: { $0 == pair }) { result.append(pair) }
        }
        for name in site.variables.prefix(8) {
            for array in Set(result.map(\.0)).sorted() where array != name.name {
                if !result.contains(where: { $0 == (array, name.name) }), result.count < 8 {
                    result.append((array, name.name))
                }
            }
        }
        return result
    }

    /// `size_t i = n - 1; i >= 0` → `i-- > 0`, `i != (size_t)-1`: a countdown that never goes below zero.
    static let unsignedCountdown = TemplateOperator(
        "unsigned-countdown", prior: 2, languages: [.c],
        examples: [
            .init(
                .c, "for (size_t i = n - 1; i >= 0; i--) f(i);", "for (size_t i = n; i-- > 0;) f(i);"),
            .init(.c, "size_t i = 0;", "int i = 0;"),
        ]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens {
            if site.text(token) == "size_t" || site.text(token) == "unsigned" {
                edits.append(site.replacing(token, with: site.text(token) == "size_t" ? "int" : "signed"))
                if site.text(token) == "size_t" { edits.append(site.replacing(token, with: "long", weight: 0.5)) }
            }
            if site.text(token) == "int" || site.text(token) == "char" {
                edits.append(site.inserting("unsigned ", before: token, weight: 0.5))
            }
            if site.text(token) == "int" { edits.append(site.replacing(token, with: "long", weight: 0.5)) }
            if site.text(token) == "float" { edits.append(site.replacing(token, with: "double", weight: 0.5)) }
            guard site.text(token) == "for", site.text(token + 1) == "(", let close = site.file.partner[token + 1]
            else { continue }
            let parts = site.file.split(token + 2..<close) { $0 == ";" }
            guard parts.count == 3, parts[1].count == 3, site.text(parts[1].lowerBound + 1) == ">=",
                site.text(parts[1].upperBound - 1) == "0"
            else { continue }
            let name = site.text(parts[1].lowerBound)
            let start = parts[0]
            guard start.count > 2, site.text(start.upperBound - 1) == "1", site.text(start.upperBound - 2) == "-" else {
                continue
            }
            let opening = site.text(start.lowerBound..<(start.upperBound - 2))
            edits.append(site.replacing(token + 2..<close, with: "\(opening); \(name)-- > 0;", weight: 3))
        }
        return edits
    }

    /// `p = 1` → `*p = 1`, `f(x)` → `f(&x)`: a star or an ampersand missing or too many.
    static let dereference = TemplateOperator(
        "dereference", prior: 2, languages: [.c, .rust, .go],
        examples: [.init(.c, "void f(int *p) { p = 1; }", "void f(int *p) { *p = 1; }"), .init(.c, "f(x);", "f(&x);")]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens {
            if ["*", "&"].contains(site.text(token)), site.file.binding(of: token) == nil,
                site.file.code[token].kind == .operator,
                !site.file.isDeclaration(token + 1)
            {
                edits.append(site.removing(token..<(token + 1)))
            }
            guard site.file.role(of: token) == .variable, !site.file.isDeclaration(token), token > 0,
                ["(", ",", "=", "return", ";", "{", "}", "==", "!=", "<", ">", "+", "-"].contains(site.text(token - 1))
            else { continue }
            edits.append(site.inserting("*", before: token))
            if ["(", ",", "="].contains(site.text(token - 1)) { edits.append(site.inserting("&", before: token)) }
        }
        return edits
    }
}
