import Editing

extension TemplateOperator {
    /// A statement that stands elsewhere stands here too: much of what fixes insert is in the file already, most often in the same function
    /// (Barr et al., FSE 2014; GenProg: Le Goues et al., TSE 2012).
    static let borrowedStatement = TemplateOperator(
        "borrowed-statement", prior: 1.5,
        examples: [
            .init(
                .python, "def f(d, k):\n    if g(k):\n        del d[k]\n        return\n    h(d)\n    d[k] = 1\n",
                "def f(d, k):\n    if g(k):\n        del d[k]\n        return\n    h(d)\n    del d[k]\n    d[k] = 1\n"),
            .init(
                .c,
                "void f(int *n) {\n    if (g(n)) {\n        close(n);\n        return;\n    }\n    h(n);\n    k(n);\n}\n",
                "void f(int *n) {\n    if (g(n)) {\n        close(n);\n        return;\n    }\n    h(n);\n    close(n);\n    k(n);\n}\n"
            ),
        ]
    ) { site in
        let lenders = lenders(to: site)
        return site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let isLast = site.file.siblings(of: statement).next == nil
            return lenders.flatMap { lender -> [TemplateEdit?] in
                [
                    site.insertingLines([lender.text], before: statement, weight: lender.weight),
                    isLast ? site.insertingLines([lender.text], after: statement, weight: lender.weight / 2) : nil,
                ]
            }.compactMap { $0 }
        }
    }

    /// How many statements a line may borrow from its function, and from the rest of the file.
    private static let mostLenders = 10
    /// What begins a statement that does not belong twice into a function, or says nothing.
    private static let unlendable: Set<String> = [
        "return", "import", "from", "use", "break", "continue", "let", "const", "var", "pass", "def", "class", "global",
        "nonlocal", "package", "#", "@", "case", "default", "goto", "}",
    ]

    /// The nearest statements of one line, those of the same function first; of others only such as name nothing that is unknown here.
    private static func lenders(to site: TemplateSite) -> [(text: String, weight: Double)] {
        guard let first = site.tokens.first else { return [] }
        let (file, scope) = (site.file, site.file.scope(ofToken: first))
        let known = Set(site.variables.map(\.name))
        var (near, far): ([(Int, String)], [(Int, String)]) = ([], [])
        for (index, statement) in file.statements.enumerated() where isLendable(statement, index, in: site) {
            let distance = abs(file.code[statement.head.lowerBound].line - site.line)
            if scope.contains(statement.head.lowerBound) {
                if distance > 1 { near.append((distance, site.text(statement.head))) }
            } else if file.names(in: statement.head, roles: [.variable]).allSatisfy({ known.contains($0.name) }) {
                far.append((distance, site.text(statement.head)))
            }
        }
        var seen: Set<String> = []
        return [(near, 1.0), (far, 0.4)].flatMap { found, weight in
            found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.filter { seen.insert($0.1).inserted }.prefix(mostLenders)
                .map { ($0.1, weight) }
        }
    }

    /// Whether a statement takes one line of its own, does something, and declares nothing.
    private static func isLendable(_ statement: Statement, _ index: Int, in site: TemplateSite) -> Bool {
        let file = site.file
        guard statement.block == nil, !statement.isFunction, !unlendable.contains(file.keyword(of: index)),
            site.beginsLine(index), site.endsLine(statement.extent),
            file.code[statement.head.lowerBound].line == file.code[statement.head.upperBound - 1].line
        else { return false }
        return file.language == .python || !statement.head.contains { file.isDeclaration($0) }
    }
}
