import Sandboxing

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

    /// More outcomes than these are no report.
    static let mostOutcomes = 100_000

    private let folder: String
    private let readsHeadings: Bool
    private var section: String?
    private var copies: [String: Int] = [:]
    private var notes: [Substring] = []
    private var crash: String?
    private var hasPlan = false
    private var hasTAP = false
    private var hasFailed = false
    /// Whether failures may be told as `1) name`, and whether what follows was told before.
    private var hasTicks = false
    private var isSummary = false
    /// Whether the last line was a TAP result, and what is being told of it.
    private var isAfterTAP = false
    private var diagnostic: TAPDiagnostic?

    /// - Parameters:
    ///   - folder: Where the tests ran, relative to the worktree, for the relative paths in their output.
    ///   - readsHeadings: Whether a line of nothing but a program's name begins what that program says.
    init(parsing text: String, folder: String = "", readsHeadings: Bool = true) {
        self.folder = folder
        self.readsHeadings = readsHeadings
        for line in text.split(whereSeparator: \.isNewline) { take(line.prefix(4000)) }
        open = section
        closeSection()
        pending = crash != nil || !notes.isEmpty ? failure() : nil
    }

    private mutating func take(_ line: Substring) {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        if takesDiagnostic(line, trimmed) { return }
        isAfterTAP = false
        if let test = TAPLine(trimmed) {
            takeTAP(test)
        } else if trimmed.hasPrefix("1.."), Int(trimmed.dropFirst(3).prefix { $0.isNumber }) != nil {
            hasPlan = true
        } else if readsHeadings, let heading = Self.heading(trimmed) {
            closeSection()
            section = heading
        } else if trimmed == "✖ failing tests:" {
            isSummary = true
        } else if let (status, name) = Self.ticked(trimmed) {
            hasTicks = true
            // What a summary lists once more has been told.
            if !isSummary || copies[name] == nil { add(name, status) }
        } else if hasTicks, !isSummary, let name = Self.numbered(trimmed) {
            add(name, .failed)
        } else if hasTicks, Self.isCount(trimmed) {
            isSummary = true
        } else if let (status, name) = Self.goResult(trimmed) ?? Self.marked(trimmed) {
            add(name, status)
        } else if let reason = Self.crash(trimmed) {
            crash = crash ?? reason
        } else if trimmed.hasPrefix("make: *** ") || trimmed.hasPrefix("gmake: *** ") {
            hasFailed = true
        } else if trimmed.hasPrefix("#") || Assertion(trimmed, folder: folder) != nil
            || trimmed.contains(Sandbox.worktreePath + "/") || Self.isOfStack(trimmed)
        {
            if notes.count < 50 { notes.append(trimmed) }
        }
    }

    /// Takes a line of the indented block below a TAP result. One that is indented less ends the block, whoever forgot to.
    private mutating func takesDiagnostic(_ line: Substring, _ trimmed: Substring) -> Bool {
        let indentation = line.count - trimmed.count
        guard let open = diagnostic else {
            guard isAfterTAP, trimmed == "---", indentation > 0 else { return false }
            diagnostic = TAPDiagnostic(folder: folder, indentation: indentation)
            return true
        }
        let isInside = indentation >= open.indentation
        if isInside, trimmed != "..." {
            diagnostic?.take(line)
            return true
        }
        if let failure = outcomes.last?.failure { outcomes[outcomes.count - 1].failure = open.complete(failure) }
        diagnostic = nil
        return isInside
    }

    private mutating func takeTAP(_ test: TAPLine) {
        hasTAP = true
        isAfterTAP = true
        let name = test.name.isEmpty ? "\(test.number ?? outcomes.count + 1)" : test.name
        add(section.map { Self.lastPart($0) + "/" + name } ?? name, test.status)
    }

    private mutating func add(_ name: String, _ status: TestOutcome.Status) {
        guard outcomes.count < Self.mostOutcomes else { return }
        let id = TestID.numbered(name, among: &copies)
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
}

extension TestID {
    /// A name, told apart from those before that were the same: `check`, `check (2)`, `check (3)`.
    static func numbered(_ name: String, among copies: inout [String: Int]) -> TestID {
        let count = copies[name, default: 0] + 1
        copies[name] = count
        guard count > 1 else { return TestID(name) }
        // That name may have been taken by a test that is called so.
        return numbered("\(name) (\(count))", among: &copies)
    }
}
