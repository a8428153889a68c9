/// A source location with a suspiciousness between 0 and 1, and why it is suspected.
package struct Suspect: Sendable, Codable, Hashable {
    /// Relative to the worktree, `/` between the parts.
    package var path: String
    /// 1-based.
    package var line: Int
    /// 0 (innocent) to 1 (every failing test runs it and no passing one does).
    package var suspiciousness: Double
    /// For people, strongest first: "run by 2 of 2 failing and 1 of 18 passing tests".
    package var reasons: [String]

    package init(path: String, line: Int, suspiciousness: Double, reasons: [String]) {
        self.path = path
        self.line = line
        self.suspiciousness = suspiciousness
        self.reasons = reasons
    }

    var place: SourceLine { SourceLine(path: path, line: line) }

    /// What its suspiciousness counts for in the order of candidates. Squared: a line that failing tests share with half of the passing
    /// ones is far less than half as likely at fault.
    var weight: Double { suspiciousness * suspiciousness }
}

/// A place in the sources: the key by which observations about one line meet.
package struct SourceLine: Sendable, Hashable, Comparable {
    package let path: String
    package let line: Int

    package init(path: String, line: Int) {
        self.path = path
        self.line = line
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.path, left.line) < (right.path, right.line)
    }
}
