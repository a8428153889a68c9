import Editing
import LanguageModels
import Testing

@testable import Repair

@Suite("Holes")
struct PlacedHoleTests {
    private static let text = """
        class Till:
            def change(self, amount):
                coins = []
                # Large ones first.
                for coin in self.coins:
                    while amount > coin:
                        coins.append(coin)
                        amount -= coin
                return coins

        """

    private func hole(_ shape: PlacedHole.Shape, at line: Int, in text: String = text) throws -> PlacedHole {
        let file = try #require(SourceFile(path: "till.py", bytes: Array(text.utf8)))
        return try #require(HoleFinder(file: file).holes(at: line).first { $0.shape == shape })
    }

    private func text(after edit: FileEdit?, in text: String = text) throws -> String {
        String(decoding: try FileEdit.apply([#require(edit)], to: Array(text.utf8)), as: UTF8.self)
    }

    @Test("the hole of a line shows it, what is above in its function, and what is below")
    func shown() throws {
        let hole = try hole(.line, at: 6).hole(facts: ["FAILS: no change"])
        #expect(hole.commentSign == "#")
        #expect(hole.facts == ["FAILS: no change"])
        #expect(
            hole.above == ["def change(self, amount):", "    coins = []", "    for coin in self.coins:"])
        #expect(hole.lines == ["        while amount > coin:"])
        #expect(
            hole.below == ["            coins.append(coin)", "            amount -= coin", "    return coins"])
    }

    @Test(
        "the hole of an expression keeps what its line begins with",
        arguments: [
            ("a.py", "    total += rate * hours(day)", "    total +="),
            ("a.py", "    if total > limit:", "    if"), ("a.py", "    return total / 2  # half", "    return"),
            ("a.py", "    return day in week", "    return"), ("a.py", "    assert n not in week, n", "    assert"),
            ("a.py", "    for day in week[1:]:", "    for day in"), ("a.py", "    log.append(day)", "    log.append"),
            ("a.py", "    self.days[day] = 1", "    self.days[day] ="),
            ("a.py", "    check(day, strict=True)", "    check"), ("a.py", "    elif (a or b):", "    elif"),
            ("a.c", "    if (total > limit) stop();", "    if"), ("a.c", "    while (n--) {}", "    while"),
            ("a.c", "    for (int i = 0; i < n; i++) {}", "    for"), ("a.c", "    raise(SIGINT);", "    raise"),
            ("a.c", "    int half = n / 2;", "    int half ="), ("a.c", "    *p += f(n);", "    *p +="),
            ("a.swift", "    while let next = queue.popLast() {}", "    while"),
            ("a.swift", "    guard total > limit else { return 0 }", "    guard"),
            ("a.swift", "    list.map(f).reduce(0, +)", "    list.map"),
        ])
    func opening(_ path: String, _ line: String, _ opening: String) throws {
        let header = ["py": "def f(n):", "c": "int f(int n) {", "swift": "func f(n: Int) -> Int {"]
        let text = try #require(header[String(path.dropFirst(2))]) + "\n\(line)\n    return n\n"
        let file = try #require(SourceFile(path: path, bytes: Array(text.utf8)))
        let hole = try #require(HoleFinder(file: file).holes(at: 2).first { $0.shape == .expression })
        #expect(hole.hole(facts: []).opening == opening)
        #expect(hole.hole(facts: []).lines == [line])
    }

    @Test("a line that is one word has no expression to be asked about")
    func noExpression() throws {
        let text = "def f(a):\n    pass\n    return a\n"
        let file = try #require(SourceFile(path: "a.py", bytes: Array(text.utf8)))
        let shapes = HoleFinder(file: file).holes(at: 2).map(\.shape)
        #expect(shapes.contains(.line) && !shapes.contains(.expression))
    }

    @Test("a rewritten line gets the function's indentation back, and nothing else changes")
    func rewritten() throws {
        let edit = try hole(.line, at: 6).edit(for: ["        while amount >= coin:"])
        #expect(try text(after: edit) == Self.text.replacingOccurrences("amount > coin", "amount >= coin"))
    }

    @Test("a line goes when nothing is to stand in its place")
    func removed() throws {
        let edit = try hole(.line, at: 8).edit(for: [])
        #expect(try text(after: edit) == Self.text.replacingOccurrences("                amount -= coin\n", ""))
    }

    @Test("lines are inserted right before the suspect, and right after it")
    func inserted() throws {
        let before = try hole(.before, at: 5).edit(for: ["    self.coins.sort()"])
        #expect(
            try text(after: before)
                == Self.text.replacingOccurrences("        for coin", "        self.coins.sort()\n        for coin"))
        let after = try hole(.after, at: 3).edit(for: ["    amount = abs(amount)"])
        #expect(
            try text(after: after)
                == Self.text.replacingOccurrences("coins = []\n", "coins = []\n        amount = abs(amount)\n"))
    }

    @Test("of a hole with neighbours only the lines that differ change, and comments between them stay")
    func neighbours() throws {
        let edit = try hole(.withAbove, at: 5).edit(for: ["    coins = []", "    for coin in sorted(self.coins):"])
        #expect(try text(after: edit) == Self.text.replacingOccurrences("in self.coins", "in sorted(self.coins)"))
    }

    @Test("the lines as they are, and white space at a line's end, are nothing new; indentation is something")
    func equal() throws {
        let hole = try hole(.line, at: 9)
        #expect(hole.edit(for: ["    return coins  "]) == nil)
        #expect(hole.edit(for: ["        return coins"]) != nil)
    }

    @Test("a rewriting keeps brackets balanced as they were")
    func brackets() throws {
        let hole = try hole(.line, at: 7)
        #expect(hole.keepsBrackets(["            coins.append((coin, 1))"]))
        #expect(!hole.keepsBrackets(["            coins.append((coin)"]))
        #expect(hole.keepsBrackets(["            coins.append('(')"]))
    }

    @Test("files whose lines end in CR LF, or whose last line does not end, keep their manner")
    func lineBreaks() throws {
        let text = "def f(a):\r\n    b = a\r\n    return a"
        let edit = try hole(.line, at: 3, in: text).edit(for: ["    return b"])
        #expect(try self.text(after: edit, in: text).hasPrefix("def f(a):\r\n    b = a\r\n    return b"))
        let after = try hole(.after, at: 3, in: text).edit(for: ["    print(b)"])
        #expect(try self.text(after: after, in: text) == text + "\r\n    print(b)\r\n")
    }

    @Test("the edit of every template reads as a rewriting of its hole, and comes back as the same program")
    func templates() throws {
        var read = 0
        for pair in BugPair.all {
            let file = SourceFile(path: "x", bytes: Array(pair.source.utf8), language: pair.language)
            let path = "x." + pair.language.extension
            let sources: ChangedFiles = [path: file.bytes]
            var reader = RewritingReader(sources: sources)
            for candidate in TemplateEnumerator().edits(for: [(line: pair.line, suspiciousness: 1)], in: file) {
                let edits = candidate.edits.map { FileEdit(path: path, range: $0.range, replacement: $0.replacement) }
                guard let rewriting = reader.read(edits) else { continue }
                read += 1
                let expected = TemplateOperatorTests.normalised(
                    String(decoding: try FileEdit.apply(edits, to: file.bytes), as: UTF8.self), pair.language)
                let edit = rewriting.hole.edit(for: rewriting.lines)
                let actual = try edit.map { try FileEdit.apply([$0], to: file.bytes) } ?? file.bytes
                #expect(
                    TemplateOperatorTests.normalised(String(decoding: actual, as: UTF8.self), pair.language)
                        == expected,
                    "\(candidate.summary) in \(pair)")
            }
        }
        #expect(read > 1_000)
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
        components(separatedBy: old).joined(separator: new)
    }

    private func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

extension SourceLanguage {
    fileprivate var `extension`: String {
        switch self {
        case .python: "py"
        case .swift: "swift"
        case .c: "c"
        case .javaScript: "js"
        case .java: "java"
        case .rust: "rs"
        case .go: "go"
        }
    }
}
