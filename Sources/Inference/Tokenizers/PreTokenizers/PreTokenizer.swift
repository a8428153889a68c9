/// How a vocabulary's text is cut into words before merging; no merge crosses a cut.
///
/// Each pass cuts every piece that the passes before it left: the stretches that its pattern matches become pieces, and so does
/// what lies between them.
struct PreTokenizer: Sendable {
    let passes: [Pass]
    /// A word that is a token as a whole is that token, whatever the merges say.
    var ignoresMerges = false
    /// Whether BOS is added where the file does not say.
    var addsBOS = false

    /// By the names in `tokenizer.ggml.pre`, as llama.cpp gives them their meaning.
    static let all: [(names: [String], PreTokenizer)] = [
        (
            ["default"],
            PreTokenizer(passes: [.punctuationRuns(withBacktick: false), .gpt2, .numberRuns, .digitTriples])
        ),
        (
            [
                "gpt-2", "phi-2", "jina-es", "jina-de", "gigachat", "jina-v2-es", "jina-v2-de", "a.x-4.0", "mellum",
                "modern-bert", "exaone4", "mpt", "olmo", "jais", "trillion", "granite-docling",
            ], PreTokenizer(passes: [.gpt2])
        ),
        (
            [
                "llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2",
                "jina-v5-nano",
            ], PreTokenizer(passes: [.llama3(digits: 3)], ignoresMerges: true, addsBOS: true)
        ),
        (["dbrx", "smaug-bpe", "chatglm-bpe"], PreTokenizer(passes: [.llama3(digits: 3)])),
        (["glm4", "glm5"], PreTokenizer(passes: [.llama3(digits: 3)], ignoresMerges: true)),
        (
            [
                "qwen2", "stablelm2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "hunyuan", "grok-2",
                "solar-open",
            ], PreTokenizer(passes: [.llama3(digits: 1)])
        ),
        (
            ["deepseek-coder"],
            PreTokenizer(passes: [.lineBreaks, .spacedLetters, .spacedPunctuation, .ideographs, .numbers])
        ),
        (
            ["deepseek-llm"],
            PreTokenizer(passes: [
                .lineBreaks, .spacedCasedLetters, .spacedWideASCII, .trailingSpace, .ideographs, .numberRuns,
            ])
        ),
        (
            ["deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"],
            PreTokenizer(passes: [.numberTriples, .ideographsAndKana, .deepSeekV3])
        ),
        (
            ["starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b", "mellum2"],
            PreTokenizer(passes: [.numbers, .gpt2])
        ),
        (["falcon"], PreTokenizer(passes: [.punctuationRuns(withBacktick: true), .gpt2, .digitTriples])),
        (
            ["tekken"],
            PreTokenizer(passes: [.casedWords(digits: 1, contractions: false)], ignoresMerges: true, addsBOS: true)
        ),
        (
            ["llama4", "gpt-4o", "kanana2", "talkie", "minimax-m2"],
            PreTokenizer(passes: [.casedWords(digits: 3, contractions: true)])
        ),
    ]

    static func named(_ name: String) -> PreTokenizer? {
        all.first { $0.names.contains(name) }?.1
    }

    /// The ends of the words of `text`, ascending; the last is `text.count`.
    func wordEnds(in text: ScalarText) -> [Int] {
        var ends = [text.count]
        for pass in passes {
            var next: [Int] = []
            next.reserveCapacity(max(ends.count, text.count / 4))
            text.codes.withUnsafeBufferPointer { codes in
                text.classes.withUnsafeBufferPointer { classes in
                    var start = 0
                    for end in ends {
                        let piece = PieceScanner(codes: codes, classes: classes, start: start, end: end)
                        piece.cut(by: pass, into: &next)
                        start = end
                    }
                }
            }
            ends = next
        }
        return ends
    }
}
