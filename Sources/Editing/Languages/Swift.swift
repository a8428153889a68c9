extension LexicalRules {
    /// Swift 6 (The Swift Programming Language, "Lexical Structure").
    static let swift = LexicalRules(
        keywords: """
            actor as associatedtype async await break case catch class continue default defer deinit do else enum
            extension fallthrough fileprivate final for func guard if import in indirect init inout internal is lazy let
            mutating nonisolated nonmutating open operator override package precedencegroup private protocol public
            repeat rethrows return some any static struct subscript switch throw throws try typealias unowned var weak
            where while yield
            """,
        valueKeywords: "true false nil self Self super",
        operators: """
            + - * / % << >> & | ^ ~ < <= > >= == != === !== = += -= *= /= %= <<= >>= &= |= ^= && || ! ?? ..< ... ->
            &+ &- &* &+= &-= &*= &<< &>> ~= ?.
            """,
        blockCommentsNest: true,
        strings: [
            StringRule(quote: "\"\"\"", spansLines: true, interpolation: "\\("),
            StringRule(quote: "\"", interpolation: "\\("),
        ],
        hasHashedRawStrings: true, numbersMayEndInPoint: false)
}
