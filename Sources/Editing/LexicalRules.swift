/// A language's lexical grammar as data: what `SourceLexer` needs to know to cut it into tokens.
package struct LexicalRules: Sendable {
    /// How a string literal is delimited.
    struct StringRule: Sendable {
        /// Letters that may stand before the opening quote, each combination spelt out, lower case.
        var prefixes: Set<String> = [""]
        var quote: String
        var spansLines = false
        /// Whether a backslash takes the next byte with it.
        var escapes = true
        /// What opens an expression inside the literal, such as `${`; nil where there is none.
        var interpolation: String?
    }

    let keywords: Set<String>
    /// Keywords that stand for a value, such as `self` and `nil`.
    let valueKeywords: Set<String>
    /// Keywords that name a type, such as `int`.
    let typeKeywords: Set<String>
    let lineComments: [[UInt8]]
    let blockComment: (open: [UInt8], close: [UInt8])?
    let blockCommentsNest: Bool
    /// In the order in which they are tried: longer quotes first.
    let strings: [StringRule]
    /// Whether `#"…"#` (Swift) and `r#"…"#` (Rust) delimit raw strings.
    let hasHashedRawStrings: Bool
    /// Whether `'a` without a closing quote is a lifetime or label.
    let hasLifetimes: Bool
    /// Whether `/…/` in operand position is a regular expression.
    let hasRegexLiterals: Bool
    /// Whether a line that begins with `#` belongs to a preprocessor.
    let hasDirectives: Bool
    /// Whether a number may end in a point, as in `1.`.
    let numbersMayEndInPoint: Bool
    /// Whether `<…>` may hold generic arguments.
    let hasGenerics: Bool
    /// Whether a backslash at a line's end continues it.
    let hasLineContinuations: Bool
    /// Operators by their first byte, longest first.
    let operators: [UInt8: [[UInt8]]]

    init(
        keywords: String, valueKeywords: String, typeKeywords: String = "", operators: String,
        lineComments: [String] = ["//"], blockComment: (String, String)? = ("/*", "*/"),
        blockCommentsNest: Bool = false,
        strings: [StringRule], hasHashedRawStrings: Bool = false, hasLifetimes: Bool = false,
        hasRegexLiterals: Bool = false, hasDirectives: Bool = false, numbersMayEndInPoint: Bool = true,
        hasGenerics: Bool = true, hasLineContinuations: Bool = false
    ) {
        func words(_ list: String) -> Set<String> {
            Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
        }
        self.valueKeywords = words(valueKeywords)
        self.typeKeywords = words(typeKeywords)
        self.keywords = words(keywords).union(self.valueKeywords).union(self.typeKeywords)
        self.lineComments = lineComments.map { Array($0.utf8) }
        self.blockComment = blockComment.map { (Array($0.0.utf8), Array($0.1.utf8)) }
        self.blockCommentsNest = blockCommentsNest
        self.strings = strings
        self.hasHashedRawStrings = hasHashedRawStrings
        self.hasLifetimes = hasLifetimes
        self.hasRegexLiterals = hasRegexLiterals
        self.hasDirectives = hasDirectives
        self.numbersMayEndInPoint = numbersMayEndInPoint
        self.hasGenerics = hasGenerics
        self.hasLineContinuations = hasLineContinuations
        var table: [UInt8: [[UInt8]]] = [:]
        for word in words(operators) {
            let bytes = Array(word.utf8)
            table[bytes[0], default: []].append(bytes)
        }
        self.operators = table.mapValues { $0.sorted { $0.count > $1.count } }
    }
}
