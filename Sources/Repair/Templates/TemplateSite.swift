package import Editing

/// A line that an operator looks at, with what it needs to know about its surroundings.
package struct TemplateSite: Sendable {
    package let file: SourceFile
    /// 1-based.
    package let line: Int
    /// The code tokens that begin on the line.
    package let tokens: Range<Int>
    /// The statement that holds the line's first token.
    let statement: Int?
    /// The variables of the enclosing function in the order of their first use, then the fields around it.
    let variables: [ScopedName]
    /// What their uses tell about those variables.
    let shapes: [String: NameShape]
    /// What the user's words about the fault name.
    let named: NamedLiterals

    package init(file: SourceFile, line: Int, named: NamedLiterals = NamedLiterals(in: "")) {
        self.file = file
        self.line = line
        self.named = named
        tokens = file.tokens(onLine: line)
        statement = tokens.isEmpty ? nil : file.statement(ofToken: tokens.lowerBound)
        guard let first = tokens.first else {
            (variables, shapes) = ([], [:])
            return
        }
        let local = file.variables(around: first)
        let fields = file.fields(around: first).filter { field in !local.contains { $0.name == field.name } }
        variables = local + fields
        shapes = NameShape.all(in: file.scope(ofToken: first), of: file)
    }

    var language: SourceLanguage { file.language }

    func shape(of name: String) -> NameShape { shapes[name] ?? NameShape() }

    func text(_ token: Int) -> String { file.text.indices.contains(token) ? file.text[token] : "" }

    func text(_ tokens: Range<Int>) -> String { file.text(of: tokens) }

    /// The statements that begin on the line.
    var statementsHere: [Int] {
        var found: [Int] = []
        for token in tokens {
            guard let statement = file.statement(ofToken: token),
                file.statements[statement].head.lowerBound == token
            else { continue }
            found.append(statement)
        }
        return found
    }

    /// The line's simple expressions: the widest postfix chain that begins at each operand.
    var operands: [Range<Int>] { file.operands(in: tokens) }
}

extension SourceFile {
    /// The widest postfix chain that begins at each operand among some tokens.
    func operands(in tokens: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for token in tokens where isOperand(token) && !(token > 0 && isMemberAccess(token - 1)) {
            guard role(of: token) != .label, role(of: token) != .other || code[token].kind != .identifier,
                let range = primary(startingAt: token)
            else { continue }
            result.append(range)
        }
        return result
    }
}

// MARK: - Edits

extension TemplateSite {
    /// Replaces some tokens.
    func replacing(_ tokens: Range<Int>, with replacement: String, weight: Double = 1) -> TemplateEdit {
        let range = file.bytes(of: tokens)
        return TemplateEdit(
            edits: [FileEdit(path: file.path, range: range, replacement: replacement)],
            summary: "\(Self.quoted(file.text(ofBytes: range))) → \(Self.quoted(replacement))", weight: weight)
    }

    /// Replaces one token.
    func replacing(_ token: Int, with replacement: String, weight: Double = 1) -> TemplateEdit {
        replacing(token..<(token + 1), with: replacement, weight: weight)
    }

    /// Takes away some tokens and the white space before them.
    func removing(_ tokens: Range<Int>, weight: Double = 1) -> TemplateEdit {
        var range = file.bytes(of: tokens)
        let floor = tokens.lowerBound > 0 ? file.code[tokens.lowerBound - 1].range.upperBound : 0
        var start = range.lowerBound
        while start > floor, file.bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
        range = start..<range.upperBound
        return TemplateEdit(
            edits: [FileEdit(path: file.path, range: range, replacement: "")],
            summary: "\(Self.quoted(text(tokens))) removed", weight: weight)
    }

    /// Puts text directly behind a token.
    func inserting(_ text: String, after token: Int, weight: Double = 1) -> TemplateEdit {
        inserting(text, atByte: file.code[token].range.upperBound, weight: weight)
    }

    /// Puts text directly before a token.
    func inserting(_ text: String, before token: Int, weight: Double = 1) -> TemplateEdit {
        inserting(text, atByte: file.code[token].range.lowerBound, weight: weight)
    }

