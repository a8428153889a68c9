/// What an identifier stands for where it is written, as far as its neighbours tell.
package enum IdentifierRole: Sendable {
    case variable
    /// A free function or constructor that is called.
    case callee
    /// What follows a receiver and is not called.
    case attribute
    /// What follows a receiver and is called.
    case method
    /// An argument's or field's label.
    case label
    /// A type, the name of a declaration, an import.
    case other
}

/// A name in scope with how often it is used there.
package struct ScopedName: Sendable, Hashable {
    package let name: String
    package let uses: Int
    /// The first token of `code` in the scope that spells it.
    package let firstUse: Int
}

extension SourceFile {
    /// What an identifier stands for.
    package func role(of token: Int) -> IdentifierRole {
        guard code.indices.contains(token), code[token].kind == .identifier else { return .other }
        let next = token + 1 < code.count ? text[token + 1] : ""
        if token > 0, isMemberAccess(token - 1) {
            if language != .c, text[token - 1] == "::" { return next == "(" ? .callee : .other }
            return next == "(" ? .method : .attribute
        }
        let before = token > 0 ? text[token - 1] : ""
        if Self.declarators.contains(before) { return .other }
        if isLabel(token, before: before, next: next) { return .label }
        if isTypePosition(token, before: before) { return .other }
        if next == "(" { return .callee }
        if next == "!" && language == .rust && token + 2 < code.count && "([{".contains(text[token + 2]) {
            return .other
        }
        if code.indices.contains(token + 1), code[token + 1].kind == .identifier,
            code[token + 1].line == code[token].line,
            language != .swift, language != .python
        {
            return .other
        }
        return .variable
    }

    private static let declarators: Set<String> = [
        "def", "class", "func", "fn", "function", "struct", "enum", "protocol", "interface", "trait", "impl", "import",
        "from", "package", "new", "extension", "typealias", "namespace", "use", "mod", "goto", "actor", "@", "#",
        "union", "type", "as", "extends", "implements", "typedef",
    ]

    private func isLabel(_ token: Int, before: String, next: String) -> Bool {
        guard before == "(" || before == "," || before == "{" else { return false }
        switch language {
        case .python: return next == "=" && before != "{"
        case .swift, .javaScript, .rust, .go:
            return next == ":" && partner[token - 1] != nil || next == ":" && before == ","
        case .c, .java: return false
        }
    }

    private func isTypePosition(_ token: Int, before: String) -> Bool {
        switch language {
        case .swift, .rust:
            if before == "->" { return true }
            return before == ":" && text[token].first?.isUppercase == true
        case .python: return before == "->"
        case .c, .java:
            // `Node *p`, `Node p`: a type before its declarator.
            guard token + 1 < code.count else { return false }
            return text[token + 1] == "*" && binding(of: token + 1) == nil
        case .javaScript, .go: return false
        }
    }

    /// The tokens in which the names around a token are looked for: its function, or the whole file.
    package func scope(ofToken token: Int) -> Range<Int> {
        guard let statement = statement(ofToken: token), let function = function(enclosing: statement) else {
            return 0..<code.count
        }
        return statements[function].extent
    }

    /// The names that play one of `roles` in a range of tokens, in the order of their first use.
    package func names(in range: Range<Int>, roles: Set<IdentifierRole>) -> [ScopedName] {
        var uses: [String: (count: Int, first: Int)] = [:]
        for token in range where code[token].kind == .identifier && roles.contains(role(of: token)) {
            uses[text[token], default: (0, token)].count += 1
        }
        return uses.map { ScopedName(name: $0.key, uses: $0.value.count, firstUse: $0.value.first) }
            .sorted { $0.firstUse < $1.firstUse }
    }

    /// The variables, parameters and constants in the function around a token, in the order of their first use.
    package func variables(around token: Int) -> [ScopedName] {
        names(in: scope(ofToken: token), roles: [.variable])
    }

    /// The fields of the type around a token's function, or the variables of the file where there is no type.
    package func fields(around token: Int) -> [ScopedName] {
        guard let statement = statement(ofToken: token), let function = function(enclosing: statement) else {
            return []
        }
        let owner = statements[function].parent
        if let owner, language == .python || statements[owner].isFunction { return [] }
        let members = owner.map(children(of:)) ?? statements.indices.filter { statements[$0].parent == nil }
        return members.flatMap { member -> [ScopedName] in
            guard !statements[member].isFunction else { return [] }
            return statements[member].head.compactMap { token in
                guard code[token].kind == .identifier, role(of: token) != .attribute, declaresField(token) else {
                    return nil
                }
                return ScopedName(name: text[token], uses: 1, firstUse: token)
            }
        }
    }

    private func declaresField(_ token: Int) -> Bool {
        let next = token + 1 < code.count ? text[token + 1] : ""
        switch language {
        case .swift, .javaScript, .rust, .go:
            return token > 0 && ["let", "var", "const", "static"].contains(text[token - 1])
        case .c, .java:
            return (isDeclaration(token) || token > 0 && text[token - 1] == ",") && [";", "=", ",", "["].contains(next)
        case .python: return next == "="
        }
    }

    /// The members that the file reads or calls after a receiver, in the order of their first use.
    package func members(ofReceiver receiver: String, roles: Set<IdentifierRole>) -> [ScopedName] {
        var uses: [String: (count: Int, first: Int)] = [:]
        for token in code.indices.dropFirst(2)
        where text[token - 2] == receiver && isMemberAccess(token - 1) && roles.contains(role(of: token)) {
            uses[text[token], default: (0, token)].count += 1
        }
        return uses.map { ScopedName(name: $0.key, uses: $0.value.count, firstUse: $0.value.first) }
            .sorted { $0.firstUse < $1.firstUse }
    }
}

// MARK: - Declarations

extension SourceFile {
    /// Whether a name is declared where it stands: a definition, a parameter, a typed or `let` variable.
    package func isDeclaration(_ token: Int) -> Bool {
        guard token > 0, code.indices.contains(token), code[token].kind == .identifier else { return false }
        if Self.declarators.contains(text[token - 1]) || ["let", "var", "const", "for"].contains(text[token - 1]) {
            return true
        }
        guard let statement = statement(ofToken: token) else { return false }
        if statements[statement].isFunction, statements[statement].head.contains(token) { return true }
        switch language {
        case .c, .java:
            return code[token - 1].kind == .identifier || language.rules.typeKeywords.contains(text[token - 1])
                || text[token - 1] == "*" && binding(of: token - 1) == nil && token > 1
                    && (code[token - 2].kind == .identifier || language.rules.typeKeywords.contains(text[token - 2]))
        case .rust: return text[token - 1] == "mut"
        case .python, .swift, .javaScript, .go: return false
        }
    }
}
