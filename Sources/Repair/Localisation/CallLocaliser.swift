import Editing
package import Toolchains

/// The functions that failing tests call and passing ones do not, read from the text of the tests: what is left where no coverage can be had.
///
/// A function that a test calls counts as run by it, and so do those that this one calls in turn. From there on it is a spectrum like any
/// other: Ochiai's coefficient, a little less for each call in between.
package struct CallLocaliser {
    private static let depth = 3
    private static let certainty = 0.6
    private static let lossByCall = 0.7
    /// Reading more tests than this tells nothing new.
    private static let mostTests = 200

    private struct Function {
        let path: String
        let lines: ClosedRange<Int>
        let calls: Set<String>
    }

    private var functions: [String: [Function]] = [:]
    private let tests: [(path: String, file: SourceFile, lines: [Substring])]

    /// - Parameter tests: files of tests, and sources that hold tests among the code.
    package init(sources: ChangedFiles, tests: ChangedFiles) {
        for (path, bytes) in sources.sorted(by: { $0.key < $1.key }) {
            guard let file = SourceFile(path: path, bytes: bytes) else { continue }
            let inline = file.inlineTestLines
            for statement in file.statements where statement.isFunction {
                let lines = file.lines(of: statement.extent)
                guard let name = file.name(ofFunction: statement),
                    !inline.contains(where: { $0.contains(lines.lowerBound) })
                else { continue }
                let calls = file.calledNames(in: statement.head.upperBound..<statement.extent.upperBound)
                functions[name, default: []].append(Function(path: path, lines: lines, calls: calls))
            }
        }
        self.tests = tests.sorted { $0.key < $1.key }.compactMap { path, bytes in
            SourceFile(path: path, bytes: bytes).map {
                (
                    path, $0,
                    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                )
            }
        }
    }

    package func suspects(failing: [TestOutcome], passing: Set<TestID>) -> [Suspect] {
        let failed = failing.prefix(Self.mostTests).map {
            reached(from: calls(of: $0.id, frames: $0.failure?.frames ?? []))
        }
        let passed = passing.sorted().prefix(Self.mostTests).map { reached(from: calls(of: $0, frames: [])) }
        let totalFailed = failed.count { !$0.isEmpty }
        var found: [Suspect] = []
        for name in Set(failed.flatMap(\.keys)).sorted() {
            let distances = failed.compactMap { $0[name] }
            let ochiai = SpectrumLocaliser.ochiai(
                failed: distances.count, passed: passed.count { $0[name] != nil }, totalFailed: totalFailed)
            var suspicion = Self.certainty * ochiai
            for _ in 0..<(distances.min() ?? 0) { suspicion *= Self.lossByCall }
            let reason = "`\(name)` is called by \(distances.count) of \(totalFailed) failing tests, as their text says"
            for function in functions[name] ?? [] {
                found += function.lines.map {
                    Suspect(path: function.path, line: $0, suspiciousness: suspicion, reasons: [reason])
                }
            }
        }
        return found
    }

    /// Known functions reachable from some names, with how many calls lie between.
    private func reached(from names: Set<String>) -> [String: Int] {
        var distances: [String: Int] = [:]
        var next = names
        for distance in 0..<Self.depth {
            let new = next.filter { distances[$0] == nil && functions[$0] != nil }
            for name in new { distances[name] = distance }
            next = new.reduce(into: []) { calls, name in
                for function in functions[name] ?? [] { calls.formUnion(function.calls) }
            }
        }
        return distances
    }

    /// The names that a test calls: by where it failed, else by where its name stands.
    private func calls(of test: TestID, frames: [StackFrame]) -> Set<String> {
        for frame in frames {
            guard let found = tests.first(where: { $0.path == frame.path }) else { continue }
            return calls(around: frame.line, in: found.file)
        }
        // `parser::tests::empty`, `TestHeap/empty`, `Suite.test`: the last part that the tests' text has.
        let parts =
            [test.rawValue] + test.rawValue.split(whereSeparator: { ":/.>".contains($0) }).reversed().map(String.init)
        for part in parts where part.count > 2 {
            // As a function's name or in quotes, before anywhere else.
            for form in ["\(part)(", "\"\(part)\"", "'\(part)'", "`\(part)`", part] {
                for test in tests {
                    guard let line = test.lines.firstIndex(where: { $0.contains(form) }) else { continue }
                    return calls(around: line + 1, in: test.file)
                }
            }
        }
        return []
    }

    private func calls(around line: Int, in file: SourceFile) -> Set<String> {
        guard let first = file.tokens(onLine: line).first, let innermost = file.statement(ofToken: first) else {
            return []
        }
        // A test is a function, or a call that gets a closure.
        let test =
            file.function(enclosing: innermost)
            ?? file.ancestors(of: innermost).first { file.lines(of: file.statements[$0].extent).count > 1 }
        return file.calledNames(in: file.statements[test ?? innermost].extent)
    }
}

extension SourceFile {
    fileprivate func lines(of tokens: Range<Int>) -> ClosedRange<Int> {
        guard let first = tokens.first, let last = tokens.last else { return 1...1 }
        let end = line(ofByte: max(code[last].range.lowerBound, code[last].range.upperBound - 1))
        return code[first].line...max(code[first].line, end)
    }

    /// The name before the first round bracket of a function's head.
    fileprivate func name(ofFunction statement: Statement) -> String? {
        statement.head.dropFirst().first { (text[$0] == "(" || text[$0] == "<") && code[$0 - 1].kind == .identifier }
            .map { text[$0 - 1] }
    }

    /// Identifiers that an opening bracket follows.
    fileprivate func calledNames(in tokens: Range<Int>) -> Set<String> {
        Set(
            tokens.lazy.filter { [self] in
                code[$0].kind == .identifier && $0 + 1 < code.count && (text[$0 + 1] == "(" || text[$0 + 1] == "<")
            }.map { [self] in text[$0] })
    }
}
