import Editing

/// How each language writes the small things that operators put in.
struct Dialect {
    let language: SourceLanguage
    /// One step of indentation.
    let unit: String

    init(of file: SourceFile) {
        language = file.language
        unit = file.indentationUnit
    }

    var and: String { language == .python ? "and" : "&&" }
    var or: String { language == .python ? "or" : "||" }
    var terminator: String { language.requiresSemicolons || language == .javaScript ? ";" : "" }

    func negated(_ condition: String, isSimple: Bool) -> String {
        let inner = isSimple ? condition : "(\(condition))"
        return language == .python ? "not \(inner)" : "!\(inner)"
    }

    /// A statement that does `action` where `condition` holds, as lines.
    func lines(if condition: String, _ action: String) -> [String] {
        switch language {
        case .python: ["if \(condition):", unit + action]
        case .swift: ["if \(condition) { \(action) }"]
        case .rust: ["if \(condition) { \(action); }"]
        case .go: ["if \(condition) {", unit + action, "}"]
        case .c, .java, .javaScript: ["if (\(condition)) \(action);"]
        }
    }

    /// Whether an operand is nothing, or is something.
    func isNothing(_ operand: String, _ holds: Bool = true) -> String {
        switch language {
        case .python: "\(operand) is \(holds ? "" : "not ")None"
        case .swift, .go: "\(operand) \(holds ? "==" : "!=") nil"
        case .c: "\(operand) \(holds ? "==" : "!=") NULL"
        case .java: "\(operand) \(holds ? "==" : "!=") null"
        case .javaScript: "\(operand) \(holds ? "==" : "!=") null"
        case .rust: "\(operand).is_\(holds ? "none" : "some")()"
        }
    }

    /// Whether a collection is empty; nil where the language has no word for it.
    func isEmpty(_ operand: String) -> String? {
        switch language {
        case .python: "not \(operand)"
        case .swift: "\(operand).isEmpty"
        case .c: nil
        case .java: "\(operand).isEmpty()"
        case .javaScript: "\(operand).length === 0"
        case .rust: "\(operand).is_empty()"
        case .go: "len(\(operand)) == 0"
        }
    }

    func isZero(_ operand: String) -> String { "\(operand) \(language == .javaScript ? "===" : "==") 0" }

    /// A collection's number of elements.
    func count(of operand: String) -> String? {
        switch language {
        case .python, .go: "len(\(operand))"
        case .swift: "\(operand).count"
        case .javaScript: "\(operand).length"
        case .java: "\(operand).size()"
        case .rust: "\(operand).len()"
        case .c: nil
        }
    }

    /// What a function returns when there is nothing to return, likeliest first.
    var emptyResults: [String] {
        switch language {
        case .python: ["None", "0", "[]", "False", "\"\"", "True", "{}"]
        case .swift: ["nil", "0", "[]", "false", "\"\"", "true", "[:]"]
        case .c: ["0", "NULL", "-1", "false", "1", "true"]
        case .javaScript: ["null", "0", "[]", "false", "\"\"", "true", "undefined"]
        case .java: ["null", "0", "false", "-1", "\"\"", "true"]
        case .rust: ["None", "0", "false", "true", "vec![]"]
        case .go: ["nil", "0", "false", "\"\"", "true", "-1"]
        }
    }
}

/// What the uses of a name in its function tell about its kind of value.
struct NameShape {
    var isIndexed = false
    var hasMembers = false
    var isNumber = false
    var isDivisor = false

    init(of name: String, in file: SourceFile, scope: Range<Int>) {
        for token in scope where file.text[token] == name && file.role(of: token) == .variable {
            let next = token + 1 < file.code.count ? file.text[token + 1] : ""
            let before = token > 0 ? file.text[token - 1] : ""
            if next == "[" { isIndexed = true }
            if file.isMemberAccess(token + 1) {
                hasMembers = true
                let member = token + 2 < file.code.count ? file.text[token + 2] : ""
                if ["count", "length", "size", "isEmpty", "append", "len", "first", "push", "add", "last"].contains(
                    member)
                {
                    isIndexed = true
                }
            }
            if before == "(", token > 1, file.text[token - 2] == "len" { isIndexed = true }
            if before == "in" || before == "range" || before == "of" {
                isIndexed = isIndexed || next != "(" && next != "..<"
            }
            if ["/", "%", "//"].contains(before) {
                isDivisor = true
                isNumber = true
            }
            if let binding = file.binding(of: token + 1), binding >= .additive { isNumber = true }
            if ["+=", "-=", "*="].contains(next) || ["+", "-", "*", "<", "<=", ">", ">="].contains(before) {
                isNumber = true
            }
        }
    }
}
