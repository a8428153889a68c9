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
}
