import Editing

extension TemplateOperator {
    /// `at % size` → `at % items.length`, where that stands elsewhere: an expression of the same function or type in the place of another.
    ///
    /// What a fix needs is mostly somewhere in the file already (Barr, Brun, Devanbu, Harman and Sarro, "The plastic surgery hypothesis",
    /// FSE 2014). What stands after the same operator or bracket elsewhere comes first.
    static let borrowedOperand = TemplateOperator(
        "borrowed-operand", prior: 4,
        examples: [
            .init(
                .java,
                "void put(int v) { items[end % items.length] = v; }\nint next(int at) { return (at + 1) % size; }",
                "void put(int v) { items[end % items.length] = v; }\nint next(int at) { return (at + 1) % items.length; }"
            ),
            .init(
                .python, "def f(xs, n):\n    g(0, len(xs))\n    return h(0, n)\n",
                "def f(xs, n):\n    g(0, len(xs))\n    return h(0, len(xs))\n"),
        ]
    ) { site in
        let donors = donors(around: site)
        return site.operands.flatMap { operand -> [TemplateEdit] in
            let own = site.text(operand)
            guard operand.count <= longestDonor, site.file.code[operand.lowerBound].kind != .string,
                !site.file.isDeclaration(operand.lowerBound), !["=", ":="].contains(site.text(operand.upperBound))
            else { return [] }
            let before = site.text(operand.lowerBound - 1)
            let fitting = donors.filter { $0.text != own && $0.first != operand.lowerBound }.map { donor in
                (donor.text, donor.weight * (donor.before.contains(before) ? 1 : 0.15))
            }
            return fitting.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(6)
                .map { site.replacing(operand, with: $0.0, weight: $0.1) }
        }
    }

    private static let longestDonor = 8
    private static let farthestLine = 60

    private struct Donor {
        let text: String
        let first: Int
        /// What stands before it where it is used.
        var before: Set<String>
        let weight: Double
    }

    /// Expressions of several tokens near a line, the nearest first; each once.
    private static func donors(around site: TemplateSite) -> [Donor] {
        let file = site.file
        let lines = max(1, site.line - farthestLine)...min(file.lineCount, site.line + farthestLine)
        let own = site.statement.flatMap { file.function(enclosing: $0) }.map { file.statements[$0].extent }
        var donors: [String: Donor] = [:]
        for line in lines.sorted(by: { abs($0 - site.line) < abs($1 - site.line) }) {
            for range in file.operands(in: file.tokens(onLine: line))
            where range.count > 1 && range.count <= longestDonor {
                let text = file.text(of: range)
                let before = range.lowerBound > 0 ? file.text[range.lowerBound - 1] : ""
                if donors[text] != nil {
                    donors[text]?.before.insert(before)
                } else {
                    let isNear = own?.contains(range.lowerBound) ?? false
                    donors[text] = Donor(
                        text: text, first: range.lowerBound, before: [before], weight: isNear ? 1 : 0.6)
                }
            }
        }
        return donors.values.sorted { $0.first < $1.first }
    }
}
