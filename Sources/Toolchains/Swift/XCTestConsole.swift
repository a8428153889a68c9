import FoundationEssentials

/// What XCTest prints on Linux. It says a test's class but not its module, which the list of tests adds.
struct XCTestConsole {
    /// In the order of their starts; a test that never ended is nil.
    private(set) var outcomes: [(id: TestID, finished: TestOutcome?)] = []
    private(set) var ended = false

    private let modules: [String: String]
    private var failure: TestFailure?
    /// Whether the last line belongs to a failure's message, which may have several.
    private var isInMessage = false

    /// - Parameter tests: All of the binary's, as `Module.Class/method`.
    init(parsing text: String, tests: [TestID]) {
        modules = Dictionary(
            tests.compactMap { test in
                guard let dot = test.rawValue.firstIndex(of: ".") else { return nil }
                return (String(test.rawValue[test.rawValue.index(after: dot)...]), test.rawValue)
            }, uniquingKeysWith: { first, _ in first })
        for line in text.split(separator: "\n") { take(line) }
    }

    /// `--dump-tests-json`: `{"tests":[{"tests":[{"name":"BagTests.XTests","tests":[{"name":"testAdd"}]}]}]}`
    static func list(_ bytes: [UInt8]) -> [TestID] {
        struct Node: Decodable {
            var name: String
            var tests: [Node]?
        }
        func leaves(_ node: Node, _ parent: String, _ depth: Int) -> [TestID] {
            guard let children = node.tests, depth < 8 else { return [TestID(parent + "/" + node.name)] }
            return children.flatMap { leaves($0, node.name, depth + 1) }
        }
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")),
            let root = try? JSONDecoder().decode(Node.self, from: Data(bytes[start...]))
        else { return [] }  // the binary has no XCTest in it
        return leaves(root, "", 0)
    }

    private mutating func take(_ line: Substring) {
        if line.hasPrefix("Test Case '"), let quote = line.dropFirst(11).firstIndex(of: "'") {
            isInMessage = false
            takeCase(String(line[line.index(line.startIndex, offsetBy: 11)..<quote]), line[quote...].dropFirst(2))
        } else if let mark = line.firstRange(of: ": error: "),
            let colon = line[mark.upperBound...].firstRange(of: " : ")
        {
            takeFailure(line[..<mark.lowerBound], String(line[colon.upperBound...]))
        } else if line.hasPrefix("Test Suite '") {
            isInMessage = false
            if line.contains("tests' passed at ") || line.contains("tests' failed at ") { ended = true }
        } else if isInMessage, let message = failure?.message, message.utf8.count < 4000 {
            failure?.message = message + "\n" + line
        }
    }

    private mutating func takeCase(_ name: String, _ rest: Substring) {
        let slashed = name.replacing(".", with: "/")
        let id = TestID(modules[slashed] ?? slashed)
        if rest.hasPrefix("started") {
            failure = nil
            outcomes.append((id, nil))
            return
        }
        guard let place = outcomes.lastIndex(where: { $0.id == id && $0.finished == nil }) else { return }
        let status: TestOutcome.Status =
            rest.hasPrefix("passed") ? .passed : rest.hasPrefix("skipped") ? .skipped : .failed
        let seconds = rest.split(separator: "(").last?.split(separator: " ").first.flatMap { Double($0) } ?? 0
        outcomes[place].finished = TestOutcome(
            id: id, status: status, seconds: seconds.isFinite ? max(0, seconds) : 0,
            failure: status == .failed ? failure : nil)
    }

    private mutating func takeFailure(_ place: Substring, _ message: String) {
        guard failure == nil else {
            isInMessage = false
            return
        }
        isInMessage = true
        let text = message.hasSuffix(" - ") ? String(message.dropLast(3)) : message
        let frame = SourcePlace(place).map { StackFrame(path: $0.path, line: $0.line) }
        let comparison = Comparison(xctest: text)
        failure = TestFailure(
            kind: text.hasPrefix("threw error") ? "error" : "assertion", message: String(text.prefix(4000)),
            expected: comparison?.expected, actual: comparison?.actual, frames: frame.map { [$0] } ?? [])
    }
}
