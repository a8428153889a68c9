/// A context-free grammar over bytes, compiled from GBNF.
///
/// Characters are spelled out in UTF-8, so that a token that ends in the middle of a character is nothing special.
/// `root` is where a text begins.
package struct Grammar: Sendable {
    /// One place in a rule's alternative.
    enum Symbol: Sendable, Hashable {
        case bytes(ByteSet)
        case rule(Int)
        case end
    }

    /// Every alternative of every rule, each closed by `.end`.
    let symbols: [Symbol]
    /// For each rule, where its alternatives begin in `symbols`.
    let rules: [[Int]]
    let root: Int

    /// - Throws: `.invalidGrammar` with line and column.
    package init(gbnf text: String) throws(InferenceError) {
        var parser = GrammarParser(text)
        var compiler = GrammarCompiler()
        self = try compiler.compile(parser.parse())
    }

    init(symbols: [Symbol], rules: [[Int]], root: Int) {
        self.symbols = symbols
        self.rules = rules
        self.root = root
    }
}

/// A set of bytes.
struct ByteSet: Sendable, Hashable {
    private var words = SIMD4<UInt64>.zero

    init(_ ranges: [ClosedRange<UInt8>]) {
        for range in ranges { for byte in range { words[Int(byte) >> 6] |= 1 << (UInt64(byte) & 63) } }
    }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte) >> 6] >> (UInt64(byte) & 63) & 1 == 1 }
}
