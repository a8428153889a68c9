import FoundationEssentials

/// Swift Testing's event stream: one JSON record a line, from `--event-stream-output-path`. Untrusted.
struct SwiftEventStream {
    /// The tests that were selected, whether or not they ran.
    private(set) var selected: [TestID] = []
    /// In the order of their starts; a test that never ended is nil.
    private(set) var outcomes: [(id: TestID, finished: TestOutcome?)] = []
    private(set) var ended = false

    private var issues: [TestID: TestFailure] = [:]
    private var skipped: Set<TestID> = []
    private var starts: [TestID: Double] = [:]

    init(parsing bytes: [UInt8]) {
        let decoder = JSONDecoder()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            // Whatever is no record was not written by the framework.
            guard let record = try? decoder.decode(Record.self, from: Data(line)) else { continue }
            if record.kind == "test", record.payload.kind == "function", let id = record.payload.id.map(Self.identity) {
                selected.append(id)
            } else if record.kind == "event" {
                take(record.payload)
            }
        }
        selected = selected.uniqued()
    }

    /// `BagTests.Group/many(_:)/STests.swift:7:6` without the place, which edits move.
    static func identity(_ text: String) -> TestID {
        guard let end = text.range(of: ")/") else { return TestID(text) }
        return TestID(String(text[..<end.lowerBound]) + ")")
    }

    private mutating func take(_ event: Payload) {
        if event.kind == "runEnded" { ended = true }
        guard let id = event.testID.map(Self.identity), id.rawValue.hasSuffix(")") else { return }
        switch event.kind {
        case "testStarted":
            guard starts[id] == nil else { return }
            starts[id] = event.instant?.absolute ?? 0
            outcomes.append((id, nil))
        case "testSkipped":
            outcomes.append((id, TestOutcome(id: id, status: .skipped)))
        case "issueRecorded":
            guard let issue = event.issue, issue.isKnown != true, issue.isFailure != false else { return }
            if issues[id] == nil { issues[id] = failure(event, issue) }
        case "testEnded":
            guard let place = outcomes.firstIndex(where: { $0.id == id && $0.finished == nil }) else { return }
            let seconds = (event.instant?.absolute ?? 0) - (starts[id] ?? 0)
            outcomes[place].finished = TestOutcome(
                id: id, status: issues[id] == nil ? .passed : .failed,
                seconds: seconds.isFinite ? max(0, seconds) : 0, failure: issues[id])
        default: return
        }
    }

    private func failure(_ event: Payload, _ issue: Issue) -> TestFailure {
        let texts = (event.messages ?? []).map(\.text)
        let message = texts.joined(separator: "\n")
        let place = issue.sourceLocation.flatMap { location in
            (location.filePath ?? location.hiddenPath).flatMap { path in
                RelativePath.inWorktree(path).map { StackFrame(path: $0, line: max(1, location.line)) }
            }
        }
        var failure = TestFailure(
            kind: "assertion", message: String(message.prefix(4000)), frames: place.map { [$0] } ?? [])
        if message.hasPrefix("Caught error: ") {
            failure.kind = issue.error?.domain?.split(separator: ".").last.map(String.init) ?? "error"
        } else if let text = texts.first, text.hasPrefix("Expectation failed: ") {
            let comparison = Comparison(expectation: String(text.dropFirst("Expectation failed: ".count)))
            (failure.expected, failure.actual) = (comparison?.expected, comparison?.actual)
        }
        return failure
    }

    private struct Record: Decodable {
        var kind: String
        var payload: Payload
    }

    private struct Payload: Decodable {
        var kind: String
        var id: String?
        var testID: String?
        var instant: Instant?
        var issue: Issue?
        var messages: [Message]?
    }

    private struct Instant: Decodable { var absolute: Double }
    private struct Message: Decodable { var text: String }

    private struct Issue: Decodable {
        var isKnown: Bool?
        var isFailure: Bool?
        var sourceLocation: Location?
        var error: Caught?

        enum CodingKeys: String, CodingKey {
            case isKnown, isFailure, sourceLocation
            case error = "_error"
        }
    }

    private struct Caught: Decodable { var domain: String? }

    private struct Location: Decodable {
        var filePath: String?
        var hiddenPath: String?
        var line: Int

        enum CodingKeys: String, CodingKey {
            case filePath, line
            case hiddenPath = "_filePath"
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it first stands.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
