/// A model's tokens: their texts as the file spells them, the bytes that they stand for, what each is for.
struct Vocabulary: Sendable {
    /// As in the file: `Ġthe`, `▁the`, `<0x0A>`, `<|im_end|>`.
    let texts: PackedStrings
    var kinds: [TokenKind]
    /// Finds a token by the text that it merges to. Numbers beyond `count` are strings that occur in merging but are no token.
    var pieces: PieceTable
    /// Whether pieces are bytes in GPT-2's alphabet, or text with `▁` for a space.
    let isByteLevel: Bool
    /// Byte-level tokens with a character outside the alphabet, such as `<｜fim▁hole｜>`, by their texts.
    private let tokensOutsideAlphabet: [String: Token]

    var count: Int { texts.count }

    init(_ metadata: GGUFMetadata, isByteLevel: Bool) throws(InferenceError) {
        guard let list = try metadata.optionalArray("tokenizer.ggml.tokens", of: .string) else {
            throw InferenceError(
                .invalidMetadata, "\(metadata.source): there is no `tokenizer.ggml.tokens`, hence no vocabulary")
        }
        // Token numbers are 32 bits wide, and merging needs some beyond them.
        guard list.count < 1 << 28 else {
            throw InferenceError(
                .invalidMetadata, "\(metadata.source): a vocabulary of \(list.count) tokens is not supported")
        }
        self.isByteLevel = isByteLevel
        kinds = try Self.kinds(metadata, count: list.count)
        var texts = PackedStrings()
        texts.reserve(strings: list.count, bytes: list.payload.count)
        var pieces = PieceTable(expecting: list.count + 256)
        var tokensOutsideAlphabet: [String: Token] = [:]
        var decoded: [UInt8] = []
        list.forEachString { raw in
            let text = UnsafeBufferPointer(
                start: raw.baseAddress?.assumingMemoryBound(to: UInt8.self), count: raw.count)
            texts.append(text)
            decoded.removeAll(keepingCapacity: true)
            if text.isEmpty {
                pieces.appendHidden(text)
            } else if !isByteLevel {
                pieces.append(text)
            } else if ByteAlphabet.decode(text, into: &decoded) {
                pieces.append(decoded)
            } else {
                pieces.appendHidden(text)
                tokensOutsideAlphabet[String(decoding: text, as: UTF8.self)] = Token(
                    truncatingIfNeeded: texts.count - 1)
            }
        }
        self.texts = texts
        self.pieces = pieces
        self.tokensOutsideAlphabet = tokensOutsideAlphabet
    }

    private static func kinds(_ metadata: GGUFMetadata, count: Int) throws(InferenceError) -> [TokenKind] {
        guard let codes = try metadata.optionalInts("tokenizer.ggml.token_type") else {
            return Array(repeating: .normal, count: count)
        }
        guard codes.count >= count else {
            throw InferenceError(
                .invalidMetadata,
                "\(metadata.source): `tokenizer.ggml.token_type` has \(codes.count) entries for \(count) tokens")
        }
        return codes.prefix(count).map { TokenKind(code: $0) }
    }

    /// The token whose text is exactly `name`.
    func token(named name: String) -> Token? {
        let text = Array(name.utf8)
        guard isByteLevel else { return token(piece: text) }
        var piece: [UInt8] = []
        let isInAlphabet = text.withUnsafeBufferPointer { ByteAlphabet.decode($0, into: &piece) }
        return isInAlphabet ? token(piece: piece) : tokensOutsideAlphabet[name]
    }

    func token(piece: [UInt8]) -> Token? {
        piece.withUnsafeBufferPointer { token(piece: $0) }
    }

    func token(piece: UnsafeBufferPointer<UInt8>) -> Token? {
        pieces.find(piece).flatMap { $0 < count ? $0 : nil }
    }

    func contains(_ token: Token) -> Bool {
        token >= 0 && token < count
    }

    /// The bytes that a token adds to text; none for control tokens and the like.
    func bytes(of token: Token) -> [UInt8] {
        guard contains(token) else { return [] }
        let index = Int(token)
        let kind = kinds[index]
        if !kind.isDisjoint(with: [.control, .unknown]) { return [] }
        if kind.contains(.userDefined) { return Array(texts[index]) }
        if kind.contains(.normal) {
            return isByteLevel ? Array(pieces.strings[index]) : Self.spacesRestored(texts[index])
        }
        return kind.contains(.byte) ? Self.byte(spelt: texts[index]).map { [$0] } ?? [] : []
    }

    /// `▁`, U+2581, as a space.
    private static func spacesRestored(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let first = rest.first {
            if rest.starts(with: [0xE2, 0x96, 0x81]) {
                bytes.append(0x20)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
        return bytes
    }

    /// `<0x0A>` is 10.
    private static func byte(spelt text: ArraySlice<UInt8>) -> UInt8? {
        guard text.count == 6, text.starts(with: "<0x".utf8) else { return nil }
        return UInt8(String(decoding: text.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
    }
}
