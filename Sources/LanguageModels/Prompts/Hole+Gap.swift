extension Hole {
    /// The hole as any fill-in-the-middle model can be shown it: facts and the lines as they stand are comments before the gap.
    var gap: Gap {
        let before = facts.map { comment($0) } + above + lines.map { comment($0, mark: "BUG: ") }
        return Gap(before: Self.text(before) + opening, after: Self.text(below))
    }

    /// Where such a model's answer is over, as it does not know itself: at the first line below, or after a few lines.
    var answerLines: WholeLines {
        WholeLines(opening: opening, end: below.first, limit: lines.count + 4)
    }

    /// Lines as text, each with its line break.
    static func text(_ lines: [String]) -> String {
        lines.map { $0 + "\n" }.joined()
    }
}
