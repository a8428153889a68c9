/// Suspicious lines of code, in the region that a model is to see: as a rule the innermost function around them.
///
/// Lines have no line break, no white space at their ends, and the region's own indentation taken away. Models that were
/// trained to rewrite lines are given them in their own format; others see a gap with the lines as comments before it.
package struct Hole: Sendable, Hashable {
    /// What the region's language begins a comment with: `#` or `//`.
    package var commentSign: String
    /// What is known of the failure, a fact a line: `FAILS: NameError: name 'x' is not defined`.
    package var facts: [String]
    /// The region's lines before the hole, its first line first.
    package var above: [String]
    /// The lines in the hole as they stand; none where something is to be inserted.
    package var lines: [String]
    /// The region's lines after the hole.
    package var below: [String]
    /// What the rewriting's first line begins with, without white space at its end: the model goes on from there.
    package var opening: String

    package init(
        commentSign: String, facts: [String] = [], above: [String], lines: [String], below: [String],
        opening: String = ""
    ) {
        self.commentSign = commentSign
        self.facts = facts
        self.above = above
        self.lines = lines
        self.below = below
        self.opening = opening
    }

    /// The same hole, whose rewriting may begin with anything.
    var withoutOpening: Hole {
        var hole = self
        hole.opening = ""
        return hole
    }

    /// A line as a comment: the line's indentation, the comment sign, the mark.
    func comment(_ line: String, mark: String = "") -> String {
        let bare = line.drop { $0 == " " || $0 == "\t" }
        return "\(line.prefix(line.count - bare.count))\(commentSign) \(mark)\(bare)"
    }
}
