package import Toolchains

/// Spectrum-based fault localisation: which lines do failing tests run that passing ones do not?
///
/// The suspiciousness of a line is Ochiai's: `failed(e) / sqrt(totalFailed · (failed(e) + passed(e)))`
/// (Abreu, Zoeteweij, van Gemund, "An Evaluation of Similarity Coefficients for Software Fault Localization", PRDC 2006).
package struct SpectrumLocaliser {
    package let coverage: Coverage
    package let failing: Set<TestID>

    /// Far below what Ochiai gives any line that a failing test runs, unless some hundred passing ones run it too.
    private static let bystanderSuspiciousness = 0.05

    package init(coverage: Coverage, failing: Set<TestID>) {
        self.coverage = coverage
        self.failing = failing
    }

    /// Every line that a failing test runs, unordered. Empty where no failing test was covered.
    package func suspects(where isEditable: (String) -> Bool) -> [Suspect] {
        var failed: [SourceLine: Int] = [:]
        var passed: [SourceLine: Int] = [:]
        for (test, files) in coverage.lines {
            let isFailing = failing.contains(test)
            for (path, lines) in files where isEditable(path) {
                for line in lines {
                    let place = SourceLine(path: path, line: line)
                    if isFailing { failed[place, default: 0] += 1 } else { passed[place, default: 0] += 1 }
                }
            }
        }
        let totalFailed = coverage.lines.keys.count { failing.contains($0) }
        let totalPassed = coverage.lines.count - totalFailed
        return failed.map { place, failedHere in
            let passedHere = passed[place] ?? 0
            return Suspect(
                path: place.path, line: place.line,
                suspiciousness: Self.ochiai(failed: failedHere, passed: passedHere, totalFailed: totalFailed),
                reasons: [
                    "run by \(failedHere) of \(totalFailed) failing and \(passedHere) of \(totalPassed) passing tests"
                ])
        }
    }

    /// What passing tests alone run in the files that a failing one runs, hardly suspect: where tests share a process, a failing one may stumble
    /// over what an earlier one left.
    package func bystanders(where isEditable: (String) -> Bool) -> [Suspect] {
        let failed = coverage.lines.filter { failing.contains($0.key) }.values
        let paths = Set(failed.flatMap(\.keys)).filter(isEditable)
        return paths.flatMap { path -> [Suspect] in
            let run = Set(coverage.lines.values.flatMap { $0[path] ?? [] })
            return run.subtracting(failed.flatMap { $0[path] ?? [] }).map {
                Suspect(
                    path: path, line: $0, suspiciousness: Self.bystanderSuspiciousness,
                    reasons: ["run by passing tests alone"])
            }
        }
    }

    /// Ochiai's coefficient; 0 where nothing failed.
    package static func ochiai(failed: Int, passed: Int, totalFailed: Int) -> Double {
        guard failed > 0, totalFailed > 0 else { return 0 }
        return Double(failed) / (Double(totalFailed) * Double(failed + passed)).squareRoot()
    }
}
