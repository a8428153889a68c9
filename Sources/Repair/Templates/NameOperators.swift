import Editing

// Operators that put another name of the scope in a name's place.

extension TemplateOperator {
    /// `return width` → `return height`: the wrong variable of those in scope (variable misuse).
    static let variable = TemplateOperator(
        "variable", prior: 14,
        examples: [
            .init(
                .python, "def f(items, limit):\n    for item in items:\n        g(items)\n",
                "def f(items, limit):\n    for item in items:\n        g(item)\n")
        ]
    ) { site in
        let names = swappableVariables(at: site)
        return site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.file.role(of: token) == .variable, !isReceiverOfSelf(site, token) else { return [] }
            let own = site.text(token)
            let isTarget = isAssigned(site, token)
            return names.filter { $0.name != own }
                .map { (name: $0, weight: likelihood(of: $0, insteadOf: own, at: token, in: site)) }
                .sorted { ($0.weight, $1.name.firstUse) > ($1.weight, $0.name.firstUse) }
                .prefix(14)
                .flatMap { other -> [TemplateEdit] in
                    let weight = other.weight * (isTarget ? 0.3 : 1)
                    let edit = site.replacing(token, with: other.name.name, weight: weight)
                    // `*b = *a` → `*b = saved`: a plain name instead of what a pointer points at.
                    guard token > site.tokens.lowerBound, site.language == .c, site.text(token - 1) == "*",
                        site.file.binding(of: token - 1) == nil, !isTarget
                    else { return [edit] }
                    return [edit, site.replacing(token - 1..<(token + 1), with: other.name.name, weight: weight)]
                }
        }
    }

    /// `self.width * self.width` → `self.width * self.height`: the wrong attribute of the same receiver.
    static let attribute = TemplateOperator(
        "attribute", prior: 7,
        examples: [
            .init(
                .python, "a = self.width * self.width\nb = self.height\n",
                "a = self.width * self.height\nb = self.height\n"),
            .init(.c, "s->head = s->head->next; s->tail = 0;", "s->tail = s->head->next; s->tail = 0;"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            guard token >= 2, site.file.role(of: token) == .attribute else { return [] }
            let own = site.text(token)
            let isTarget = isAssigned(site, token)
            var weights: [String: Double] = [:]
            for other in ConfusableNames.names[own] ?? [] { weights[other] = 0.08 }
            for other in site.file.members(ofReceiver: site.text(token - 2), roles: [.attribute]) {
                weights[other.name] = 1 + weights[other.name, default: 0] * 20 + Similarity.of(other.name, own)
            }
            for other in site.file.names(in: site.file.scope(ofToken: token), roles: [.attribute]) {
                weights[other.name] = max(weights[other.name] ?? 0, 0.5)
            }
            weights[own] = nil
            return ranked(weights).prefix(12).map {
                site.replacing(token, with: $0.name, weight: $0.weight * (isTarget ? 0.5 : 1))
            }
        }
    }

    /// `xs.append(ys)` → `xs.extend(ys)`, `min(a, b)` → `max(a, b)`: the wrong one of a family.
    static let callFamily = TemplateOperator(
        "call-family", prior: 8,
        examples: [
            .init(.python, "out.append(chunk)\n", "out.extend(chunk)\n"),
            .init(.swift, "let a = min(b, c)", "let a = max(b, c)"),
            .init(.c, "if (strcmp(a, b)) f();", "if (strncmp(a, b)) f();"),
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            let role = site.file.code[token].kind == .keyword ? .other : site.file.role(of: token)
            guard [.callee, .method, .attribute].contains(role) || followsTrailingClosure(site, token) else {
                return []
            }
            return ConfusableNames.calls(insteadOf: site.text(token), in: site.language).enumerated().map {
                rank, other in
                site.replacing(token, with: other, weight: 1 / Double(rank + 1))
            }
        }
    }

    /// `self.load()` → `self.save()`, `area(x)` → `perimeter(x)`: another call that the file makes or defines.
    static let callInFile = TemplateOperator(
        "call-in-file", prior: 4,
        examples: [
            .init(
                .python, "def area(x):\n    pass\ndef edge(x):\n    pass\na = area(b)\n",
                "def area(x):\n    pass\ndef edge(x):\n    pass\na = edge(b)\n")
        ]
    ) { site in
        var defined: [String]?
        return site.tokens.flatMap { token -> [TemplateEdit] in
            let role = site.file.role(of: token)
            guard role == .callee || role == .method, !site.file.isDeclaration(token) else { return [] }
            let own = site.text(token)
            var weights: [String: Double] = [:]
            if role == .method {
                for other in site.file.members(ofReceiver: site.text(token - 2), roles: [.method]) {
                    weights[other.name] = 1 + Similarity.of(other.name, own)
                }
            } else {
                let names = defined ?? site.file.definedFunctions
                defined = names
                for other in names where isType(other) == isType(own) {
                    weights[other] = 0.5 + Similarity.of(other, own) * 2
                }
            }
            weights[own] = nil
            return ranked(weights).prefix(8).map { site.replacing(token, with: $0.name, weight: $0.weight) }
        }
    }

    /// `totl += 1` → `total += 1`: a name that stands nowhere else becomes the nearest one that does.
    static let undefinedName = TemplateOperator(
        "undefined-name", prior: 6,
        examples: [
            .init(
                .swift, "func f(total: Int) -> Int { let a = total\nreturn totl + a }",
                "func f(total: Int) -> Int { let a = total\nreturn total + a }")
        ]
    ) { site in
        site.tokens.flatMap { token -> [TemplateEdit] in
            let own = site.text(token)
            guard site.file.code[token].kind == .identifier, own.utf8.count > 2, !site.file.isDeclaration(token),
                !site.file.text.indices.contains(where: { $0 != token && site.file.text[$0] == own })
            else { return [] }
            var weights: [String: Double] = [:]
            for index in site.file.code.indices where site.file.code[index].kind == .identifier {
                let other = site.file.text[index]
                guard weights[other] == nil, other != own else { continue }
                let likeness = Similarity.of(other, own)
                if likeness >= 0.6 { weights[other] = likeness }
            }
            return ranked(weights).prefix(4).map { site.replacing(token, with: $0.name, weight: $0.weight) }
        }
    }

    /// `count += 1` → `self.count += 1` and back.
    static let missingReceiver = TemplateOperator(
        "missing-receiver", prior: 2.5, languages: [.python, .swift, .javaScript, .java],
        examples: [
            .init(
                .python, "def f(self, n):\n    self.n = n\n    return n\n",
                "def f(self, n):\n    self.n = n\n    return self.n\n")
        ]
    ) { site in
        let receiver = site.language == .python || site.language == .swift ? "self" : "this"
        let members = Set(site.file.members(ofReceiver: receiver, roles: [.attribute, .method]).map(\.name))
        return site.tokens.flatMap { token -> [TemplateEdit] in
            if site.text(token) == receiver, site.text(token + 1) == "." {
                return [site.replacing(token..<(token + 2), with: "", weight: 0.5)]
            }
            guard [.variable, .callee].contains(site.file.role(of: token)), members.contains(site.text(token)),
                !site.file.isDeclaration(token)
            else { return [] }
            return [site.inserting(receiver + ".", before: token)]
        }
    }

    /// `except KeyError` → `except IndexError`.
    static let errorType = TokenReplacementOperator(
        name: "error-type", prior: 2, table: ConfusableNames.errors,
        examples: [.init(.python, "raise KeyError(x)\n", "raise IndexError(x)\n")]
    ).templateOperator

    /// `f(a, start=1)` → `f(a, stop=1)`: a keyword argument's name.
    static let argumentLabel = TemplateOperator(
        "argument-label", prior: 2, languages: [.python, .swift, .javaScript],
        examples: [
            .init(
                .python, "def f(low=0, high=1):\n    pass\nf(low=3)\n", "def f(low=0, high=1):\n    pass\nf(high=3)\n")
        ]
    ) { site in
        guard site.tokens.contains(where: { site.file.role(of: $0) == .label }) else { return [] }
        let labels = site.file.names(in: 0..<site.file.code.count, roles: [.label])
        return site.tokens.flatMap { token -> [TemplateEdit] in
            guard site.file.role(of: token) == .label else { return [] }
            let own = site.text(token)
            let others = (ConfusableNames.names[own] ?? []) + labels.map(\.name)
            return others.filter { $0 != own }.prefix(8).map { site.replacing(token, with: $0) }
        }
    }
}

