import Foundation
import Glibc
import Repair
import Runs
import Sandboxing

/// Shows a run's events as they come. Each way of showing folds the same stream.
protocol Rendering: Sendable {
    @Sendable func render(_ event: RunEvent)
    /// After the last event: what the run hands over.
    func finish(_ result: RunSession.Result)
}

enum Renderings {
    /// A terminal gets live progress, a pipe plain lines, `--json` one event a line.
    /// - Parameter patchOnStandardOutput: standard output belongs to the patch; everything else goes to standard error.
    static func choose(isJSON: Bool, isExplaining: Bool, patchOnStandardOutput: Bool) -> any Rendering {
        if isJSON { return JSONRendering() }
        let descriptor = patchOnStandardOutput ? STDERR_FILENO : STDOUT_FILENO
        return LineRendering(
            descriptor: descriptor, isTerminal: isatty(descriptor) == 1, isExplaining: isExplaining,
            showsPatch: !patchOnStandardOutput)
    }
}

/// One JSON object a line.
struct JSONRendering: Rendering {
    @Sendable func render(_ event: RunEvent) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // An event is made of plain values, so encoding it cannot fail.
        guard let line = try? encoder.encode(event) else { return }
        FileHandle.standardOutput.write(Data(TerminalText.harmlessJSON(line)) + Data("\n".utf8))
    }

    func finish(_ result: RunSession.Result) {}
}
