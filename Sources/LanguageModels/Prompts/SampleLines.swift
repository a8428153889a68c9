/// Cuts the texts of several samples to whole lines, each as ``WholeLines`` says.
struct SampleLines {
    private var lines: [Int: WholeLines]
    private var isEnded: Set<Int> = []

    init(_ lines: WholeLines, samples: some Sequence<Int>) {
        self.lines = Dictionary(uniqueKeysWithValues: samples.map { ($0, lines) })
    }

    /// Whether every sample has ended.
    var isComplete: Bool { isEnded.count == lines.count }

    /// What becomes of an event; `logLikelihood` is that of a sample which this ends, so far.
    mutating func cut(_ event: TextEvent, logLikelihood: Double? = nil) -> [TextEvent] {
        switch event {
        case .text(let sample, let text):
            guard !isEnded.contains(sample), let whole = lines[sample]?.append(text) else { return [] }
            guard let ending = lines[sample]?.ending else { return Self.text(whole, sample) }
            isEnded.insert(sample)
            return Self.text(whole, sample) + [.finished(sample: sample, ending, logLikelihood: logLikelihood)]
        case .finished(let sample, let modelsEnding, let likelihood):
            guard isEnded.insert(sample).inserted, let (rest, ending) = lines[sample]?.finish(modelsEnding) else {
                return []
            }
            return Self.text(rest, sample) + [.finished(sample: sample, ending, logLikelihood: likelihood)]
        case .usage: return [event]
        }
    }

    private static func text(_ text: String, _ sample: Int) -> [TextEvent] {
        text.isEmpty ? [] : [.text(sample: sample, text)]
    }
}
