/// SentencePiece's byte-pair encoding: characters merged wherever the result is a token, the best score first; what is no token is
/// spelt in byte tokens. Spaces are `▁`.
struct SentencePieceEncoder: Sendable {
    private let vocabulary: Vocabulary
    /// For each token its place in the order of merging: the better the score, the lower.
    private let priorities: [UInt32]
    /// For each byte its token `<0x..>`, or the token that is that byte; -1 where there is neither.
    private let tokenOfByte: [Token]
    private let junctions: Junctions
    /// Whether text at the beginning, and after a special token, is preceded by a space.
    let addsSpacePrefix: Bool

    /// Adds to `vocabulary` the characters that occur in tokens but are none.
    init(_ metadata: GGUFMetadata, _ vocabulary: inout Vocabulary) throws(InferenceError) {
        addsSpacePrefix = try metadata.optionalBool("tokenizer.ggml.add_space_prefix") ?? true
        priorities = try Self.priorities(metadata, count: vocabulary.count)
        var junctions = Junctions(characters: vocabulary.texts.bytes.count)
        for index in 0..<vocabulary.count {
            let text = vocabulary.texts[index]
            var previous: Int32?
            var offset = text.startIndex
            while offset < text.endIndex {
                let end = offset + Self.length(text[offset], atMost: text.endIndex - offset)
                let symbol = vocabulary.pieces.number(of: Array(text[offset..<end]))
                if let previous { junctions.insert(previous, symbol) }
                previous = symbol
                offset = end
            }
        }
        tokenOfByte = (UInt8.min ... .max).map { [vocabulary] byte in
            vocabulary.token(piece: Self.spelling(of: byte)) ?? vocabulary.token(piece: [byte]) ?? -1
        }
        self.vocabulary = vocabulary
        self.junctions = junctions
    }

    private static func priorities(_ metadata: GGUFMetadata, count: Int) throws(InferenceError) -> [UInt32] {
        let scores = metadata["tokenizer.ggml.scores"].flatMap { value in
            value.array?.floats() ?? value.array?.ints()?.map { Float($0) }
        }
        guard metadata["tokenizer.ggml.scores"] != nil else { return Array(repeating: 0, count: count) }
        guard let scores, scores.count >= count else {
            throw InferenceError(
                .invalidMetadata,
                "\(metadata.source): `tokenizer.ggml.scores` must hold a number for each of the \(count) tokens")
        }
        return scores.prefix(count).map { score in
            guard !score.isNaN else { return .max }
            // Bits of floats order like integers once negative ones are turned around; adding 0 makes one zero of two.
            let bits = (score + 0).bitPattern
            return ~(bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits)
        }
    }

    /// `<0x0A>` for 10.
    private static func spelling(of byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [0x3C, 0x30, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)], 0x3E]
    }

    /// Bytes of the character that begins with `lead`, by that byte alone.
    private static func length(_ lead: UInt8, atMost limit: Int) -> Int {
        min(lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, limit)
    }

    func encode(_ utf8: ArraySlice<UInt8>, into tokens: inout [Token]) {
        var text: [UInt8] = []
        text.reserveCapacity(utf8.count * 2)
        if addsSpacePrefix { text += Self.space }
        for byte in utf8 {
            if byte == 0x20 { text += Self.space } else { text.append(byte) }
        }
        var list = MergeList()
        var scratch: [UInt8] = []
        var cache = WordCache(textBytes: text.count)
        text.withUnsafeBufferPointer { bytes in
            var start = 0
            var previous: Int32?
            var offset = 0
            while offset < bytes.count {
                let length = Self.length(bytes[offset], atMost: bytes.count - offset)
                let symbol = vocabulary.pieces.find(UnsafeBufferPointer(rebasing: bytes[offset..<offset + length]))
                // No token reaches over these two characters: what is before them is settled on its own.
                if offset > start, !junctions.contains(previous, symbol) {
                    cache.tokens(of: start..<offset, in: bytes, appendingTo: &tokens) { word, tokens in
                        encode(word: word, &list, &scratch, into: &tokens)
                    }
                    start = offset
                }
                previous = symbol
                offset += length
            }
            if offset > start {
                encode(word: UnsafeBufferPointer(rebasing: bytes[start..<offset]), &list, &scratch, into: &tokens)
            }
        }
    }

    private static let space: [UInt8] = [0xE2, 0x96, 0x81]

    /// A character that occurs in no token stands alone: nothing joins it to another.
    private func encode(
        word: UnsafeBufferPointer<UInt8>, _ list: inout MergeList, _ scratch: inout [UInt8], into tokens: inout [Token]
    ) {
        let strings = vocabulary.pieces.strings
        list.removeAll()
        var offset = 0
        while offset < word.count {
            let length = Self.length(word[offset], atMost: word.count - offset)
            let character = UnsafeBufferPointer(rebasing: word[offset..<offset + length])
            guard let symbol = vocabulary.pieces.find(character) else { return spell(character, into: &tokens) }
            list.append(symbol)
            offset += length
        }
        list.merge { left, right in
            scratch.removeAll(keepingCapacity: true)
            scratch += strings[Int(left)]
            scratch += strings[Int(right)]
            return vocabulary.token(piece: scratch).map { MergeList.Merge(priority: priorities[Int($0)], symbol: $0) }
        }
        for symbol in list.symbols {
            if symbol < vocabulary.count {
                tokens.append(symbol)
            } else {
                Array(strings[Int(symbol)]).withUnsafeBufferPointer { spell($0, into: &tokens) }
            }
        }
    }

    private func spell(_ character: UnsafeBufferPointer<UInt8>, into tokens: inout [Token]) {
        for byte in character where tokenOfByte[Int(byte)] >= 0 { tokens.append(tokenOfByte[Int(byte)]) }
    }
}

/// Which characters stand next to each other in some token. May answer yes where none has them so, never no where one does.
private struct Junctions: Sendable {
    private var bits: [UInt64]

    /// With about four times as many bits as there can be junctions.
    init(characters: Int) {
        var words = 16
        while words < characters / 16, words < 1 << 18 { words *= 2 }
        bits = Array(repeating: 0, count: words)
    }

    mutating func insert(_ left: Int32, _ right: Int32) {
        let slot = slot(left, right)
        bits[slot >> 6] |= 1 << UInt64(slot & 63)
    }

    /// False for a character that is in no token.
    func contains(_ left: Int32?, _ right: Int32?) -> Bool {
        guard let left, let right else { return false }
        let slot = slot(left, right)
        return bits[slot >> 6] >> UInt64(slot & 63) & 1 != 0
    }

    private func slot(_ left: Int32, _ right: Int32) -> Int {
        let key = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
        return Int((key &* 0x9E37_79B9_7F4A_7C15) >> 34) & (bits.count * 64 - 1)
    }
}
