import Editing

/// What the uses of a name in its function tell about its kind of value.
struct NameShape: Sendable {
    /// It is subscripted, counted or walked.
    var isIndexed = false
    var hasMembers = false
    /// It is calculated with, or compared in size.
    var isNumber = false
    var isDivisor = false

    /// The shapes of all variables in a range of tokens.
    static func all(in scope: Range<Int>, of file: SourceFile) -> [String: NameShape] {
        var shapes: [String: NameShape] = [:]
        for token in scope where file.code[token].kind == .identifier && file.role(of: token) == .variable {
            shapes[file.text[token], default: NameShape()].learn(fromUse: token, in: file)
        }
        return shapes
    }

    /// Whether one may stand for the other: what is only calculated with is no collection.
    func fits(_ other: NameShape) -> Bool {
        func isPlainNumber(_ shape: NameShape) -> Bool { shape.isNumber && !shape.isIndexed }
        func isPlainCollection(_ shape: NameShape) -> Bool { shape.isIndexed && !shape.isNumber }
        return !(isPlainNumber(self) && isPlainCollection(other) || isPlainCollection(self) && isPlainNumber(other))
    }

    private static let collectionMembers: Set<String> = [
        "count", "length", "size", "isEmpty", "append", "extend", "len", "first", "push", "add", "last", "keys",
        "items",
        "sort", "insert", "pop", "remove",
    ]

    private mutating func learn(fromUse token: Int, in file: SourceFile) {
        let next = token + 1 < file.code.count ? file.text[token + 1] : ""
        let before = token > 0 ? file.text[token - 1] : ""
        if next == "[" { isIndexed = true }
        if file.isMemberAccess(token + 1) {
            hasMembers = true
            if token + 2 < file.code.count, Self.collectionMembers.contains(file.text[token + 2]) { isIndexed = true }
        }
        // An index, as far as the brackets tell: keys of maps look the same.
        if before == "[", next == "]" || next == ":", token > 1, file.endsOperand(token - 2) { isNumber = true }
        if before == "(", token > 1,
            ["len", "sum", "sorted", "enumerate", "strlen", "join"].contains(file.text[token - 2])
        {
            isIndexed = true
        }
        if before == "in" || before == "range" || before == "of", next != "(", next != "..<", next != "..." {
            isIndexed = true
        }
        if ["/", "%", "//"].contains(before) {
            isDivisor = true
            isNumber = true
        }
        if let binding = file.binding(of: token + 1), binding >= .additive { isNumber = true }
        if ["+=", "-=", "*=", "++", "--", "<", "<=", ">", ">=", "..<", "..."].contains(next) { isNumber = true }
        if ["+", "-", "*", "<", "<=", ">", ">=", "..<", "..."].contains(before), file.binding(of: token - 1) != nil {
            isNumber = true
        }
    }
}
