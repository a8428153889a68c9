import Editing

// Operators on conditions: turned round, widened, narrowed.

extension TemplateOperator {
    /// `if ready:` → `if not ready:` and back.
    static let negation = TemplateOperator(
        "negation", prior: 5,
        examples: [
            .init(.python, "if ready(x):\n    go()\n", "if not ready(x):\n    go()\n"),
            .init(.c, "if (!p) f();", "if (p) f();"), .init(.swift, "return a && b", "return !(a && b)"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        var edits: [TemplateEdit] = []
        for token in site.tokens {
            let isNot = site.text(token) == "not" && site.text(token + 1) != "in" && site.text(token - 1) != "is"
            let isBang =
                site.text(token) == "!" && site.file.code[token].kind == .operator && !site.file.endsOperand(token - 1)
            if isNot || isBang { edits.append(site.removing(token..<(token + 1), weight: 2)) }
        }
        for part in conditionParts(of: site)
        where site.text(part.lowerBound) != "not" && site.text(part.lowerBound) != "!" {
            let isSimple = site.file.primary(startingAt: part.lowerBound)?.upperBound == part.upperBound
            edits.append(
                site.replacing(
                    part, with: dialect.negated(site.text(part), isSimple: isSimple), weight: isSimple ? 1 : 0.4))
        }
        return edits
    }

    /// `if a and b:` → `if a:`: a condition too many.
    static let droppedCondition = TemplateOperator(
        "dropped-condition", prior: 4,
        examples: [
            .init(.java, "if (a > 0 && b) f();", "if (a > 0) f();"),
            .init(.swift, "guard let a = b, a > 0 else { return }", "guard let a = b else { return }"),
        ]
    ) { site in
        var edits: [TemplateEdit] = []
        for token in site.tokens where site.file.binding(of: token) == .and || site.file.binding(of: token) == .or {
            guard let left = site.file.leftOperand(of: token), let right = site.file.rightOperand(of: token) else {
                continue
            }
            edits.append(site.replacing(left.lowerBound..<right.upperBound, with: site.text(left)))
            edits.append(site.replacing(left.lowerBound..<right.upperBound, with: site.text(right)))
        }
        if site.language == .swift {
            for statement in site.statementsHere {
                guard let condition = site.file.condition(of: statement) else { continue }
                let parts = site.file.split(condition) { $0 == "," }
                guard parts.count > 1 else { continue }
                for index in parts.indices {
                    let kept = parts.indices.filter { $0 != index }.map { site.text(parts[$0]) }.joined(separator: ", ")
                    edits.append(site.replacing(condition, with: kept))
                }
            }
        }
        return edits
    }

    /// `if a:` → `if a and b:`, `while xs[i]` → `while i < len(xs) and xs[i]`: a condition that is missing.
    static let addedCondition = TemplateOperator(
        "added-condition", prior: 4,
        examples: [
            .init(
                .python, "def f(xs, i, key):\n    while xs[i] != key:\n        i += 1\n",
                "def f(xs, i, key):\n    while i < len(xs) and xs[i] != key:\n        i += 1\n"),
            .init(
                .c, "int f(struct n *p) { while (p->v != 3) p = p->next; return 0; }",
                "int f(struct n *p) { while (p != NULL && p->v != 3) p = p->next; return 0; }"),
            .init(
                .java, "int f(int a, boolean b) { if (a > 0) return 1; return 0; }",
                "int f(int a, boolean b) { if (a > 0 && b) return 1; return 0; }"),
        ]
    ) { site in
        let dialect = Dialect(of: site.file)
        let names = swappableVariables(at: site).prefix(10)
        return wholeConditions(of: site).flatMap { condition -> [TemplateEdit] in
            let own = site.text(condition)
            let grouped = condition.contains { site.file.binding(of: $0) == .or } ? "(\(own))" : own
            var edits: [TemplateEdit] = []
            func before(_ test: String, _ weight: Double) {
                edits.append(site.replacing(condition, with: "\(test) \(dialect.and) \(grouped)", weight: weight))
            }
            func after(_ joiner: String, _ test: String, _ weight: Double) {
                let text = joiner == dialect.and ? grouped : own
                edits.append(site.replacing(condition, with: "\(text) \(joiner) \(test)", weight: weight))
            }
            for token in condition where site.text(token) == "[" {
                guard token > 0, let close = site.file.partner[token], site.file.endsOperand(token - 1),
                    let count = dialect.count(of: site.text(token - 1)), close > token + 1
                else { continue }
                let index = site.text(token + 1..<close)
                before("\(index) < \(count)", 2)
                before("\(index) >= 0", 1.5)
            }
            for name in names {
                let shape = site.shape(of: name.name)
                let isUsed = condition.contains { site.text($0) == name.name }
                if shape.hasMembers || site.language == .python && !shape.isNumber {
                    if ![.rust, .go].contains(site.language) || isUsed {
                        before(dialect.isNothing(name.name, false), isUsed ? 2 : 0.6)
                        after(dialect.or, dialect.isNothing(name.name), isUsed ? 0.3 : 0.2)
                    }
                }
                if !isUsed {
                    after(dialect.and, name.name, shape.isNumber ? 0.3 : 1)
                    after(dialect.or, name.name, shape.isNumber ? 0.1 : 0.5)
                    after(dialect.and, dialect.negated(name.name, isSimple: true), 0.4)
                }
                if shape.isNumber || !shape.hasMembers && !shape.isIndexed {
                    after(dialect.and, "\(name.name) > 0", isUsed ? 0.5 : 0.3)
                    after(dialect.or, dialect.isZero(name.name), isUsed ? 0.5 : 0.4)
                    after(dialect.and, "\(name.name) != 0", isUsed ? 0.4 : 0.3)
                    if isUsed { after(dialect.or, "\(name.name) < 0", 0.5) }
                }
                if shape.isIndexed, let empty = dialect.isEmpty(name.name) {
                    after(dialect.or, empty, 0.4)
                    before(site.language == .python ? name.name : "!\(empty)", 0.6)
                }
            }
            return edits.sorted { $0.weight > $1.weight }.prefix(30).map { $0 }
        }
    }

    /// `if` → `while`, `elif` → `if`, and back.
    static let branchKeyword = TokenReplacementOperator(
        name: "branch-keyword", prior: 2,
        table: ["if": ["while", "elif"], "while": ["if"], "elif": ["if"]],
        applies: { site, token in
            site.statementsHere.contains { site.file.statements[$0].head.lowerBound == token }
        },
        examples: [
            .init(.python, "if x:\n    f()\n", "while x:\n    f()\n"), .init(.c, "if (x) x--;", "while (x) x--;"),
        ]
    ).templateOperator.keeping { site, edit in edit != "elif" || site.language == .python }

    /// The whole conditions that begin on the line: of a statement, or of a conditional expression.
    static func wholeConditions(of site: TemplateSite) -> [Range<Int>] {
        site.statementsHere.compactMap { statement in
            guard let condition = site.file.condition(of: statement) else { return nil }
            if site.language == .swift, condition.contains(where: { ["let", "var", "case"].contains(site.text($0)) }) {
                return site.file.split(condition) { $0 == "," }.last {
                    !["let", "var", "case"].contains(site.text($0.lowerBound))
                }
            }
            return condition
        }
    }

    /// The conditions and their parts that begin on the line, the returned and the assigned truth among them.
    private static func conditionParts(of site: TemplateSite) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        for condition in wholeConditions(of: site) {
            parts.append(condition)
            let joined = site.file.split(condition) { ["and", "or", "&&", "||", ","].contains($0) }
            if joined.count > 1 { parts += joined }
        }
        for token in site.tokens
        where site.text(token) == "return" || site.text(token) == "=" || site.text(token) == "if" {
            guard token + 1 < site.file.code.count, let statement = site.file.statement(ofToken: token) else {
                continue
            }
            let head = site.file.statements[statement].head
            guard head.contains(token + 1) else { continue }
            var end = token + 1
            while end < head.upperBound, !site.file.isBoundary(end), site.file.partner[end].map({ $0 > end }) ?? true {
                end = (site.file.partner[end] ?? end) + 1
            }
            guard end > token + 1, isTruth(token + 1..<end, site) else { continue }
            parts.append(token + 1..<end)
        }
        return parts.filter { !$0.isEmpty && !["let", "var", "case"].contains(site.text($0.lowerBound)) }
    }

    /// Whether an expression seems to be true or false.
    private static func isTruth(_ range: Range<Int>, _ site: TemplateSite) -> Bool {
        if range.contains(where: {
            site.file.binding(of: $0).map { $0 == .comparison || $0 == .and || $0 == .or } ?? false
        }) {
            return true
        }
        let words = ["is", "has", "any", "all", "contains", "can", "starts", "ends", "equals"]
        return range.contains { token in words.contains { site.text(token).hasPrefix($0) } }
    }
}
