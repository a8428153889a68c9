import Editing

extension TemplateOperator {
    /// `head = head + 1` → `head = (head + 1) % capacity`, where that is what `head` becomes elsewhere in the file: the value that the same
    /// target is given at another place, which is the plastic surgery hypothesis (Barr et al., FSE 2014) at its surest.
    static let borrowedValue = TemplateOperator(
        "borrowed-value", prior: 3,
        examples: [
            .init(
                .c,
                "void push(ring *r) {\n    r->head = r->head + 1;\n}\nvoid pop(ring *r) {\n    r->head = (r->head + 1) % r->size;\n}\n",
                "void push(ring *r) {\n    r->head = (r->head + 1) % r->size;\n}\nvoid pop(ring *r) {\n    r->head = (r->head + 1) % r->size;\n}\n"
            ),
            .init(
                .python, "class A:\n    def f(self):\n        self.n = None\n    def g(self):\n        self.n = []\n",
                "class A:\n    def f(self):\n        self.n = []\n    def g(self):\n        self.n = []\n"),
        ]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            guard let own = assignment(statement, in: site.file) else { return [] }
            let target = site.text(own.target)
            let line = site.line
            let others = site.file.statements.indices.compactMap { other -> (distance: Int, value: String)? in
                guard other != statement, let found = assignment(other, in: site.file),
                    site.text(found.target) == target, site.text(found.value) != site.text(own.value)
                else { return nil }
                return (abs(site.file.code[found.target.lowerBound].line - line), site.text(found.value))
            }
            var seen: Set<String> = []
            return others.sorted { ($0.distance, $0.value) < ($1.distance, $1.value) }
                .filter { seen.insert($0.value).inserted }.prefix(mostValues)
                .enumerated().map { site.replacing(own.value, with: $1.value, weight: 1 / Double($0 + 1)) }
        }
    }

    private static let mostValues = 4

    /// The two sides of a statement that assigns by `=`, on one line.
    private static func assignment(
        _ statement: Int, in file: SourceFile
    ) -> (target: Range<Int>, value: Range<Int>)? {
        let head = file.statements[statement].head
        guard file.statements[statement].block == nil, !head.isEmpty,
            file.code[head.lowerBound].line == file.code[head.upperBound - 1].line,
            let sign = head.first(where: { file.text[$0] == "=" }), sign > head.lowerBound
        else { return nil }
        let end = file.text[head.upperBound - 1] == ";" ? head.upperBound - 1 : head.upperBound
        return sign + 1 < end ? (head.lowerBound..<sign, (sign + 1)..<end) : nil
    }
}
