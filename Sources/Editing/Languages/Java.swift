extension LexicalRules {
    /// Java 21 (Java Language Specification, chapter 3).
    static let java = LexicalRules(
        keywords: """
            abstract assert break case catch class const continue default do else enum extends final finally for goto
            if implements import instanceof interface native new package private protected public return static
            strictfp switch synchronized throw throws transient try var volatile while yield
            """,
        valueKeywords: "true false null this super",
        typeKeywords: "boolean byte char double float int long short void",
        operators: """
            + - * / % << >> >>> & | ^ ~ < <= > >= == != = += -= *= /= %= <<= >>= >>>= &= |= ^= && || ! ++ -- -> :: ...
            """,
        strings: [
            StringRule(quote: "\"\"\"", spansLines: true),
            StringRule(quote: "\""),
            StringRule(quote: "'"),
        ])
}