    private func inserting(_ text: String, atByte offset: Int, weight: Double) -> TemplateEdit {
        TemplateEdit(
            edits: [FileEdit(path: file.path, range: offset..<offset, replacement: text)],
            summary: "\(Self.quoted(text)) inserted", weight: weight)
    }

    /// Exchanges two stretches of tokens.
    func exchanging(_ first: Range<Int>, _ second: Range<Int>, weight: Double = 1) -> TemplateEdit {
        TemplateEdit(
            edits: [
                FileEdit(path: file.path, range: file.bytes(of: first), replacement: text(second)),
                FileEdit(path: file.path, range: file.bytes(of: second), replacement: text(first)),
            ],
            summary: "\(Self.quoted(text(first))) ↔ \(Self.quoted(text(second)))", weight: weight)
    }

    /// Puts lines before a statement that begins its line, indented as it is.
    func insertingLines(_ lines: [String], before statement: Int, weight: Double = 1) -> TemplateEdit? {
        guard beginsLine(statement), !file.statements[statement].isBareBody else { return nil }
        let line = file.code[file.statements[statement].head.lowerBound].line
        return insertingLines(
            lines, atByte: file.bytes(ofLine: line).lowerBound, indentation: file.indentation(ofLine: line),
            weight: weight)
    }

    /// Puts lines after a statement and its block, indented as it is.
    func insertingLines(_ lines: [String], after statement: Int, weight: Double = 1) -> TemplateEdit? {
        let extent = file.statements[statement].extent
        guard beginsLine(statement), !file.statements[statement].isBareBody, endsLine(extent) else { return nil }
        let line = file.code[extent.lowerBound].line
        return insertingLines(
            lines, atByte: endOfLine(extent), indentation: file.indentation(ofLine: line), weight: weight)
    }

    func insertingLines(_ lines: [String], atByte offset: Int, indentation: String, weight: Double) -> TemplateEdit {
        let needsBreak = offset > 0 && file.bytes[offset - 1] != UInt8(ascii: "\n")
        let text = (needsBreak ? file.lineBreak : "") + lines.map { indentation + $0 + file.lineBreak }.joined()
        return TemplateEdit(
            edits: [FileEdit(path: file.path, range: offset..<offset, replacement: text)],
            summary: "\(Self.quoted(lines.joined(separator: " "))) inserted", weight: weight)
    }

    /// Whether nothing stands before a statement on its line.
    func beginsLine(_ statement: Int) -> Bool {
        let token = file.statements[statement].head.lowerBound
        return file.tokens(onLine: file.code[token].line).lowerBound == token
    }

    /// Whether nothing but a comment stands after some tokens on their last line.
    func endsLine(_ tokens: Range<Int>) -> Bool {
        tokens.upperBound >= file.code.count
            || file.line(ofByte: file.code[tokens.upperBound - 1].range.upperBound - 1)
                < file.code[tokens.upperBound].line
    }

    /// The byte after the line break of the line on which some tokens end.
    func endOfLine(_ tokens: Range<Int>) -> Int {
        file.bytes(ofLine: file.line(ofByte: file.code[tokens.upperBound - 1].range.upperBound - 1)).upperBound
    }

    /// The bytes of the whole lines that a statement with its block takes.
    func wholeLines(of statement: Int) -> Range<Int>? {
        let extent = file.statements[statement].extent
        guard beginsLine(statement), endsLine(extent) else { return nil }
        return file.bytes(ofLine: file.code[extent.lowerBound].line).lowerBound..<endOfLine(extent)
    }

    /// Text on one line for people, shortened where it is long.
    static func quoted(_ text: String) -> String {
        var line: [UInt8] = []
        var follows = false
        for byte in text.utf8 {
            guard byte > UInt8(ascii: " ") else {
                follows = !line.isEmpty
                continue
            }
            if follows { line.append(UInt8(ascii: " ")) }
            follows = false
            line.append(byte)
        }
        guard line.count > 60 else { return "`\(String(decoding: line, as: UTF8.self))`" }
        return "`\(String(decoding: line, as: UTF8.self).prefix(57))…`"
    }
}
