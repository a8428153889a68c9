import Editing

/// What a function returns when it has nothing to return, by its declared type or by what it returns elsewhere.
enum EmptyResult {
    private enum Kind { case number, truth, text, list, map, optional, nothing, unknown }

    /// Likeliest first; the empty text stands for a bare `return`.
    static func values(of function: Int, in file: SourceFile) -> [String] {
        let kind = declaredKind(of: function, in: file) ?? observedKind(of: function, in: file)
        let words = words(of: file.language)
        switch kind {
        case .number: return ["0", "-1", "1"]
        case .truth: return [words.no, words.yes]
        case .text: return ["\"\""] + (isTyped(file.language) ? [] : [words.none])
        case .list: return [words.list] + (isTyped(file.language) ? [] : [words.none, "[[]]"])
        case .map: return [words.map] + (isTyped(file.language) ? [] : [words.none])
        case .optional: return [words.none]
        case .nothing: return [""]
        case .unknown: return [words.none, "0", words.list, words.no, "\"\"", words.yes, "-1"]
        }
    }

    private static func isTyped(_ language: SourceLanguage) -> Bool { language != .python && language != .javaScript }

    private static func words(
        of language: SourceLanguage
    ) -> (none: String, no: String, yes: String, list: String, map: String) {
        switch language {
        case .python: ("None", "False", "True", "[]", "{}")
        case .swift: ("nil", "false", "true", "[]", "[:]")
        case .c: ("NULL", "false", "true", "NULL", "NULL")
        case .javaScript: ("null", "false", "true", "[]", "{}")
        case .java: ("null", "false", "true", "List.of()", "Map.of()")
        case .rust: ("None", "false", "true", "Vec::new()", "Default::default()")
        case .go: ("nil", "false", "true", "nil", "nil")
        }
    }

    /// The kind that the function's header says.
    private static func declaredKind(of function: Int, in file: SourceFile) -> Kind? {
        let head = file.statements[function].head
        guard let open = head.first(where: { file.text[$0] == "(" }), let close = file.partner[open], close > open
        else {
            return nil
        }
        let type: Range<Int>
        switch file.language {
        case .swift, .rust, .python:
            guard let arrow = (close..<head.upperBound).first(where: { file.text[$0] == "->" }) else {
                return file.language == .python ? nil : .nothing
            }
            type = arrow + 1..<head.upperBound
        case .go:
            // A method's receiver stands in brackets of its own.
            var end = close
            if file.text[head.lowerBound + 1] == "(",
                let second = (close + 1..<head.upperBound).first(where: { file.text[$0] == "(" })
            {
                end = file.partner[second] ?? close
            }
            guard end + 1 < head.upperBound else { return .nothing }
            type = end + 1..<head.upperBound
        case .c, .java:
            guard open > head.lowerBound + 1 else { return nil }
            type = head.lowerBound..<(open - 1)
        case .javaScript:
            return nil
        }
        return kind(ofType: type, in: file)
    }

    private static func kind(ofType type: Range<Int>, in file: SourceFile) -> Kind {
        let words = type.map { file.text[$0] }
        guard let last = words.last else { return .nothing }
        if words.contains("*") || last == "?" || words.contains("Option") || words.contains("Optional")
            || words.contains("error")
        {
            return .optional
        }
        if words.contains("void") || words.contains("Void") { return .nothing }
        if words.contains("[") || words.contains("Vec") || words.contains("list") || words.contains("List") {
            return words.contains(":") || words.contains("map") ? .map : .list
        }
        if words.contains("dict") || words.contains("Map") || words.contains("HashMap") { return .map }
        if words.contains(where: { ["bool", "Bool", "boolean", "_Bool"].contains($0) }) { return .truth }
        if words.contains(where: { ["String", "string", "str"].contains($0) }) { return .text }
        let numbers = [
            "int", "long", "short", "float", "double", "size", "unsigned", "uint", "char", "byte", "usize", "u", "i",
            "f",
        ]
        let isNumber = words.contains { word in
            numbers.contains { word.lowercased().hasPrefix($0) && word.utf8.count <= $0.utf8.count + 4 }
                || word == "ptrdiff_t"
        }
        if isNumber { return .number }
        return file.language == .java ? .optional : .unknown
    }

    /// The kind that the function's other returns show.
    private static func observedKind(of function: Int, in file: SourceFile) -> Kind {
        for token in file.statements[function].extent where file.text[token] == "return" {
            guard let statement = file.statement(ofToken: token) else { continue }
            let value = token + 1..<file.statements[statement].head.upperBound
            guard let first = value.first else { continue }
            let bindings = value.compactMap { file.binding(of: $0) }
            if bindings.contains(.comparison) || bindings.contains(.and)
                || ["True", "False", "true", "false", "not"].contains(file.text[first])
            {
                return .truth
            }
            if file.text[first] == "[" { return .list }
            if file.text[first] == "{" { return .map }
            if file.code[first].kind == .string { return .text }
            if file.code[first].kind == .number || bindings.contains(where: { $0 >= .additive }) { return .number }
        }
        return .unknown
    }
}
