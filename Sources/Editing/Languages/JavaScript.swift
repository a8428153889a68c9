extension LexicalRules {
    /// ECMAScript 2024 with TypeScript's reserved words; regular expressions are told from divisions by position.
    static let javaScript = LexicalRules(
        keywords: """
            async await break case catch class const continue debugger default delete do else enum export extends
            finally for function if implements import in instanceof interface let new of package private protected
            public readonly return static switch throw try typeof var void while with yield
            """,
        valueKeywords: "true false null undefined this super NaN Infinity",
        operators: """
            + - * / % ** << >> >>> & | ^ ~ < <= > >= == != === !== = += -= *= /= %= **= <<= >>= >>>= &= |= ^= && || ??
            &&= ||= ??= ! ++ -- => ... ?.
            """,
        strings: [
            StringRule(quote: "`", spansLines: true, interpolation: "${"),
            StringRule(quote: "\""),
            StringRule(quote: "'"),
        ],
        hasRegexLiterals: true)
}
