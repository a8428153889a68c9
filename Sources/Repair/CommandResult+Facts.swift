import Sandboxing

extension CommandResult {
    /// The last line that the command wrote, standard error before standard output: where most programs say what went wrong.
    var lastLine: String {
        let lines = [standardError, standardOutput].compactMap {
            $0.text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        }
        return lines.first.map(String.init) ?? "no output"
    }
}

extension Duration {
    var inSeconds: Double { self / .seconds(1) }
}
