import Editing
import Foundation
import Git
import Toolchains

extension Blackboard {
    /// Files larger than this are data, not something a person edits by hand.
    private static let largestSource = 1 << 20

    /// Reads every file that a candidate may change: source of a language that Fettle can read, no test, no submodule. Tests are kept
    /// apart; a file that holds both is among both.
    func loadSources() throws {
        let snapshot = require(snapshot, "snapshot")
        let toolchain = require(toolchain, "toolchain")
        let files = slots[0].files
        let submodules = snapshot.submodulePaths.compactMap(\.string)
        for path in try FileManager.default.subpathsOfDirectory(atPath: files.root).sorted() {
            let isForeign = submodules.contains { path.hasPrefix($0 + "/") }
            guard let language = SourceLanguage(path: path), !isForeign else { continue }
            guard let bytes = try files.read(path), bytes.count <= Self.largestSource else { continue }
            let isTest = toolchain.isTestFile(path)
            if isTest || language == .rust { testSources[path] = bytes }
            if !isTest { sources[path] = bytes }
        }
    }

    /// Reports what is known of the base's tests.
    func reportBase() throws {
        let base = require(base, "base")
        try report(
            .baseTested(
                RunEvent.BaseTests(
                    passing: base.passing.sorted().map(\.rawValue),
                    failing: base.failing.map(RunEvent.BaseTests.Failing.init),
                    flaky: base.flaky.sorted().map(\.rawValue),
                    buildErrors: base.buildDiagnostics.filter { $0.severity == .error }.map {
                        "\($0.path):\($0.line): \($0.message)"
                    },
                    seconds: base.suiteSeconds)))
    }
}

extension RunEvent.BaseTests.Failing {
    fileprivate init(_ outcome: TestOutcome) {
        let failure = outcome.failure
        self.init(
            test: outcome.id.rawValue, message: failure.map { "\($0.kind): \($0.message)" } ?? "\(outcome.status)",
            expected: failure?.expected, actual: failure?.actual,
            place: failure?.frames.first.map { "\($0.path):\($0.line)" })
    }
}
