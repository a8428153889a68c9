/// A change as its reader sees it: the tokens of the base that go and those that come, white space and comments aside.
package struct NormalisedChange: Sendable, Hashable {
    /// Positions in the file's normal form.
    package let replaced: Range<Int>
    package let inserted: [String]

    /// How many tokens are taken away or put in.
    package var tokenCount: Int { max(replaced.count, inserted.count) }
    package var isEmpty: Bool { replaced.isEmpty && inserted.isEmpty }
}

/// A file's tokens in the form in which two texts are compared: no comments, no white space, but for languages with
/// indented blocks the indentation of each logical line.
package struct NormalForm: Sendable {
    private let file: SourceFile
    private let elements: [String]
    /// For each token of `code`, its first element, with one entry more than there are tokens.
    private let elementOfToken: [Int]

    package init(of file: SourceFile) {
        self.file = file
        (elements, elementOfToken) = Self.elements(of: file.code, bytes: file.bytes, language: file.language)
    }

    /// The elements of some tokens, and the first element of each token.
    private static func elements(
        of tokens: [Token], bytes: [UInt8], language: SourceLanguage
    ) -> (elements: [String], firstOfToken: [Int]) {
        var elements: [String] = []
        var starts: [Int] = []
        elements.reserveCapacity(tokens.count + tokens.count / 4)
        starts.reserveCapacity(tokens.count + 1)
        var depth = 0
        var end = 0
        for token in tokens where token.kind != .newline && token.kind != .comment {
            starts.append(elements.count)
            if language.indentsBlocks {
                if depth == 0, let indentation = indentation(of: token, after: end, bytes: bytes) {
                    elements.append(indentation)
                }
                if token.kind == .punctuation {
                    switch bytes[token.range.lowerBound] {
                    case .openRound, .openSquare, .openBrace: depth += 1
                    case .closeRound, .closeSquare, .closeBrace: depth = max(0, depth - 1)
                    default: break
                    }
                }
            }
            elements.append(String(decoding: bytes[token.range], as: UTF8.self))
            end = token.range.upperBound
        }
        starts.append(elements.count)
        return (elements, starts)
    }

    /// The white space that a token's line begins with, behind a line break; nil where the token does not begin a line
    /// or continues the one before.
    private static func indentation(of token: Token, after end: Int, bytes: [UInt8]) -> String? {
        var start = token.range.lowerBound
        while start > end, bytes[start - 1] == .space || bytes[start - 1] == .tab { start -= 1 }
        guard start == 0 || bytes[start - 1] == .lineFeed else { return nil }
        let isContinued = start >= 2 && bytes[start - 2] == .backslash && start - 2 >= end
        return isContinued ? nil : "\n" + String(decoding: bytes[start..<token.range.lowerBound], as: UTF8.self)
    }

    /// What `edits` change, in a form that is equal for two sets of edits that give the same text.
    ///
    /// Only the logical lines that the edits touch are read again, so the cost does not grow with the file.
    /// - Throws: `EditingError` when the edits overlap or reach beyond the file.
    package func change(by edits: [FileEdit]) throws(EditingError) -> NormalisedChange {
        guard let first = edits.map(\.range.lowerBound).min(), let last = edits.map(\.range.upperBound).max() else {
            return NormalisedChange(replaced: 0..<0, inserted: [])
        }
        guard first >= 0, last <= file.bytes.count else {
            throw EditingError(
                code: .editOutOfRange,
                message: "an edit reaches beyond \(file.path), which has \(file.bytes.count) bytes")
        }
        let window = lines(around: first..<last)
        let shifted = edits.map {
            FileEdit(
                path: $0.path,
                range: $0.range.lowerBound - window.bytes.lowerBound..<$0.range.upperBound - window.bytes.lowerBound,
                replacement: $0.replacement)
        }
        let text = try FileEdit.apply(shifted, to: Array(file.bytes[window.bytes]))
        let tokens = SourceLexer.tokens(of: text, language: file.language)
        let inserted = Self.elements(of: tokens, bytes: text, language: file.language).elements
        return trimmed(elementOfToken[window.tokens.lowerBound]..<elementOfToken[window.tokens.upperBound], inserted)
    }

    /// The whole lines around some bytes that begin and end between statements.
    private func lines(around range: Range<Int>) -> (bytes: Range<Int>, tokens: Range<Int>) {
        var firstLine = file.line(ofByte: range.lowerBound)
        var lastLine = file.line(ofByte: max(range.lowerBound, range.upperBound - 1))
        var tokens = file.tokens(onLine: firstLine).lowerBound..<file.tokens(onLine: lastLine).upperBound
        while true {
            var start = tokens.lowerBound
            var end = tokens.upperBound
            if start > 0, endsWithin(start - 1, line: firstLine) { start -= 1 }
            if file.language.indentsBlocks, start < file.code.count, let statement = file.statement(ofToken: start) {
                if start < file.statements[statement].head.upperBound {
                    start = min(start, file.statements[statement].head.lowerBound)
                }
            }
            if file.language.indentsBlocks, end > start, let statement = file.statement(ofToken: end - 1) {
                end = max(end, file.statements[statement].head.upperBound)
            }
            if start < tokens.lowerBound { firstLine = file.code[start].line }
            if end > start {
                lastLine = max(lastLine, file.line(ofByte: max(0, file.code[end - 1].range.upperBound - 1)))
            }
            let wider = file.tokens(onLine: firstLine).lowerBound..<max(end, file.tokens(onLine: lastLine).upperBound)
            if wider == tokens { break }
            tokens = wider
        }
        return (file.bytes(ofLine: firstLine).lowerBound..<file.bytes(ofLine: lastLine).upperBound, tokens)
    }

    private func endsWithin(_ token: Int, line: Int) -> Bool {
        file.code[token].range.upperBound > file.bytes(ofLine: line).lowerBound
    }

    /// Takes away what the base and the new text share before and after the change, beyond the window too.
    private func trimmed(_ window: Range<Int>, _ inserted: [String]) -> NormalisedChange {
        let tail = elements.count - window.upperBound
        let newCount = inserted.count + tail
        /// The new text from the window's start on.
        func new(_ index: Int) -> String {
            index < inserted.count ? inserted[index] : elements[window.upperBound + index - inserted.count]
        }
        let oldCount = elements.count - window.lowerBound
        var prefix = 0
        while prefix < min(newCount, oldCount), new(prefix) == elements[window.lowerBound + prefix] { prefix += 1 }
        if prefix == newCount, prefix == oldCount {
            return NormalisedChange(replaced: window.lowerBound..<window.lowerBound, inserted: [])
        }
        // Behind the window both texts are the same, so only what is left of the shorter one needs comparing.
        var suffix = min(tail, min(newCount, oldCount) - prefix)
        if suffix == tail {
            while suffix < min(newCount, oldCount) - prefix,
                new(newCount - 1 - suffix) == elements[elements.count - 1 - suffix]
            { suffix += 1 }
        }
        let from = window.lowerBound + prefix
        return NormalisedChange(
            replaced: from..<(elements.count - suffix), inserted: (prefix..<(newCount - suffix)).map(new))
    }
}
