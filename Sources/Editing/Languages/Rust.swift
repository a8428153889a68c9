extension LexicalRules {
    /// Rust 2024 (The Rust Reference, "Lexical structure").
    static let rust = LexicalRules(
        keywords: """
            as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move
            mut pub ref return static struct super trait type union unsafe use where while yield
            """,
        valueKeywords: "true false self Self",
        typeKeywords: "bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64",
        operators: """
            + - * / % << >> & | ^ < <= > >= == != = += -= *= /= %= <<= >>= &= |= ^= && || ! .. ..= ... -> => ::
            """,
        blockCommentsNest: true,
        strings: [
            StringRule(prefixes: ["", "b", "c"], quote: "\"", spansLines: true),
            StringRule(prefixes: ["", "b"], quote: "'"),
        ],
        hasHashedRawStrings: true, hasLifetimes: true, numbersMayEndInPoint: false)
}
