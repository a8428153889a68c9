import Editing

// Operators for Python's own traps.

extension TemplateOperator {
    /// `def f(xs=[]):` → `def f(xs=None):` with `if xs is None: xs = []`: a default that all calls share.
    static let mutableDefault = TemplateOperator(
        "mutable-default", prior: 5, languages: [.python],
        examples: [
            .init(
                .python, "def f(x, acc=[]):\n    acc.append(x)\n",
                "def f(x, acc=None):\n    if acc is None:\n        acc = []\n    acc.append(x)\n")
        ]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let head = site.file.statements[statement].head
            let children = site.file.children(of: statement)
            guard site.file.statements[statement].isFunction, let first = children.first else { return [] }
            // A docstring stays first.
            let hasDocs =
                site.file.code[site.file.statements[first].head.lowerBound].kind == .string && children.count > 1
            let place = hasDocs ? children[1] : first
            return head.compactMap { token -> TemplateEdit? in
                guard site.text(token) == "=", token + 2 < head.upperBound,
                    site.file.code[token - 1].kind == .identifier,
                    let value = site.file.primary(startingAt: token + 1) ?? braces(at: token + 1, site),
                    ["[", "{", "set", "dict", "list", "defaultdict", "deque"].contains(site.text(token + 1))
                else { return nil }
                let name = parameterName(before: token, site)
                let unit = site.file.indentationUnit
                guard
                    var edit = site.insertingLines(
                        ["if \(name) is None:", unit + "\(name) = \(site.text(value))"], before: place)
                else { return nil }
                edit.edits.append(
                    FileEdit(path: site.file.path, range: site.file.bytes(of: value), replacement: "None"))
                edit.summary = "`\(name)` made anew by each call"
                return edit
            }
        }
    }

    private static func braces(at token: Int, _ site: TemplateSite) -> Range<Int>? {
        site.file.partner[token].flatMap { $0 > token ? token..<($0 + 1) : nil }
    }

    /// The parameter whose default begins after `=`, its annotation skipped.
    private static func parameterName(before token: Int, _ site: TemplateSite) -> String {
        var start = token - 1
        while start > 0, !["(", ","].contains(site.text(start - 1)) {
            if let open = site.file.partner[start], open < start { start = open } else { start -= 1 }
        }
        return site.text(start)
    }

    /// `self.items = items` → `list(items)`, `grid = [[0] * n] * m` → a row each: values that are shared.
    static let sharedValue = TemplateOperator(
        "shared-value", prior: 3, languages: [.python],
        examples: [
            .init(.python, "self.items = items\n", "self.items = list(items)\n"),
            .init(.python, "g = [[0] * n] * m\n", "g = [[0] * n for _ in range(m)]\n"),
            .init(.python, "res.append(path)\n", "res.append(path[:])\n"),
        ]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens {
            if site.text(token) == "*", site.text(token - 1) == "]", let row = site.file.leftOperand(of: token),
                let count = site.file.rightOperand(of: token), row.count > 2,
                site.file.partner[row.lowerBound] == row.upperBound - 1
            {
                let inner = site.text(row.lowerBound + 1..<row.upperBound - 1)
                let comprehension = "[\(inner) for _ in range(\(site.text(count)))]"
                edits.append(
                    site.replacing(
                        row.lowerBound..<count.upperBound, with: comprehension,
                        weight: site.text(row.lowerBound + 1) == "[" ? 3 : 0.3))
            }
            guard let value = site.file.primary(startingAt: token), token > 0,
                site.file.role(of: token) == .variable || site.text(token) == "self",
                ["=", "return", "(", "yield"].contains(site.text(token - 1)),
                site.file.role(of: max(token - 2, 0)) != .label,
                site.text(value.upperBound - 1) != ")",
                [")", "", "]"].contains(site.text(value.upperBound))
                    || value.upperBound < site.file.code.count && site.file.code[value.upperBound].line > site.line,
                !site.file.isDeclaration(token)
            else { continue }
            let own = site.text(value)
            let isIndexed = site.shape(of: site.text(token)).isIndexed || value.count > 1
            for (rank, copy) in [
                "list(\(own))", "\(own).copy()", "dict(\(own))", "\(own)[:]", "set(\(own))", "copy.deepcopy(\(own))",
                "tuple(\(own))",
            ].enumerated() {
                edits.append(site.replacing(value, with: copy, weight: (isIndexed ? 0.6 : 0.15) / Double(rank + 1)))
            }
        }
        return edits
    }

    /// `global n` or `nonlocal n` at a function's beginning.
    static let scopeDeclaration = TemplateOperator(
        "scope-declaration", prior: 1, languages: [.python],
        examples: [.init(.python, "n = 0\ndef f():\n    n += 1\n", "n = 0\ndef f():\n    global n\n    n += 1\n")]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let head = site.file.statements[statement].head
            guard let function = site.file.function(enclosing: statement), function != statement,
                let first = site.file.children(of: function).first, head.count > 1,
                site.file.role(of: head.lowerBound) == .variable,
                site.file.binding(of: head.lowerBound + 1) == .assignment
            else { return [] }
            let isNested = site.file.statements[function].parent.flatMap { site.file.function(enclosing: $0) } != nil
            return [(isNested ? "nonlocal" : "global", 1.0), (isNested ? "global" : "nonlocal", 0.2)].compactMap {
                site.insertingLines(["\($0.0) \(site.text(head.lowerBound))"], before: first, weight: $0.1)
            }
        }
    }
}
