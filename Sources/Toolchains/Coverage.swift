/// Which lines each test runs.
package struct Coverage: Sendable, Hashable {
    /// By test, by path relative to the worktree: 1-based lines.
    package var lines: [TestID: [String: Set<Int>]]
    /// Lines that run while the code is loaded, before any test and on behalf of all of them (Python's module level).
    package var loading: [String: Set<Int>]

    package init(lines: [TestID: [String: Set<Int>]] = [:], loading: [String: Set<Int>] = [:]) {
        self.lines = lines
        self.loading = loading
    }

    /// The files that any test touches.
    package var paths: Set<String> {
        lines.values.reduce(into: Set(loading.keys)) { $0.formUnion($1.keys) }
    }

    mutating func add(_ range: ClosedRange<Int>, of path: String, by test: TestID?) {
        if let test {
            lines[test, default: [:]][path, default: []].formUnion(range)
        } else {
            loading[path, default: []].formUnion(range)
        }
    }
}
