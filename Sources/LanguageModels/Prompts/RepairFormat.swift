package import Inference

/// The prompt of models that were trained to rewrite suspicious lines: `fettle-repair/1`, as `Training/README.md` has it.
///
/// Each line is encoded alone, its line break included; lines nearest to the hole are taken until the budget is spent.
package struct RepairFormat: Sendable {
    package static let name = "fettle-repair/1"
    /// How many tokens of context may stand above the hole for one below.
    private static let aboveToBelow = 1.5

    /// The most tokens of a prompt that the model was trained on.
    package let budget: Int
    private let prefixToken: Token
    private let suffixToken: Token
    private let middleToken: Token
    private let endToken: Token
    private let encoder: PromptEncoder

    /// Nil for files that say nothing of a repair format; an error for one that this version does not know.
    package init?(_ metadata: GGUFMetadata, _ tokenizer: Tokenizer) throws {
        guard let format = try metadata.optionalString("fettle.repair.format") else { return nil }
        guard format == Self.name else {
            throw LanguageModelError(
                .unsupported, "\(metadata.source): its repair format is `\(format)`; this Fettle knows `\(Self.name)`")
        }
        let special = tokenizer.special
        guard let prefix = special.fimPrefix, let suffix = special.fimSuffix, let middle = special.fimMiddle,
            let end = special.eos
        else {
            throw LanguageModelError(
                .unsupported,
                "\(metadata.source): its vocabulary lacks the tokens of `\(Self.name)`; export the model again")
        }
        budget = try metadata.int("fettle.repair.prompt_tokens")
        prefixToken = prefix
        suffixToken = suffix
        middleToken = middle
        endToken = end
        encoder = PromptEncoder(tokenizer)
    }

    /// The hole without facts. Training told what names were misspelt and nothing else, and of 200 held-out bugs of that kind the model
    /// mended 63 when told the failure, 65 when not (`fettle_training.evaluate --with-facts`).
    func withoutFacts(_ hole: Hole) -> Hole {
        var hole = hole
        hole.facts = []
        return hole
    }

    /// An error where the facts, the first line and the hole alone are more than the budget.
    package func prompt(_ hole: Hole) throws(LanguageModelError) -> [Token] {
        let facts = hole.facts.map { encode(hole.comment($0)) }
        let header = hole.above.prefix(1).map(encode)
        let bug = hole.lines.map { encode(hole.comment($0, mark: "BUG: ")) }
        let fixed = 3 + (facts + header + bug).reduce(0) { $0 + $1.count }
        guard fixed <= budget else {
            throw LanguageModelError(
                .contextOverflow,
                "\(fixed) tokens of facts, first line and suspicious lines are more than the \(budget) of a prompt that the model was trained on"
            )
        }
        let (above, below) = fit(Array(hole.above.dropFirst()), hole.below, in: budget - fixed)
        var prompt = [prefixToken]
        for lines in [facts, header, above, bug] { prompt += lines.joined() }
        prompt.append(suffixToken)
        prompt += below.joined()
        prompt.append(middleToken)
        return prompt + encoder.encode(hole.opening)
    }

    /// Lines in place of the hole's, with the end.
    package func middle(_ lines: [String]) -> [Token] {
        lines.flatMap(encode) + [endToken]
    }

    private func encode(_ line: String) -> [Token] { encoder.encode(line + "\n") }

    /// The lines nearest to the hole, turn by turn; a direction closes when its next line does not fit, or there is none.
    private func fit(_ above: [String], _ below: [String], in budget: Int) -> (above: [[Token]], below: [[Token]]) {
        var left = budget
        var takenAbove: [[Token]] = []
        var takenBelow: [[Token]] = []
        var tokensAbove = 0
        var tokensBelow = 0
        func next(_ line: String?) -> [Token]? {
            guard let tokens = line.map(encode), tokens.count <= left else { return nil }
            left -= tokens.count
            return tokens
        }
        var isOpenAbove = true
        var isOpenBelow = true
        while isOpenAbove || isOpenBelow {
            if isOpenAbove, !isOpenBelow || Double(tokensAbove) <= Self.aboveToBelow * Double(tokensBelow) {
                let line = takenAbove.count < above.count ? above[above.count - 1 - takenAbove.count] : nil
                if let tokens = next(line) {
                    takenAbove.append(tokens)
                    tokensAbove += tokens.count
                } else {
                    isOpenAbove = false
                }
            } else {
                let line = takenBelow.count < below.count ? below[takenBelow.count] : nil
                if let tokens = next(line) {
                    takenBelow.append(tokens)
                    tokensBelow += tokens.count
                } else {
                    isOpenBelow = false
                }
            }
        }
        return (takenAbove.reversed(), takenBelow)
    }
}
