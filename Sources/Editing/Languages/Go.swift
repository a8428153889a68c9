extension LexicalRules {
    /// Go 1.22 (The Go Programming Language Specification, "Lexical elements").
    static let go = LexicalRules(
        keywords: """
            break case chan const continue default defer else fallthrough for func go goto if import interface map
            package range return select struct switch type var
            """,
        valueKeywords: "true false nil iota",
        typeKeywords: """
            bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8
            uint16 uint32 uint64 uintptr any
            """,
        operators: """
            + - * / % << >> & | ^ &^ < <= > >= == != = := += -= *= /= %= <<= >>= &= |= ^= &^= && || ! ++ -- <- ...
            """,
        strings: [
            StringRule(quote: "`", spansLines: true, escapes: false),
            StringRule(quote: "\""),
            StringRule(quote: "'"),
        ],
        hasGenerics: false)
}
