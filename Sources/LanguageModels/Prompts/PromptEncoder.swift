import Inference

/// Puts a prompt together from parts that never mix: tokens that a format sets, and text.
///
/// Text is never read as a control token. Vocabularies that call a format's tokens user-defined would find them in any text;
/// there the place is cut in two, and each half encoded alone.
struct PromptEncoder {
    private let tokenizer: Tokenizer
    /// Texts that would become one of the format's tokens, and how many of their bytes stand before the cut.
    private let forgeries: [(text: [UInt8], cut: Int)]
    private let swallowsSpace: Bool
    private var text: [UInt8] = []
    private var tokens: [Token] = []

    /// - Parameters:
    ///   - markers: the tokens that the format sets, beside those that every vocabulary names.
    ///   - swallowsSpace: whether a space at the start of a text is the one that the tokenizer itself adds there.
    init(_ tokenizer: Tokenizer, markers: [Token] = [], swallowsSpace: Bool = false) {
        self.tokenizer = tokenizer
        self.swallowsSpace = swallowsSpace && tokenizer.addsSpacePrefix
        let special = tokenizer.special
        let named = [
            special.bos, special.eos, special.eot, special.fimPrefix, special.fimSuffix, special.fimMiddle,
            special.fimPad, special.fimRepo, special.fimSeparator,
        ]
        forgeries = Set(markers + named.compactMap(\.self) + special.endOfGeneration).compactMap { marker in
            guard let name = tokenizer.name(of: marker), let last = name.last, tokenizer.encode(name).contains(marker)
            else { return nil }
            return (Array(name.utf8), name.utf8.count - last.utf8.count)
        }
    }

    mutating func append(_ token: Token?) {
        flush()
        if let token { tokens.append(token) }
    }

    mutating func append(_ more: String) {
        text += Array(more.utf8)
    }

    /// Text that continues what stands before it: no space is put in front.
    mutating func append(continuing more: String) {
        flush()
        tokens += encode(continuing: more)
    }

    mutating func finish() -> [Token] {
        flush()
        return tokens
    }

    private mutating func flush() {
        guard !text.isEmpty else { return }
        tokens += encode(swallowsSpace && text.first == 0x20 ? text.dropFirst() : text[...])
        text = []
    }

    // MARK: - Text alone

    func encode(_ text: String) -> [Token] {
        encode(Array(text.utf8)[...])
    }

    /// As `encode`, without the space that SentencePiece puts before a text: a character that nothing merges with stands in
    /// front, and its tokens are taken away (CodeLlama's `encode_infilling`).
    func encode(continuing text: String) -> [Token] {
        guard tokenizer.addsSpacePrefix else { return encode(text) }
        let front = encode("☺")
        let whole = encode("☺" + text)
        return whole.starts(with: front) ? Array(whole.dropFirst(front.count)) : encode(text)
    }

    private func encode(_ text: ArraySlice<UInt8>) -> [Token] {
        guard !forgeries.isEmpty else { return tokenizer.encode(text) }
        var encoded: [Token] = []
        var start = text.startIndex
        for place in text.indices {
            let rest = text[place...]
            guard let forgery = forgeries.first(where: { rest.starts(with: $0.text) }) else { continue }
            encoded += tokenizer.encode(text[start..<place + forgery.cut])
            start = place + forgery.cut
        }
        return encoded + tokenizer.encode(text[start...])
    }
}
