import Foundation
import Glibc
import Repair
import Runs
import Sandboxing
import Synchronization

/// Lines for a person: what is done, what was found, and in a terminal a last line that moves.
final class LineRendering: Rendering {
    private let descriptor: Int32
    private let isTerminal: Bool
    private let isExplaining: Bool
    private let showsPatch: Bool
    private let progress = Mutex(Progress())

    private struct Progress {
        var tried = 0
        var proposed = 0
        var reused = 0
        var hasLiveLine = false
        var lastPlainAt = 0.0
    }

    init(descriptor: Int32, isTerminal: Bool, isExplaining: Bool, showsPatch: Bool) {
        self.descriptor = descriptor
        self.isTerminal = isTerminal
        self.isExplaining = isExplaining
        self.showsPatch = showsPatch
    }

    @Sendable func render(_ event: RunEvent) {
        progress.withLock { progress in
            switch event.kind {
            case .started(let started):
                line("run \(started.run) on \(started.baseDescription)", at: event.at, &progress)
            case .decided(let decision):
                if isExplaining { lines(decision, &progress) }
            case .actionStarted(let name):
                live("\(name) …", at: event.at, &progress)
            case .actionFinished(let name, _, _, let note):
                line("\(name)\(note.isEmpty ? "" : ": \(note)")", at: event.at, &progress)
            case .progressed(let what, let done, let total):
                live("\(what) \(done)\(total.map { " of \($0)" } ?? "")", at: event.at, &progress)
            case .contained(let guarantees):
                let lacking = guarantees.filter { !$0.isEnforced }
                line(
                    lacking.isEmpty
                        ? "sandbox: every guarantee is enforced"
                        : "sandbox: not enforced here: " + lacking.map { $0.name.rawValue }.joined(separator: ", ")
                            + " (see fettle doctor)", at: event.at, &progress)
            case .toolchainFound:
                break
            case .baseTested(let base):
                show(base, &progress)
            case .suspectsRanked(let suspects):
                show(suspects, &progress)
            case .proposed(_, let count):
                progress.proposed += count
            case .tried(let trial):
                show(trial, at: event.at, &progress)
            case .proven, .ended:
                break
            }
        }
    }

    func finish(_ result: RunSession.Result) {
        progress.withLock { progress in
            clear(&progress)
            if showsPatch, let patch = result.patch {
                write("\n" + TerminalText.sanitised(String(decoding: patch, as: UTF8.self)) + "\n")
            }
            let ending = result.ending
            let seconds = (ending.seconds * 10).rounded() / 10
            write(
                TerminalText.sanitised("\(ending.verdict.phrase): \(oneLine(ending.reason))")
                    + " (\(ending.candidatesTried) candidates, \(seconds) s; fettle show \(result.run))\n")
        }
    }

    private func show(_ base: RunEvent.BaseTests, _ progress: inout Progress) {
        for failing in base.failing.prefix(10) {
            let said = failing.message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            lines("  failing  \(failing.test)\n           \(said)", &progress)
        }
        if base.failing.count > 10 { lines("  … and \(base.failing.count - 10) more failing", &progress) }
        for error in base.buildErrors.prefix(5) { lines("  error    \(error)", &progress) }
        for test in base.flaky.prefix(5) { lines("  wavers   \(test), set aside", &progress) }
    }

    private func show(_ suspects: [Suspect], _ progress: inout Progress) {
        for suspect in suspects.prefix(3) {
            let share = Int((suspect.suspiciousness * 100).rounded())
            lines(
                "  suspect  \(suspect.path):\(suspect.line)  \(share) %  \(suspect.reasons.first ?? "")", &progress)
        }
    }

    private func show(_ trial: Trial, at seconds: Double, _ progress: inout Progress) {
        if trial.isReused {
            progress.reused += 1
        } else if trial.outcome != .proven && trial.outcome != .regressed {
            progress.tried += 1
        }
        switch trial.outcome {
        case .targetsPass: line("  passes   \(trial.candidate.summary)", at: seconds, &progress)
        case .partial: live("partly     \(trial.candidate.summary)", at: seconds, &progress)
        case .regressed: line("  breaks another test: \(trial.candidate.summary)", at: seconds, &progress)
        case .proven: line("  proven   \(trial.candidate.summary)", at: seconds, &progress)
        default:
            live(
                "verify: \(progress.tried) of \(progress.proposed) candidates, last \(trial.candidate.summary)",
                at: seconds, &progress)
        }
    }

    private func line(_ text: String, at seconds: Double, _ progress: inout Progress) {
        clear(&progress)
        write("\(Self.stamp(seconds)) \(TerminalText.sanitised(oneLine(text)))\n")
    }

    private func lines(_ text: String, _ progress: inout Progress) {
        clear(&progress)
        for part in text.split(whereSeparator: \.isNewline) {
            write("        \(TerminalText.sanitised(String(part.prefix(240))))\n")
        }
    }

    /// The last line of a terminal; a pipe gets one such line every ten seconds.
    private func live(_ text: String, at seconds: Double, _ progress: inout Progress) {
        guard isTerminal else {
            guard seconds - progress.lastPlainAt >= 10 else { return }
            progress.lastPlainAt = seconds
            return write("\(Self.stamp(seconds)) \(TerminalText.sanitised(oneLine(text)))\n")
        }
        clear(&progress)
        write("\(Self.stamp(seconds)) \(TerminalText.sanitised(oneLine(text)).prefix(width - 9))")
        progress.hasLiveLine = true
    }

    private func clear(_ progress: inout Progress) {
        guard progress.hasLiveLine else { return }
        write("\r\u{1B}[K")
        progress.hasLiveLine = false
    }

    private var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }

    private func write(_ text: String) {
        FileHandle(fileDescriptor: descriptor).write(Data(text.utf8))
    }

    private static func stamp(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        let text = "\(tenths / 10).\(tenths % 10)s"
        return String(repeating: " ", count: max(0, 7 - text.count)) + text
    }
}