// MARK: - Likelihood

extension TemplateOperator {
    private static func ranked(_ weights: [String: Double]) -> [(name: String, weight: Double)] {
        weights.map { (name: $0.key, weight: $0.value) }.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
    }

    /// The names that may stand for another variable: no modules, no receivers, no blanks.
    static func swappableVariables(at site: TemplateSite) -> [ScopedName] {
        let modules = site.file.importedNames
        return site.variables.filter {
            !["self", "this", "cls", "_", "super"].contains($0.name) && !modules.contains($0.name) && !isType($0.name)
        }
    }

    /// `Double` and `HashMap`, but not `LIMIT`.
    private static func isType(_ name: String) -> Bool {
        name.first?.isUppercase == true && (name.contains(where: \.isLowercase) || name.utf8.count == 1)
    }

    private static func isReceiverOfSelf(_ site: TemplateSite, _ token: Int) -> Bool {
        ["self", "this", "cls"].contains(site.text(token)) || isType(site.text(token))
            || site.file.importedNames.contains(site.text(token))
    }

    /// Whether a token is the target of an assignment, or declared here.
    private static func isAssigned(_ site: TemplateSite, _ token: Int) -> Bool {
        site.file.isDeclaration(token)
            || ["=", "+=", "-=", "*=", ":="].contains(site.text(token + 1)) && site.file.role(of: token) != .label
    }

    private static func likelihood(
        of name: ScopedName, insteadOf own: String, at token: Int, in site: TemplateSite
    ) -> Double {
        var weight = 1 + Double(min(name.uses, 4)) * 0.15
        if ConfusableNames.names[own]?.contains(name.name) == true { weight += 2 }
        weight += 2 * Similarity.of(name.name, own)
        if name.firstUse > token { weight *= 0.25 }
        if !site.shape(of: name.name).fits(site.shape(of: own)) { weight *= 0.15 }
        // `x - x` and `f(x, x)` are seldom meant.
        let near = max(site.tokens.lowerBound, token - 4)..<min(site.tokens.upperBound, token + 5)
        if near.contains(where: { $0 != token && site.text($0) == name.name }) { weight *= 0.5 }
        if near.contains(where: { $0 != token && site.text($0) == own }) { weight *= 1.3 }
        return weight
    }

    private static func followsTrailingClosure(_ site: TemplateSite, _ token: Int) -> Bool {
        site.language == .swift && token > 0 && site.text(token - 1) == "." && site.text(token + 1) == "{"
    }
}
