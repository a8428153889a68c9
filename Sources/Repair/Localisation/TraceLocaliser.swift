package import Toolchains

/// Suspects from where failing tests stopped: the frames of exceptions, crashes and hangs, and compiler diagnostics.
package enum TraceLocaliser {
    /// The innermost editable frame of each failure weighs 0.6, each one further out half of the one before
    /// (a fault lies mostly at or one call above the place where it shows).
    package static func suspects(in failures: [TestOutcome], where isEditable: (String) -> Bool) -> [Suspect] {
        var found: [Suspect] = []
        for outcome in failures {
            guard let failure = outcome.failure else { continue }
            // A crash or an exception in the code itself shows where it is; a failed comparison only shows that it was.
            var weight = outcome.status == .crashed ? 0.9 : 0.6
            for frame in failure.frames where isEditable(frame.path) {
                found.append(
                    Suspect(
                        path: frame.path, line: frame.line, suspiciousness: weight,
                        reasons: ["in the stack of \(outcome.id) (\(failure.kind))"]))
                weight /= 2
            }
        }
        return found
    }

    /// A compiler error names its line; the fault is there or, for unclosed brackets and missing separators, just before.
    package static func suspects(in diagnostics: [Diagnostic], where isEditable: (String) -> Bool) -> [Suspect] {
        diagnostics.filter { $0.severity == .error && isEditable($0.path) }.flatMap { diagnostic in
            let reason = "compiler: \(diagnostic.message)"
            return [
                Suspect(path: diagnostic.path, line: diagnostic.line, suspiciousness: 0.95, reasons: [reason]),
                Suspect(
                    path: diagnostic.path, line: max(1, diagnostic.line - 1), suspiciousness: 0.5,
                    reasons: ["the line before one where the " + reason]),
            ]
        }
    }
}
