import Toolchains

/// What running the tests showed, as the facts of a prompt: never a model's own failed code, which makes small models worse.
struct FailureFacts {
    private let failure: TestFailure?

    /// The first failure speaks for all: a prompt has room for one.
    init(of failures: [TestOutcome]) {
        failure = failures.lazy.compactMap(\.failure).first
    }

    /// `FAILS: …` and, where values are to be told and known, `EXPECTED: …` and `ACTUAL: …`.
    func lines(withValues tellsValues: Bool) -> [String] {
        guard let failure else { return [] }
        let message = Self.oneLine(failure.message)
        let names = message.hasPrefix(failure.kind) || failure.kind == "assertion"
        var facts = ["FAILS: \(names ? "" : "\(failure.kind): ")\(message)"]
        if tellsValues {
            if let expected = failure.expected { facts.append("EXPECTED: \(Self.oneLine(expected))") }
            if let actual = failure.actual { facts.append("ACTUAL: \(Self.oneLine(actual))") }
        }
        return facts
    }

    /// The first line, shortened: a prompt's room is for code.
    private static func oneLine(_ text: String) -> String {
        String((text.split(whereSeparator: \.isNewline).first ?? "").prefix(120))
    }
}
