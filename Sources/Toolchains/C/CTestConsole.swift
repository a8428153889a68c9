/// What `ctest -V` prints: each test's own lines, then its result.
///
/// ```
/// 1: test_bitmap: /worktree/tests/test_bitmap.c:12: main: Assertion `x' failed.
/// 1/4 Test #1: bitmap ...........................Subprocess aborted***Exception:   0.00 sec
/// ```
struct CTestConsole {
    private(set) var outcomes: [TestOutcome] = []
    /// The test that was running when the output ended.
    private(set) var running: TestID?

    private var said: [Substring: String] = [:]

    init(parsing text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("Start "), let colon = trimmed.firstRange(of: ": ") {
                running = TestID(String(trimmed[colon.upperBound...]))
            } else if let test = line.firstRange(of: " Test "),
                line.prefix(1).first?.isNumber == true
                    || line.hasPrefix(" "), let hash = line[test.upperBound...].firstRange(of: "#")
            {
                takeResult(line[hash.upperBound...])
            } else if let colon = line.firstRange(of: ": "), Int(line[..<colon.lowerBound]) != nil {
                let number = line[..<colon.lowerBound]
                if said[number, default: ""].utf8.count < 1 << 20 {
                    said[number, default: ""] += line[colon.upperBound...] + "\n"
                }
            }
        }
    }

    /// `1: bitmap .....   Passed    0.00 sec`
    private mutating func takeResult(_ text: Substring) {
        guard let colon = text.firstRange(of: ": "), let dots = text.firstRange(of: " ."),
            colon.upperBound <= dots.lowerBound
        else { return }
        let id = TestID(String(text[colon.upperBound..<dots.lowerBound]))
        let result = text[dots.upperBound...].drop { $0 == "." || $0 == " " }
        let words = result.split(separator: " ")
        let seconds = words.dropLast().last.flatMap { Double($0) } ?? 0
        let status = Self.status(result)
        running = nil
        guard !outcomes.contains(where: { $0.id == id }) else { return }
        outcomes.append(
            TestOutcome(
                id: id, status: status, seconds: seconds.isFinite ? max(0, seconds) : 0,
                failure: status.isFailure ? failure(status, result, said[text[..<colon.lowerBound]] ?? "") : nil))
    }

    private static func status(_ result: Substring) -> TestOutcome.Status {
        if result.hasPrefix("Passed") { return .passed }
        if result.contains("***Timeout") { return .timedOut }
        if result.contains("***Skipped") || result.hasPrefix("Not Run (Disabled)") { return .skipped }
        return result.contains("***Exception") ? .crashed : .failed
    }

    private func failure(_ status: TestOutcome.Status, _ result: Substring, _ said: String) -> TestFailure {
        let report = ConsoleReport(parsing: said)
        if var failure = report.outcomes.lazy.compactMap(\.failure).first ?? report.pending {
            if failure.message.isEmpty { failure.message = String(said.suffix(1000)) }
            return failure
        }
        let what = result.split(separator: " ").prefix { Double($0) == nil }.joined(separator: " ")
        let kind = status == .timedOut ? "timeout" : status == .crashed ? "crash" : "assertion"
        return TestFailure(kind: kind, message: said.isEmpty ? what : String(said.suffix(1000)))
    }
}
