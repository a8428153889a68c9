/// One lexical unit of a source file.
package struct Token: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, Hashable {
        case identifier
        case keyword
        case number
        /// A string, character, template or regular-expression literal, delimiters and interpolations included.
        case string
        case `operator`
        /// Brackets, separators, and the angle brackets of generic arguments.
        case punctuation
        case newline
        case comment
        /// A preprocessor line, or the `#define` that begins one.
        case directive
        /// Bytes that begin no token of the language.
        case unknown
    }

    package var kind: Kind
    /// UTF-8 byte offsets in the file.
    package var range: Range<Int>
    /// The 1-based line on which the token begins.
    package var line: Int
}
