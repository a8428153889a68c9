import Sandboxing

extension CommandResult {
    /// The last line that the command wrote, standard error before standard output: where most programs say what went wrong.
    ///
    /// Frames below an exception and make's own word come after that, and are passed over where there is anything else.
    var lastLine: String {
        let lines = [standardError, standardOutput].map {
            $0.text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        }
        let telling = lines.compactMap { $0.last { $0.first?.isWhitespace == false && !$0.contains("make: *** ") } }
        return (telling.first ?? lines.lazy.compactMap(\.last).first).map(String.init) ?? "no output"
    }
}

extension Duration {
    var inSeconds: Double { self / .seconds(1) }
}
