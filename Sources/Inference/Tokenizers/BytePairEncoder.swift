/// Byte-level byte-pair encoding: words cut by the pre-tokenizer, their bytes merged by rank.
struct BytePairEncoder: Sendable {
    private let preTokenizer: PreTokenizer
    private let vocabulary: Vocabulary
    private let pairs: PairTable
    /// What the merge of each rank makes.
    private let mergedSymbol: [Int32]
    private let symbolOfByte: [Int32]

    /// Adds to `vocabulary` the strings that merges need and that are no token.
    init(_ metadata: GGUFMetadata, _ vocabulary: inout Vocabulary, _ preTokenizer: PreTokenizer) throws(InferenceError)
    {
        guard let merges = try metadata.optionalArray("tokenizer.ggml.merges", of: .string) else {
            throw InferenceError(
                .invalidMetadata, "\(metadata.source): there is no `tokenizer.ggml.merges`; convert the model again")
        }
        guard merges.count < 1 << 28 else {
            throw InferenceError(.invalidMetadata, "\(metadata.source): \(merges.count) merges are not supported")
        }
        var pairs = PairTable(expecting: merges.count)
        var mergedSymbol: [Int32] = []
        mergedSymbol.reserveCapacity(merges.count)
        symbolOfByte = (UInt8.min ... .max).map { vocabulary.pieces.number(of: [$0]) }
        // Merges mostly make one token after the other, in the order of their numbers.
        var previous: Int32 = 255
        var left: [UInt8] = []
        var right: [UInt8] = []
        merges.forEachString { raw in
            let text = UnsafeBufferPointer(
                start: raw.baseAddress?.assumingMemoryBound(to: UInt8.self), count: raw.count)
            left.removeAll(keepingCapacity: true)
            right.removeAll(keepingCapacity: true)
            var symbol: Int32 = -1
            // A merge that is not of two strings in the alphabet matches no text; it keeps its rank.
            if let space = text.dropFirst().firstIndex(of: 0x20),
                ByteAlphabet.decode(UnsafeBufferPointer(rebasing: text[..<space]), into: &left),
                ByteAlphabet.decode(UnsafeBufferPointer(rebasing: text[(space + 1)...]), into: &right), !right.isEmpty
            {
                let leftSymbol = vocabulary.pieces.number(of: left)
                let rightSymbol = vocabulary.pieces.number(of: right)
                symbol = vocabulary.pieces.number(of: left + right, hint: previous + 1)
                previous = symbol
                pairs.insert(leftSymbol, rightSymbol, rank: Int32(truncatingIfNeeded: mergedSymbol.count))
            }
            mergedSymbol.append(symbol)
        }
        self.vocabulary = vocabulary
        self.preTokenizer = preTokenizer
        self.pairs = pairs
        self.mergedSymbol = mergedSymbol
    }

    func encode(_ utf8: ArraySlice<UInt8>, into tokens: inout [Token]) {
        let text = ScalarText(utf8)
        var list = MergeList()
        var cache = WordCache(textBytes: text.bytes.count)
        tokens.reserveCapacity(tokens.count + text.count / 4)
        text.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for end in preTokenizer.wordEnds(in: text) {
                cache.tokens(of: text.offsets[start]..<text.offsets[end], in: bytes, appendingTo: &tokens) {
                    word, tokens in
                    encode(word: word, &list, into: &tokens)
                }
                start = end
            }
        }
    }

    private func encode(word: UnsafeBufferPointer<UInt8>, _ list: inout MergeList, into tokens: inout [Token]) {
        if preTokenizer.ignoresMerges, let token = vocabulary.token(piece: word) {
            tokens.append(token)
            return
        }
        list.removeAll()
        for byte in word { list.append(symbolOfByte[Int(byte)]) }
        list.merge { left, right in
            pairs.rank(left, right).map { rank in
                MergeList.Merge(priority: UInt32(bitPattern: rank), symbol: mergedSymbol[Int(rank)])
            }
        }
        for symbol in list.symbols { append(symbol, to: &tokens) }
    }

    /// A merge may make a string that is no token: its bytes stand for it then.
    private func append(_ symbol: Int32, to tokens: inout [Token]) {
        if symbol < vocabulary.count {
            tokens.append(symbol)
            return
        }
        for byte in vocabulary.pieces.strings[Int(symbol)] where symbolOfByte[Int(byte)] < vocabulary.count {
            tokens.append(symbolOfByte[Int(byte)])
        }
    }
}
