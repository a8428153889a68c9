/// The lines that ``ConsoleReport`` knows.
extension ConsoleReport {
    static func frame(_ note: Substring, _ folder: String) -> StackFrame? {
        if let assertion = Assertion(note, folder: folder) { return assertion.frame }
        for word in note.split(separator: " ").prefix(4) {
            // A stack's `at pop (/worktree/lib/heap.js:12:5)` and its kin.
            if let frame = classFrame(word) { return frame }
            let bare = word.drop { $0 == "(" }.prefix { $0 != ")" }
            guard bare.contains(":"), let place = SourcePlace(bare, folder: folder) else { continue }
            return StackFrame(path: place.path, line: place.line)
        }
        return nil
    }

    /// A line of the stack that the JVM prints, or what it prints above it.
    static func isOfStack(_ line: Substring) -> Bool {
        if line.hasPrefix("Exception in thread ") || line.hasPrefix("Caused by: ") { return true }
        return line.hasPrefix("at ") && line.split(separator: " ").contains { classFrame($0) != nil }
    }

    /// The JVM's `com.acme.Heap.pop(Heap.java:31)`, `app//Heap.pop(Heap.kt:3)`: a path below a folder of sources that it does
    /// not tell.
    private static func classFrame(_ word: Substring) -> StackFrame? {
        guard word.last == ")", let open = word.firstIndex(of: "(") else { return nil }
        let place = word[open...].dropFirst().dropLast().split(separator: ":")
        let name = word[..<open].split(separator: "/").last?.split(separator: ".") ?? []
        guard place.count == 2, name.count > 1, let line = Int(place[1]), line > 0,
            [".java", ".kt", ".scala"].contains(where: place[0].hasSuffix), !place[0].contains("/")
        else { return nil }
        return StackFrame(path: (name.dropLast(2) + [place[0]]).joined(separator: "/"), line: line)
    }

    /// `# build/test_heap`, `./test_heap`: a line of nothing but a program.
    static func heading(_ line: Substring) -> String? {
        let isNote = line.hasPrefix("# ")
        let word = isNote ? line.dropFirst(2) : line
        guard !word.contains(where: \.isWhitespace), !word.contains(":"),
            isNote ? word.contains("/") || word.hasPrefix("test") : word.hasPrefix("./")
        else { return nil }
        return String(word)
    }

    static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static let marks: [(String, TestOutcome.Status)] = [
        ("PASS", .passed), ("FAIL", .failed), ("SKIP", .skipped), ("XFAIL", .skipped), ("XPASS", .failed),
        ("ERROR", .failed), ("PASSED", .passed), ("FAILED", .failed), ("OK", .passed),
    ]

    private static let ticks: [Character: TestOutcome.Status] = [
        "✔": .passed, "✓": .passed, "✖": .failed, "✗": .failed, "✘": .failed, "✕": .failed, "×": .failed, "﹣": .skipped,
    ]

    /// `✔ merges touching (0.35ms)`; not `▶ suite`, and not the summary that lists failures once more.
    static func ticked(_ line: Substring) -> (TestOutcome.Status, String)? {
        guard let tick = line.first, let status = ticks[tick], line.dropFirst().hasPrefix(" ") else { return nil }
        var name = line.dropFirst(2)
        if name.hasSuffix("ms)"), let time = name.lastIndex(of: "(") { name = name[..<time] }
        if name.hasSuffix("ms"), let time = name.lastIndex(of: " "), name[time...].dropFirst().first?.isNumber == true {
            name = name[..<time]
        }
        while name.last == " " { name.removeLast() }
        guard !name.isEmpty, name.count <= 300, name != "failing tests:" else { return nil }
        return (status, String(name))
    }

    /// mocha's failure, between the ticks: `1) pops nothing`
    static func numbered(_ line: Substring) -> String? {
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard !digits.isEmpty, digits.count < 6, rest.hasPrefix(") "), rest.count < 300 else { return nil }
        return String(rest.dropFirst(2))
    }

    /// `2 passing (5ms)`
    static func isCount(_ line: Substring) -> Bool {
        let words = line.split(separator: " ")
        return words.count > 1 && Int(words[0]) != nil && ["passing", "failing", "pending"].contains(words[1])
    }

