/// Tests as programs print them when nobody asked for a report: TAP, `PASS: name`, GoogleTest, `go test -v`, the ticks of node's and
/// mocha's lists, failed assertions, crashes.
///
/// ```
/// # build/test_heap                                  the program that speaks from here on
/// # tests/test_heap.c:12: size: expected 3, got 2    why the next one failed
/// not ok 1 - push_grows
/// ```
struct ConsoleReport {
    private(set) var outcomes: [TestOutcome] = []
    /// What was said about a failure after the last outcome: of the test that ended the program.
    private(set) var pending: TestFailure?
    /// The program that spoke last.
    private(set) var open: String?

    /// The program behind a test, where the output says it.
    private(set) var programs: [TestID: String] = [:]

    private let folder: String
    private var section: String?
    private var names: Set<TestID> = []
    private var notes: [Substring] = []
    private var crash: String?
    private var hasPlan = false
    private var hasTAP = false
    private var hasFailed = false
    /// What follows was told before.
    private var isSummary = false
    /// Whether the last line was a TAP result, and what is being told of it.
    private var isAfterTAP = false
    private var diagnostic: TAPDiagnostic?

    /// - Parameter folder: Where the tests ran, relative to the worktree, for the relative paths in their output.
    init(parsing text: String, folder: String = "") {
        self.folder = folder
        for line in text.split(whereSeparator: \.isNewline) { take(line.prefix(4000)) }
        open = section
        closeSection()
        pending = crash != nil || !notes.isEmpty ? failure() : nil
    }

    private mutating func take(_ line: Substring) {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        if diagnostic != nil || isAfterTAP && trimmed == "---" {
            isAfterTAP = false
            return takeDiagnostic(line, ends: trimmed == "...")
        }
        isAfterTAP = false
        if let test = TAPLine(trimmed) {
            takeTAP(test)
        } else if trimmed.hasPrefix("1.."), Int(trimmed.dropFirst(3).prefix { $0.isNumber }) != nil {
            hasPlan = true
        } else if let heading = Self.heading(trimmed) {
            closeSection()
            section = heading
        } else if trimmed == "✖ failing tests:" {
            isSummary = true
        } else if let (status, name) = Self.goResult(trimmed) ?? Self.ticked(trimmed) ?? Self.marked(trimmed) {
            if !isSummary { add(name, status) }
        } else if let reason = Self.crash(trimmed) {
            crash = crash ?? reason
        } else if trimmed.hasPrefix("make: *** ") || trimmed.hasPrefix("gmake: *** ") {
            hasFailed = true
        } else if trimmed.hasPrefix("#") || Assertion(trimmed, folder: folder) != nil {
            if notes.count < 50 { notes.append(trimmed) }
        }
    }

    private mutating func takeDiagnostic(_ line: Substring, ends: Bool) {
        guard ends else {
            if diagnostic == nil { diagnostic = TAPDiagnostic(folder: folder) } else { diagnostic?.take(line) }
            return
        }
        if let failure = outcomes.last?.failure {
            outcomes[outcomes.count - 1].failure = diagnostic?.complete(failure)
        }
        diagnostic = nil
    }

    private mutating func takeTAP(_ test: TAPLine) {
        hasTAP = true
        isAfterTAP = true
        let name = test.name.isEmpty ? "\(test.number ?? outcomes.count + 1)" : test.name
        add(section.map { Self.lastPart($0) + "/" + name } ?? name, test.status)
    }

    private mutating func add(_ name: String, _ status: TestOutcome.Status) {
        var id = TestID(name)
        var copy = 2
        while !names.insert(id).inserted {
            id = TestID("\(name) (\(copy))")
            copy += 1
        }
        var status = status
        if status == .failed, crash != nil { status = .crashed }
        outcomes.append(TestOutcome(id: id, status: status, failure: status.isFailure ? failure() : nil))
        programs[id] = section ?? (name.contains("/") ? name : nil)
        notes = []
        crash = nil
    }

    /// The program is an outcome of its own, failed or not: what a crash keeps from being told has no other name.
    private mutating func closeSection() {
        defer { (hasPlan, hasTAP) = (false, false) }
        guard let section else { return }
        let fellSilent = hasTAP && !hasPlan || crash != nil || hasFailed && !hasTAP
        add(Self.lastPart(section), crash != nil ? .crashed : fellSilent ? .failed : .passed)
        self.section = nil
    }

    private func failure() -> TestFailure {
        let texts = notes.map { note in note.drop { $0 == "#" || $0 == " " } }
        let assertion = notes.lazy.compactMap { Assertion($0, folder: folder) }.first
        let values = texts.lazy.compactMap { ExpectedAndActual($0) }.first
        let message = texts.isEmpty ? crash ?? "" : texts.joined(separator: "\n")
        return TestFailure(
            kind: crash != nil && assertion == nil ? "crash" : "assertion", message: String(message.prefix(4000)),
            expected: values?.expected, actual: values?.actual, frames: notes.compactMap { Self.frame($0, folder) })
    }

    private static func frame(_ note: Substring, _ folder: String) -> StackFrame? {
        if let assertion = Assertion(note, folder: folder) { return assertion.frame }
        for word in note.split(separator: " ").prefix(4) {
            guard word.contains(":"), let place = SourcePlace(word, folder: folder) else { continue }
            return StackFrame(path: place.path, line: place.line)
        }
        return nil
    }

    /// `# build/test_heap`, `./test_heap`: a line of nothing but a program.
    private static func heading(_ line: Substring) -> String? {
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
        "✔": .passed, "✓": .passed, "✖": .failed, "✗": .failed, "✘": .failed, "×": .failed, "﹣": .skipped,
    ]

    /// `✔ merges touching (0.35ms)`; not `▶ suite`, and not the summary that lists failures once more.
    private static func ticked(_ line: Substring) -> (TestOutcome.Status, String)? {
        guard let tick = line.first, let status = ticks[tick], line.dropFirst().hasPrefix(" ") else { return nil }
        var name = line.dropFirst(2)
        if name.hasSuffix("ms)"), let time = name.lastIndex(of: "(") { name = name[..<time] }
        while name.last == " " { name.removeLast() }
        guard !name.isEmpty, name.count <= 300, name != "failing tests:" else { return nil }
        return (status, String(name))
    }

    /// `--- FAIL: TestHeap/empty (0.00s)`
    private static func goResult(_ line: Substring) -> (TestOutcome.Status, String)? {
        guard line.hasPrefix("--- "), line.hasSuffix("s)") else { return nil }
        return marked(line.dropFirst(4))
    }

    /// `PASS: name`, `FAIL name`, `[PASS] name`, GoogleTest's `[       OK ] Suite.test (0 ms)`.
    private static func marked(_ line: Substring) -> (TestOutcome.Status, String)? {
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

    private static func crash(_ line: Substring) -> String? {
        ["Segmentation fault", "Aborted", "Floating point exception", "Bus error", "Illegal instruction"].first {
            line == $0 || line.hasPrefix($0 + " (core dumped)") || line.hasSuffix(" " + $0)
                || line.hasSuffix($0 + " (core dumped)")
        }
    }
}

/// `ok 3 - name # SKIP why`
private struct TAPLine {
    var number: Int?
    var name: String
    var status: TestOutcome.Status

    init?(_ line: Substring) {
        let failed = line.hasPrefix("not ok")
        guard failed || line.hasPrefix("ok") else { return nil }
        var rest = line.dropFirst(failed ? 6 : 2)
        guard rest.isEmpty || rest.hasPrefix(" ") else { return nil }
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
private struct Assertion {
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
private struct ExpectedAndActual {
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
