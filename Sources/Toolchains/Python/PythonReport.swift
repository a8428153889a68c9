import FoundationEssentials

/// The driver's JSON lines. Untrusted: the code under test runs in the process that writes them.
struct PythonReport {
    private(set) var framework: String?
    private(set) var pythonVersion: String?
    /// The module that the tests need and Python lacks.
    private(set) var missingModule: String?
    /// In starting order; a test that never finished is nil.
    private(set) var outcomes: [(id: TestID, finished: TestOutcome?)] = []
    /// Files whose tests could not be loaded.
    private(set) var broken: [(file: TestID, failure: TestFailure)] = []
    private(set) var coverage = Coverage()
    private(set) var screened: [ScreeningResult] = []
    /// The framework's exit code, nil where the process ended early.
    private(set) var exitCode: Int?

    private var places: [TestID: Int] = [:]

    init(parsing bytes: [UInt8]) {
        let decoder = JSONDecoder()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            // A line that is not the driver's is the code's under test: it says nothing.
            guard let event = try? decoder.decode(Event.self, from: Data(line)) else { continue }
            take(event)
        }
    }

    private init(_ events: [Event]) {
        for event in events { take(event) }
    }

    private mutating func take(_ event: Event) {
        let id = event.id.map { TestID($0.text) }
        switch event.event {
        case "begin": (framework, pythonVersion) = (event.framework, event.version)
        case "missing": (missingModule, pythonVersion) = (event.module, event.version)
        case "start":
            guard let id, places[id] == nil else { return }
            places[id] = outcomes.count
            outcomes.append((id, nil))
        case "finish":
            guard let id, let place = places[id], let status = event.status.flatMap(TestOutcome.Status.init) else {
                return
            }
            let seconds = event.seconds.map { $0.isFinite ? max(0, $0) : 0 } ?? 0
            outcomes[place].finished = TestOutcome(
                id: id, status: status, seconds: seconds, failure: event.failure?.failure)
        case "broken":
            guard let id, let failure = event.failure?.failure, !broken.contains(where: { $0.file == id }) else {
                return
            }
            broken.append((id, failure))
        case "lines":
            for (path, ends) in event.files ?? [:] where RelativePath.isSafe(path) {
                for pair in stride(from: 0, to: ends.count - 1, by: 2) {
                    let (first, last) = (ends[pair], ends[pair + 1])
                    guard first > 0, last >= first, last < 10_000_000, last - first < 1_000_000 else { continue }
                    coverage.add(first...last, of: path, by: id)
                }
            }
        case "candidate": takeCandidate(event)
        case "end": exitCode = event.code
        default: return
        }
    }

    private mutating func takeCandidate(_ event: Event) {
        guard case .number(let identifier) = event.id, !screened.contains(where: { $0.candidate == identifier }) else {
            return
        }
        let report = PythonReport(event.events ?? [])
        let late = event.late == true
        let outcomes = report.allOutcomes(unfinished: late ? .timedOut : .crashed, trace: FaultTrace(parsing: []))
        let ending: ScreeningResult.Ending =
            if late || outcomes.contains(where: { $0.status == .timedOut }) {
                .timedOut
            } else if report.exitCode == nil {
                .crashed
            } else if report.outcomes.isEmpty {
                .buildFailed
            } else {
                outcomes.contains { $0.status.isFailure } ? .failed : .passed
            }
        screened.append(ScreeningResult(candidate: identifier, ending: ending, outcomes: outcomes))
    }

    /// Broken files first, as tests of their own, then the tests; one that never finished is `unfinished`.
    func allOutcomes(unfinished: TestOutcome.Status, trace: FaultTrace) -> [TestOutcome] {
        let files = broken.map { file, failure in
            TestOutcome(id: file, status: failure.kind == "timeout" ? .timedOut : .failed, failure: failure)
        }
        return files
            + outcomes.map { id, finished in
                finished ?? TestOutcome(id: id, status: unfinished, failure: trace.failure(unfinished))
            }
    }

    var diagnostics: [Diagnostic] {
        broken.map { file, failure in
            Diagnostic(
                path: failure.frames.first?.path ?? file.rawValue, line: failure.frames.first?.line ?? 1,
                message: "\(failure.kind): \(failure.message)")
        }
    }
}

extension PythonReport {
    /// One line; which fields it has depends on `event`.
    private struct Event: Decodable {
        var event: String
        var id: Identifier?
        var status: String?
        var seconds: Double?
        var failure: Failure?
        var files: [String: [Int]]?
        var code: Int?
        var framework: String?
        var version: String?
        var module: String?
        var late: Bool?
        var events: [Event]?
    }

    /// A test's name, or a candidate's number.
    private enum Identifier: Decodable {
        case number(Int)
        case name(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self = try (try? container.decode(Int.self)).map(Self.number) ?? .name(container.decode(String.self))
        }

        var text: String {
            switch self {
            case .number(let number): "\(number)"
            case .name(let name): name
            }
        }
    }

    private struct Failure: Decodable {
        var kind: String
        var message: String
        var expected: String?
        var actual: String?
        var frames: [Frame]

        var failure: TestFailure {
            TestFailure(
                kind: kind, message: message, expected: expected, actual: actual, frames: frames.compactMap(\.frame))
        }
    }

    /// `[path, line, function]`
    private struct Frame: Decodable {
        var frame: StackFrame?

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            let path = try list.decode(String.self)
            let line = try list.decode(Int.self)
            let function = try list.decode(String.self)
            guard RelativePath.isSafe(path), line > 0 else { return }
            frame = StackFrame(path: path, line: line, function: function.isEmpty ? nil : function)
        }
    }
}