    /// `--- FAIL: TestHeap/empty (0.00s)`
    static func goResult(_ line: Substring) -> (TestOutcome.Status, String)? {
        let statuses: [(String, TestOutcome.Status)] = [
            ("--- PASS: ", .passed), ("--- FAIL: ", .failed), ("--- SKIP: ", .skipped),
        ]
        guard line.hasSuffix("s)"), let (mark, status) = statuses.first(where: { line.hasPrefix($0.0) }) else {
            return nil
        }
        let name = line.dropFirst(mark.count).prefix { !$0.isWhitespace }
        return name.isEmpty ? nil : (status, String(name))
    }

    /// `PASS: name`, `FAIL name`, `[PASS] name`, GoogleTest's `[       OK ] Suite.test (0 ms)`.
    static func marked(_ line: Substring) -> (TestOutcome.Status, String)? {
        var word: Substring
        var name: Substring
        if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
            word = line[line.index(after: line.startIndex)..<end]
            name = line[line.index(after: end)...]
        } else {
            word = line.prefix { $0.isUppercase }
            name = line.dropFirst(word.count)
            guard name.hasPrefix(": ") || name.hasPrefix(" "), word != "OK" else { return nil }
            name = name.dropFirst(name.hasPrefix(":") ? 1 : 0)
        }
        word = word.drop { $0 == " " }
        while word.last == " " { word.removeLast() }
        name = name.drop { $0 == " " }
        if let time = name.firstRange(of: " ("), name.hasSuffix("ms)") { name = name[..<time.lowerBound] }
        guard let status = marks.first(where: { $0.0 == word })?.1, !name.isEmpty, name.count <= 300,
            // Summaries: `[  PASSED  ] 3 tests.`, `# FAIL:  1`
            name.first?.isNumber == false, !name.contains("tests")
        else { return nil }
        return (status, String(name.prefix { !$0.isWhitespace }))
    }

    static func crash(_ line: Substring) -> String? {
        ["Segmentation fault", "Aborted", "Floating point exception", "Bus error", "Illegal instruction"].first {
            line == $0 || line.hasPrefix($0 + " (core dumped)") || line.hasSuffix(" " + $0)
                || line.hasSuffix($0 + " (core dumped)")
        }
    }
}

/// `ok 3 - name # SKIP why`
struct TAPLine {
    var number: Int?
    var name: String
    var status: TestOutcome.Status

    init?(_ line: Substring) {
        let failed = line.hasPrefix("not ok")
        guard failed || line.hasPrefix("ok") else { return nil }
        var rest = line.dropFirst(failed ? 6 : 2)
        // go's `ok  <tab>package<tab>0.003s` is no result of a test.
        guard rest.isEmpty || rest.hasPrefix(" ") && !rest.contains("\t") else { return nil }
        rest = rest.drop { $0 == " " }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        number = Int(digits)
        rest = rest.dropFirst(digits.count).drop { $0 == " " }
        if rest.hasPrefix("- ") { rest = rest.dropFirst(2) }
        guard number != nil || !rest.isEmpty else { return nil }
        var directive: Substring = ""
        if let mark = rest.firstRange(of: "# ") {
            directive = rest[mark.upperBound...]
            rest = rest[..<mark.lowerBound]
        }
        while rest.last == " " { rest.removeLast() }
        name = String(rest)
        let kind = directive.prefix(4).uppercased()
        status = kind == "SKIP" || kind == "TODO" ? .skipped : failed ? .failed : .passed
    }
}

/// glibc's `program: file.c:12: function: Assertion `x == 1' failed.`, after a program's name or not.
struct Assertion {
    let frame: StackFrame

    init?(_ line: Substring, folder: String) {
        guard line.contains("ssertion"), let mark = line.firstRange(of: ": Assertion `") else { return nil }
        let parts = line[..<mark.lowerBound].split(separator: ": ")
        for (number, part) in parts.enumerated() {
            guard part.contains(":"), let place = SourcePlace(part, folder: folder) else { continue }
            let function = number + 1 < parts.count ? String(parts[number + 1]) : nil
            frame = StackFrame(path: place.path, line: place.line, function: function)
            return
        }
        return nil
    }
}

/// `expected 3, got 2` and its kin.
struct ExpectedAndActual {
    let expected: String
    let actual: String

    init?(_ text: Substring) {
        guard let start = text.firstRange(of: "xpected ") ?? text.firstRange(of: "xpected: ") else { return nil }
        for word in [", got ", " but got ", ", but got ", ", got: ", " but was ", ", but was ", ", actual: ", ", was "]
        {
            guard let middle = text[start.upperBound...].firstRange(of: word) else { continue }
            expected = String(text[start.upperBound..<middle.lowerBound])
            actual = String(text[middle.upperBound...])
            return
        }
        return nil
    }
}
