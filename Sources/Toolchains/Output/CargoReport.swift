/// What the test programs that cargo builds print (libtest's "pretty" format): outcomes first, then why some failed.
///
/// ```
/// test tests::writes ... FAILED
///
/// ---- tests::writes stdout ----
/// thread 'tests::writes' panicked at src/lib.rs:50:9:
/// assertion `left == right` failed
///   left: Some("I")
///  right: Some("II")
/// stack backtrace:
///    4: roman::tests::writes
///              at ./src/lib.rs:50:9
/// ```
struct CargoReport {
    private(set) var outcomes: [TestOutcome] = []
    private let folder: String
    /// Of the program that speaks: where the outcome of a test stands.
    private var positions: [String: Int] = [:]
    private var copies: [String: Int] = [:]
    /// The failure that is being told, of the outcome at a position.
    private var open: (position: Int, failure: TestFailure)?
    private var isMessage = false

    /// - Parameter folder: Where cargo ran, relative to the worktree.
    init(parsing text: String, folder: String = "") {
        self.folder = folder
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            take(line.prefix(4000))
        }
        close()
    }

    private mutating func take(_ line: Substring) {
        if let (name, status) = Self.result(line) {
            add(name, status)
        } else if line.hasPrefix("running "), line.hasSuffix(" test") || line.hasSuffix(" tests") {
            // Each program's names are its own.
            close()
            positions = [:]
        } else if line.hasPrefix("---- "), let end = line.firstRange(of: " stdout ----") {
            close()
            let name = String(line[..<end.lowerBound].dropFirst(5))
            open = positions[name].map { ($0, TestFailure(kind: "assertion", message: "")) }
        } else if line.hasPrefix("test result: ") || line == "failures:" {
            close()
        } else if open != nil {
            tell(line)
        }
    }

    private mutating func tell(_ line: Substring) {
        let bare = line.drop { $0 == " " }
        if let at = line.firstRange(of: "' panicked at ") ?? line.firstRange(of: ") panicked at ") {
            isMessage = true
            addFrame(line[at.upperBound...])
        } else if bare.hasPrefix("stack backtrace:") || bare.hasPrefix("note: ") || bare.isEmpty {
            isMessage = false
        } else if bare.hasPrefix("at ./") || bare.hasPrefix("at /") {
            addFrame(bare.dropFirst(3))
        } else if isMessage, line.hasPrefix("  left: ") {
            open?.failure.actual = String(line.dropFirst(8))
        } else if isMessage, line.hasPrefix(" right: ") {
            open?.failure.expected = String(line.dropFirst(8))
        } else if isMessage, let message = open?.failure.message, message.count < 4000 {
            open?.failure.message = message.isEmpty ? String(line) : message + "\n" + line
        }
    }

    private mutating func addFrame(_ place: Substring) {
        guard let place = SourcePlace(place, folder: folder), (open?.failure.frames.count ?? 0) < 60 else { return }
        let frame = StackFrame(path: place.path, line: place.line)
        if open?.failure.frames.contains(frame) == false { open?.failure.frames.append(frame) }
    }

    private mutating func close() {
        if let open { outcomes[open.position].failure = open.failure }
        open = nil
        isMessage = false
    }

    private mutating func add(_ name: String, _ status: TestOutcome.Status) {
        guard positions[name] == nil, outcomes.count < ConsoleReport.mostOutcomes else { return }
        positions[name] = outcomes.count
        let id = TestID.numbered(name, among: &copies)
        let failure = status.isFailure ? TestFailure(kind: "assertion", message: "") : nil
        outcomes.append(TestOutcome(id: id, status: status, failure: failure))
    }

    /// `test parser::empty ... ok`, `test slow - should panic ... ignored, why`.
    private static func result(_ line: Substring) -> (String, TestOutcome.Status)? {
        guard line.hasPrefix("test "), let dots = line.firstRange(of: " ... ") else { return nil }
        let word = line[dots.upperBound...].prefix { $0.isLetter }
        let statuses: [Substring: TestOutcome.Status] = ["ok": .passed, "FAILED": .failed, "ignored": .skipped]
        var name = line[..<dots.lowerBound].dropFirst(5)
        if name.hasSuffix(" - should panic") { name = name.dropLast(15) }
        guard let status = statuses[word], !name.isEmpty else { return nil }
        return (String(name), status)
    }
}
