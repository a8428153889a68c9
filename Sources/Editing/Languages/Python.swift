extension LexicalRules {
    /// Python 3 (the language reference, chapter 2).
    static let python = LexicalRules(
        keywords: """
            and as assert async await break class continue def del elif else except finally for from global if import
            in is lambda nonlocal not or pass raise return try while with yield
            """,
        valueKeywords: "True False None",
        operators: "+ - * / // % ** @ << >> & | ^ ~ < <= > >= == != = += -= *= /= //= %= **= @= <<= >>= &= |= ^= := ->",
        lineComments: ["#"], blockComment: nil,
        strings: [
            StringRule(prefixes: pythonPrefixes, quote: "\"\"\"", spansLines: true),
            StringRule(prefixes: pythonPrefixes, quote: "'''", spansLines: true),
            StringRule(prefixes: pythonPrefixes, quote: "\""),
            StringRule(prefixes: pythonPrefixes, quote: "'"),
        ],
        hasGenerics: false, hasLineContinuations: true)

    private static let pythonPrefixes: Set<String> = [
        "", "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt",
    ]
}
