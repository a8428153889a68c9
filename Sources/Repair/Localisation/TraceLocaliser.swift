package import Toolchains

/// Suspects from where failing tests stopped: the frames of exceptions, crashes and hangs, and compiler diagnostics.
package enum TraceLocaliser {
    /// The innermost editable frame of each failure weighs 0.6, each one further out half of the one before
    /// (a fault lies mostly at or one call above the place where it shows). `file` names the editable file that a frame's
    /// path means.
    package static func suspects(in failures: [TestOutcome], file: (String) -> String?) -> [Suspect] {
        var found: [Suspect] = []
        for outcome in failures {
            guard let failure = outcome.failure else { continue }
            // A crash or an exception in the code itself shows where it is; a failed comparison only shows that it was.
            var weight = outcome.status == .crashed ? 0.9 : 0.6
            for frame in failure.frames {
                guard let path = file(frame.path) else { continue }
                found.append(
                    Suspect(
                        path: path, line: frame.line, suspiciousness: weight,
                        reasons: ["in the stack of \(outcome.id) (\(failure.kind))"]))
                weight /= 2
            }
        }
        return found
    }

    /// A compiler error names its line; the fault is there or, for unclosed brackets and missing separators, just before. A note names
    /// another place that has to do with it, such as the declaration that would have to change; where it says how, there it is.
    package static func suspects(in diagnostics: [Diagnostic], where isEditable: (String) -> Bool) -> [Suspect] {
        diagnostics.filter { isEditable($0.path) }.flatMap { diagnostic -> [Suspect] in
            let (path, line, reason) = (diagnostic.path, diagnostic.line, "compiler: \(diagnostic.message)")
            switch diagnostic.severity {
            case .warning:
                return []
            case .note:
                let isRemedy = remedies.contains { diagnostic.message.hasPrefix($0) }
                return [Suspect(path: path, line: line, suspiciousness: isRemedy ? 0.98 : 0.85, reasons: [reason])]
            case .error:
                return [
                    Suspect(path: path, line: line, suspiciousness: 0.95, reasons: [reason]),
                    Suspect(
                        path: path, line: max(1, line - 1), suspiciousness: 0.5,
                        reasons: ["the line before one where the " + reason]),
                ]
            }
        }
    }

    /// How swiftc, clang, gcc and rustc begin a note that says what to change.
    private static let remedies = [
        "change ", "add ", "insert ", "mark ", "remove ", "did you mean", "consider ", "use ",
    ]
}
