import Editing

// Operators on loops: endless ones, and collections that change while they are walked.

extension TemplateOperator {
    /// `for x in xs` → `for x in list(xs)`: a collection that changes while it is walked is walked as a copy.
    static let iteratedCopy = TemplateOperator(
        "iterated-copy", prior: 4,
        examples: [
            .init(.python, "for x in xs:\n    xs.remove(x)\n", "for x in list(xs):\n    xs.remove(x)\n"),
            .init(.swift, "for x in xs { ys.remove(x) }", "for x in Array(xs) { ys.remove(x) }"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard ["in", "of", ":", "range"].contains(site.text(token)),
                let statement = site.file.statement(ofToken: token),
                site.file.begins(statement, with: ["for"]), token + 1 < site.file.code.count,
                let walked = site.file.primary(startingAt: token + 1), site.text(token + 1) != "range",
                site.text(token + 1) != "enumerate"
            else { return [] }
            let own = site.text(walked)
            let changes = site.file.statements[statement].extent.contains { index in
                site.text(index) == site.text(walked.lowerBound) && site.file.isMemberAccess(index + 1)
                    && ["remove", "append", "pop", "insert", "add", "discard", "delete", "clear"].contains(
                        site.text(index + 2))
                    || site.text(index) == "del"
            }
            let copies: [String] =
                switch site.language {
                case .python:
                    [
                        "list(\(own))", "\(own)[:]", "sorted(\(own))", "reversed(\(own))", "\(own).items()",
                        "set(\(own))", "enumerate(\(own))",
                    ]
                case .swift:
                    [
                        "Array(\(own))", "\(own).reversed()", "\(own).sorted()", "\(own).enumerated()",
                        "\(own).dropFirst()",
                    ]
                case .javaScript: ["[...\(own)]", "\(own).slice()"]
                case .java: ["new ArrayList<>(\(own))"]
                case .rust: ["\(own).clone()", "\(own).iter().rev()"]
                case .c, .go: []
                }
            return copies.enumerated().map { rank, copy in
                site.replacing(walked, with: copy, weight: rank == 0 && changes ? 4 : 1 / Double(rank + 1))
            }
        }
    }

    /// `i += 1` at a loop's end or beginning: a loop that does not get on.
    static let missingStep = TemplateOperator(
        "missing-step", prior: 4,
        examples: [
            .init(
                .python, "i = 0\nwhile i < n:\n    f(i)\n", "i = 0\nwhile i < n:\n    f(i)\n    i += 1\n"),
            .init(.c, "while (i < n) {\n    f(i);\n}\n", "while (i < n) {\n    f(i);\n    i++;\n}\n"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let isLoop = site.file.begins(statement, with: ["while", "loop", "for"])
            guard let loop = isLoop ? statement : site.file.loop(enclosing: statement),
                site.file.begins(loop, with: ["while", "loop", "for", "repeat", "do"]),
                let place = isLoop ? site.file.children(of: loop).last : statement
            else { return [] }
            let isWhile = site.file.begins(loop, with: ["while", "loop"])
            let condition = site.file.condition(of: loop) ?? site.file.statements[loop].head
            let numbers =
                site.file.names(in: condition, roles: [.variable]).map(\.name)
                + (isWhile
                    ? []
                    : ["count", "total", "i", "index"].filter { name in site.variables.contains { $0.name == name } })
            return Set(numbers).sorted().flatMap { name -> [TemplateEdit] in
                let isFirst = name == numbers.first
                let (up, down) = dialect.steps(of: name)
                let weight = (isFirst ? 1 : 0.5) * (isWhile ? 1 : 0.1)
                if !site.shape(of: name).isNumber, let hop = dialect.hop(of: name, in: site) {
                    return [site.insertingLines([hop], after: place, weight: weight)].compactMap { $0 }
                }
                return [
                    site.insertingLines([up], after: place, weight: weight),
                    site.insertingLines([down], after: place, weight: weight / 2),
                    isLoop ? nil : site.insertingLines([up], before: place, weight: weight / 2),
                ].compactMap { $0 }
            }
        }
    }

    /// `++` ↔ `--`, and `i++` → `i += 2`.
    static let stepDirection = TokenReplacementOperator(
        name: "step-direction", prior: 2, languages: [.c, .java, .javaScript, .go],
        table: ["++": ["--"], "--": ["++"]],
        examples: [.init(.java, "for (int i = 9; i >= 0; i++) f();", "for (int i = 9; i >= 0; i--) f();")]
    ).templateOperator

    /// `x = v` → `x = max(x, v)`, `x = x + v`: what was found before is kept.
    static let accumulated = TemplateOperator(
        "accumulated", prior: 2, languages: [.python, .swift, .rust, .javaScript, .java],
        examples: [.init(.python, "best = score\n", "best = max(best, score)\n")]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let head = site.file.statements[statement].head
            guard let target = site.file.primary(startingAt: head.lowerBound), site.text(target.upperBound) == "="
            else { return [] }
            let end = site.text(head.upperBound - 1) == ";" ? head.upperBound - 1 : head.upperBound
            guard end > target.upperBound + 1 else { return [] }
            let value = target.upperBound + 1..<end
            let (name, own) = (site.text(target), site.text(value))
            let prefix = site.language == .javaScript || site.language == .java ? "Math." : ""
            let forms =
                site.language == .rust
                ? ["\(name).max(\(own))", "\(name).min(\(own))"]
                : ["\(prefix)max(\(name), \(own))", "\(prefix)min(\(name), \(own))"]
            return (forms + ["\(name) + \(own)"]).map { site.replacing(value, with: $0) }
        }
    }
}

extension Dialect {
    /// The statement that takes a link to the next one; nil where there are no links.
    fileprivate func hop(of name: String, in site: TemplateSite) -> String? {
        guard language != .rust else { return nil }
        let members = site.file.members(ofReceiver: name, roles: [.attribute]).map(\.name)
        let link = members.first { ["next", "parent", "link", "tail", "prev", "rest"].contains($0) } ?? "next"
        let isLinked = language == .c || members.contains(link)
        return isLinked ? "\(name) = \(name)\(language == .c ? "->" : ".")\(link)\(terminator)" : nil
    }

    /// The statements that take a counter up and down by one.
    fileprivate func steps(of name: String) -> (up: String, down: String) {
        switch language {
        case .python, .swift: ("\(name) += 1", "\(name) -= 1")
        case .rust: ("\(name) += 1;", "\(name) -= 1;")
        case .go: ("\(name)++", "\(name)--")
        case .c, .java, .javaScript: ("\(name)++;", "\(name)--;")
        }
    }
}
