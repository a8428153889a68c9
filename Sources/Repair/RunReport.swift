import Sandboxing

/// A run told to a person, in Markdown, folded from its events.
package struct RunReport: Sendable {
    private var started: RunEvent.Started?
    private var toolchain: String?
    private var guarantees: [Guarantee] = []
    private var base: RunEvent.BaseTests?
    private var suspects: [Suspect] = []
    private var proven: RunEvent.ProvenPatch?
    private var ending: RunEvent.Ending?
    private var trials: [Trial.Outcome: Int] = [:]
    private var reused = 0
    /// The partial fix that turns most tests green.
    private var nearest: Trial?
    private var actions: [(name: String, seconds: Double, note: String)] = []

    package init(events: [RunEvent]) {
        for event in events { fold(event.kind) }
    }

    private mutating func fold(_ kind: RunEvent.Kind) {
        switch kind {
        case .started(let value): started = value
        case .toolchainFound(let value): toolchain = value
        case .contained(let value): guarantees = value
        case .baseTested(let value): base = value
        case .suspectsRanked(let value): suspects = value
        case .proven(let value): proven = value
        case .ended(let value): ending = value
        case .tried(let trial) where trial.isReused: reused += 1
        case .tried(let trial):
            trials[trial.outcome, default: 0] += 1
            if trial.outcome == .partial, trial.passed.count > nearest?.passed.count ?? 0 { nearest = trial }
        case .actionFinished(let name, _, let seconds, let note): actions.append((name, seconds, note))
        case .decided, .actionStarted, .progressed, .proposed: break
        }
    }

    package var markdown: String {
        [heading, failures, fault, patch, search, sandbox].compactMap { $0 }.joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let verdict = ending.map { "\($0.verdict.phrase): \($0.reason)" } ?? "still going on, or killed"
        var lines = ["# Fettle: \(Markdown.escape(verdict))", ""]
        if let started {
            lines.append("Run `\(started.run)` on \(Markdown.escape(started.baseDescription)).")
        }
        if let ending {
            lines.append("\(ending.candidatesTried) candidates tried in \(seconds(ending.seconds)).")
        }
        return lines.joined(separator: "\n")
    }

    private var failures: String? {
        guard let base else { return nil }
        var lines = ["## Tests before and after", ""]
        if !base.buildErrors.isEmpty {
            lines += ["The base did not build:", ""] + base.buildErrors.map { "- \(Markdown.code($0))" } + [""]
        }
        if !base.failing.isEmpty {
            let fixed = Set(proven?.fixedTests ?? [])
            lines += ["| test | before | after | what it said |", "|---|---|---|---|"]
            lines += base.failing.map { failing in
                let after = proven == nil ? "–" : fixed.contains(failing.test) ? "passes" : "fails"
                let said = [failing.message, failing.place.map { "at \($0)" }].compactMap { $0 }.joined(separator: ", ")
                return "| \(Markdown.code(failing.test)) | fails | \(after) | \(Markdown.cell(said)) |"
            }
            lines.append("")
        }
        lines.append(
            "\(base.passing.count) tests passed before\(proven.map { "; \($0.stillPassing) of them still pass" } ?? "")."
        )
        if !base.flaky.isEmpty {
            lines.append("Set aside because they waver: " + base.flaky.map(Markdown.code).joined(separator: ", ") + ".")
        }
        return lines.joined(separator: "\n")
    }

    private var fault: String? {
        guard let suspect = proven?.suspect ?? suspects.first else { return nil }
        let title = proven == nil ? "Most suspicious" : "Where the fault was"
        let reasons = suspect.reasons.map { "- \(Markdown.escape($0))" }.joined(separator: "\n")
        let share = (suspect.suspiciousness * 100).rounded() / 100
        return
            "## \(title)\n\n\(Markdown.code("\(suspect.path):\(suspect.line)")), suspiciousness \(share)\n\n\(reasons)"
    }

    private var patch: String? {
        if let proven {
            return "## Patch\n\n\(Markdown.escape(proven.summary))\n\n" + Markdown.fence(proven.patch, language: "diff")
        }
        return nearest.map { trial in
            let passing = trial.passed.map { "- \(Markdown.code($0))" }.joined(separator: "\n")
            return
                "## Nearest to a fix\n\n\(Markdown.escape(trial.candidate.summary)): not proven, but with it these pass:\n\n"
                + passing
        }
    }

    private var search: String {
        var lines = ["## The search", "", "| action | seconds | result |", "|---|---:|---|"]
        lines += actions.map { "| \($0.name) | \(seconds($0.seconds, unit: "")) | \(Markdown.cell($0.note)) |" }
        let outcomes = trials.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
        if !outcomes.isEmpty { lines += ["", "Candidates: \(outcomes.joined(separator: ", "))."] }
        if reused > 0 { lines.append("\(reused) more were known from an earlier run.") }
        return lines.joined(separator: "\n")
    }

    private var sandbox: String? {
        guard !guarantees.isEmpty else { return nil }
        let rows = guarantees.map { "- \($0)" }
        return (["## Sandbox", ""] + (toolchain.map { ["Toolchain: \($0)", ""] } ?? []) + rows).joined(separator: "\n")
    }

    private func seconds(_ value: Double, unit: String = " s") -> String {
        "\((value * 10).rounded() / 10)\(unit)"
    }
}

/// Text of unknown origin made harmless in Markdown.
enum Markdown {
    static func escape(_ text: String) -> String {
        oneLine(text).map { "\\`*_[]<>|#".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    static func cell(_ text: String) -> String {
        escape(text.count > 200 ? text.prefix(200) + "…" : text)
    }

    static func code(_ text: String) -> String {
        let content = oneLine(text).replacing("|", with: "\\|")
        return content.contains("`") ? "`` \(content) ``" : "`\(content)`"
    }

    /// A fence longer than any run of backquotes inside.
    static func fence(_ text: String, language: String) -> String {
        var longest = 0
        var current = 0
        for character in text {
            current = character == "`" ? current + 1 : 0
            longest = max(longest, current)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
