/// A function's lines as a model is shown them: what says nothing left out, the function's own indentation taken away.
///
/// Left out are blank lines, lines that hold comments alone, and Python's docstrings. The form is that of the prompt
/// `fettle-repair/1`, points 1 and 2, which is described where the repair model is trained.
package struct CodeRegion: Sendable {
    /// One line that is shown.
    package struct Line: Sendable, Hashable {
        /// In the file, 1-based.
        package let number: Int
        /// Without line break, white space at its end, and the region's indentation.
        package let text: String
    }

    /// In order; the first is the declaration's first line.
    package let lines: [Line]
    /// The white space that the declaration begins with; what is written for the region gets it back.
    package let indentation: String

    /// The innermost function that holds a line below its own first line; the whole file where there is none.
    ///
    /// - Parameter line: 1-based.
    package init(around line: Int, in file: SourceFile) {
        let extent = Self.extent(around: line, in: file)
        let indentation = file.indentation(ofLine: extent.lowerBound)
        let strings = file.linesOfLoneStrings
        var shown: [Line] = []
        for number in file.linesWithCode(in: extent) where !strings.contains(number) {
            shown.append(Line(number: number, text: Self.text(ofLine: number, in: file, without: indentation)))
        }
        lines = shown
        self.indentation = indentation
    }

    /// Lines of code that are to stand in a region, as they would be shown.
    ///
    /// - Parameter text: whole lines as they stand in the file, the region's indentation before them.
    package static func lines(
        ofText text: [UInt8], in file: SourceFile, indentedBy indentation: String
    ) -> [String] {
        let part = SourceFile(path: file.path, bytes: text, language: file.language)
        return part.linesWithCode(in: 1...part.lineCount).map {
            Self.text(ofLine: $0, in: part, without: indentation)
        }
    }

    /// The index in ``lines`` of a line of the file.
    package func index(ofLine number: Int) -> Int? {
        lines.firstIndex { $0.number == number }
    }

    /// 1-based lines, first to last.
    private static func extent(around line: Int, in file: SourceFile) -> ClosedRange<Int> {
        let whole = 1...file.lineCount
        let tokens = file.tokens(onLine: line)
        guard let first = tokens.first, let statement = file.statement(ofToken: first) else { return whole }
        for ancestor in file.ancestors(of: statement) where file.statements[ancestor].isFunction {
            let extent = file.statements[ancestor].extent
            let start = file.code[extent.lowerBound].line
            if start < line { return start...file.line(ofByte: file.code[extent.upperBound - 1].range.upperBound - 1) }
        }
        return whole
    }

    private static func text(ofLine number: Int, in file: SourceFile, without indentation: String) -> String {
        var text = file.text(ofBytes: file.bytes(ofLine: number))
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.hasPrefix(indentation) { return String(text.dropFirst(indentation.count)) }
        return String(text.drop { $0.isWhitespace })
    }
}

extension SourceFile {
    /// The lines of a range on which a token of `code` begins or goes on, in order.
    fileprivate func linesWithCode(in range: ClosedRange<Int>) -> [Int] {
        var result: [Int] = []
        var last = range.lowerBound - 1
        for token in code[tokens(onLine: range.lowerBound).lowerBound...] where token.line <= range.upperBound {
            let end = min(range.upperBound, line(ofByte: token.range.upperBound - 1))
            guard end > last else { continue }
            result += max(token.line, last + 1)...end
            last = end
        }
        return result
    }

    /// The lines of Python's strings that stand alone as a statement: docstrings.
    fileprivate var linesOfLoneStrings: Set<Int> {
        guard language == .python else { return [] }
        var result: Set<Int> = []
        for statement in statements where statement.head.count == 1 && statement.block == nil {
            let token = statement.head.lowerBound
            guard code[token].kind == .string else { continue }
            result.formUnion(code[token].line...line(ofByte: code[token].range.upperBound - 1))
        }
        return result
    }
}
