/// How alike two names look.
enum Similarity {
    /// 1 for equal names, 0 for names with nothing in common: one minus the edit distance's share of the longer name.
    static func of(_ left: String, _ right: String) -> Double {
        let (a, b) = (Array(left.utf8.prefix(40)), Array(right.utf8.prefix(40)))
        let longest = max(a.count, b.count)
        guard longest > 0 else { return 1 }
        return 1 - Double(distance(a, b)) / Double(longest)
    }

    /// Levenshtein's distance with two rows.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var previous = Array(0...b.count)
        for (row, left) in a.enumerated() {
            var current = [row + 1]
            for (column, right) in b.enumerated() {
                current.append(
                    min(previous[column + 1] + 1, current[column] + 1, previous[column] + (left == right ? 0 : 1)))
            }
            previous = current
        }
        return previous[b.count]
    }
}
