import Editing

// Operators that delete, move, copy and re-indent whole statements.

extension TemplateOperator {
    /// A statement too many goes; the only one of a Python block becomes `pass`.
    static let deletedStatement = TemplateOperator(
        "deleted-statement", prior: 3.5,
        examples: [.init(.python, "def f(x):\n    x = 0\n    return x\n", "def f(x):\n    return x\n")]
    ) { site in
        site.statementsHere.compactMap { statement in
            guard !isFinalReturn(statement, site) else { return nil }
            guard let lines = site.wholeLines(of: statement), !site.file.statements[statement].isFunction,
                lineCount(lines, site) <= 6, !opensBranchedBlock(statement, site)
            else { return inlineDeletion(of: statement, site) }
            let siblings = site.file.siblings(of: statement)
            let isOnly =
                siblings.previous == nil && siblings.next == nil && site.file.statements[statement].parent != nil
            let indentation = site.file.indentation(ofLine: site.line)
            let replacement = isOnly && site.language == .python ? indentation + "pass" + site.file.lineBreak : ""
            return lineEdit(lines, replacement, "deleted", statement, site)
        }
    }

    /// Whether a function's last statement gives its value: without it a function of a compiled language has none, and what a caller
    /// reads is left to chance.
    private static func isFinalReturn(_ statement: Int, _ site: TemplateSite) -> Bool {
        guard site.language != .python, site.file.keyword(of: statement) == "return",
            let parent = site.file.statements[statement].parent
        else { return false }
        return site.file.statements[parent].isFunction && site.file.siblings(of: statement).next == nil
    }

    /// Two neighbours change places.
    static let exchangedStatements = TemplateOperator(
        "exchanged-statements", prior: 4,
        examples: [.init(.c, "void f(void) {\n    g();\n    h();\n}\n", "void f(void) {\n    h();\n    g();\n}\n")]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let siblings = site.file.siblings(of: statement)
            return [siblings.previous, siblings.next].compactMap { $0 }.compactMap { other in
                let (first, second) = (min(statement, other), max(statement, other))
                guard let above = site.wholeLines(of: first), let below = site.wholeLines(of: second),
                    above.upperBound <= below.lowerBound, lineCount(above, site) + lineCount(below, site) <= 14,
                    !startsBranch(second, site),
                    below.upperBound == site.file.bytes.count || endsWithBreak(below, site),
                    !["return", "break", "continue", "raise", "throw", "case", "default"].contains(
                        site.file.keyword(of: first))
                else { return nil }
                guard endsWithBreak(below, site) else { return nil }
                return TemplateEdit(
                    edits: [
                        FileEdit(path: site.file.path, range: above, replacement: site.file.text(ofBytes: below)),
                        FileEdit(path: site.file.path, range: below, replacement: site.file.text(ofBytes: above)),
                    ],
                    summary: "\(quoted(statement, site)) and \(quoted(other, site)) change places", weight: 1)
            }
        }
    }

    /// A statement moves to its block's end, beginning, or over two neighbours.
    static let movedStatement = TemplateOperator(
        "moved-statement", prior: 2,
        examples: [
            .init(
                .python, "def f():\n    a()\n    b()\n    c()\n    d()\n",
                "def f():\n    b()\n    c()\n    d()\n    a()\n")
        ]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            guard let parent = site.file.statements[statement].parent, let lines = site.wholeLines(of: statement),
                endsWithBreak(lines, site), lineCount(lines, site) <= 6
            else { return [] }
            let block = site.file.children(of: parent)
            guard block.count > 2, block.count < 40, let own = block.firstIndex(of: statement) else { return [] }
            let places = [0, block.count, own - 2, own + 3].filter { $0 >= 0 && $0 <= block.count && abs($0 - own) > 1 }
            return Set(places).sorted().compactMap { place in
                let target: Int
                if place < block.count {
                    guard let other = site.wholeLines(of: block[place]), !startsBranch(block[place], site) else {
                        return nil
                    }
                    target = other.lowerBound
                } else {
                    guard let last = site.wholeLines(of: block[block.count - 1]), endsWithBreak(last, site) else {
                        return nil
                    }
                    target = last.upperBound
                }
                return move(lines, to: target, text: site.file.text(ofBytes: lines), statement, site)
            }
        }
    }

    /// A statement is made twice.
    static let duplicatedStatement = TemplateOperator(
        "duplicated-statement", prior: 0.7, examples: [.init(.c, "f();\n", "f();\nf();\n")]
    ) { site in
        site.statementsHere.compactMap { statement in
            guard let lines = site.wholeLines(of: statement), site.file.statements[statement].block == nil,
                !["return", "import", "break", "continue", "let", "const"].contains(site.file.keyword(of: statement))
            else { return nil }
            return TemplateEdit(
                edits: [
                    FileEdit(
                        path: site.file.path, range: lines.upperBound..<lines.upperBound,
                        replacement: (endsWithBreak(lines, site) ? "" : site.file.lineBreak)
                            + site.file.text(ofBytes: lines))
                ], summary: "\(quoted(statement, site)) made twice", weight: 1)
        }
    }

    /// A statement leaves its block, with those after it or alone.
    static let movedOut = TemplateOperator(
        "moved-out-of-block", prior: 4,
        examples: [
            .init(
                .python, "for x in xs:\n    n += x\n    return n\n", "for x in xs:\n    n += x\nreturn n\n"),
            .init(
                .c, "for (;;) {\n    n++;\n    return n;\n}\n", "for (;;) {\n    n++;\n}\nreturn n;\n"),
        ]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            guard let parent = site.file.statements[statement].parent, !site.file.statements[statement].isBareBody,
                let lines = site.wholeLines(of: statement), let outer = site.wholeLines(of: parent),
                !startsBranch(statement, site), endsWithBreak(lines, site), endsWithBreak(outer, site)
            else { return [] }
            let block = site.file.children(of: parent)
            guard block.count > 1, let own = block.firstIndex(of: statement), let last = block.last,
                let tail = site.wholeLines(of: last)
            else { return [] }
            var edits: [TemplateEdit] = []
            // Behind the block, with the statements that follow.
            if own > 0, lineCount(lines.lowerBound..<tail.upperBound, site) <= 12 {
                let moved = lines.lowerBound..<tail.upperBound
                if site.language.indentsBlocks {
                    if tail.upperBound == outer.upperBound, !followedByBranch(parent, site) {
                        edits.append(lineEdit(moved, dedented(moved, site), "moved out of its block", statement, site))
                    }
                } else {
                    edits.append(move(moved, to: outer.upperBound, text: dedented(moved, site), statement, site))
                }
            }
            if own < block.count - 1, own > 0 || site.language.indentsBlocks, lineCount(lines, site) <= 6,
                !site.file.statements[parent].isFunction,
                !followedByBranch(parent, site)
            {
                edits.append(move(lines, to: outer.upperBound, text: dedented(lines, site), statement, site))
            }
            if !startsBranch(parent, site), !site.file.statements[parent].isFunction, lineCount(lines, site) <= 6 {
                var up = move(lines, to: outer.lowerBound, text: dedented(lines, site), statement, site)
                up.weight = own == 0 ? 1 : 0.5
                edits.append(up)
            }
            return edits
        }
    }

    /// A statement joins the block before it, or the block after it.
    static let movedIn = TemplateOperator(
        "moved-into-block", prior: 3.5,
        examples: [
            .init(.python, "for x in xs:\n    f(x)\ng(x)\n", "for x in xs:\n    f(x)\n    g(x)\n"),
            .init(.java, "for (int x : xs) {\n    f(x);\n}\ng();\n", "for (int x : xs) {\n    f(x);\n    g();\n}\n"),
            .init(.python, "n = 0\nfor x in xs:\n    f(x)\n", "for x in xs:\n    n = 0\n    f(x)\n"),
        ]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            guard let lines = site.wholeLines(of: statement), endsWithBreak(lines, site), lineCount(lines, site) <= 8,
                !startsBranch(statement, site), !site.file.statements[statement].isBareBody
            else { return [] }
            var edits: [TemplateEdit] = []
            let siblings = site.file.siblings(of: statement)
            if let previous = siblings.previous, let inside = site.file.children(of: previous).last,
                let last = site.wholeLines(of: inside), endsWithBreak(last, site),
                !site.file.statements[inside].isBareBody
            {
                edits.append(move(lines, to: last.upperBound, text: indented(lines, site), statement, site))
                // … and one block deeper.
                if let deeper = site.file.children(of: inside).last, let end = site.wholeLines(of: deeper),
                    endsWithBreak(end, site), !site.file.statements[deeper].isBareBody
                {
                    var edit = move(lines, to: end.upperBound, text: indented(lines, site, times: 2), statement, site)
                    edit.weight = 0.3
                    edits.append(edit)
                }
            }
            if let next = siblings.next, let inside = site.file.children(of: next).first,
                let first = site.wholeLines(of: inside),
                !site.file.statements[next].isFunction, !site.file.statements[inside].isBareBody
            {
                edits.append(move(lines, to: first.lowerBound, text: indented(lines, site), statement, site))
            }
            return edits
        }
    }

    /// `if c: return 1` + `return 2` gets its `else`, or loses it.
    static let elseBranch = TemplateOperator(
        "else-branch", prior: 2.5,
        examples: [
            .init(.python, "if a:\n    b()\nc()\n", "if a:\n    b()\nelse:\n    c()\n"),
            .init(.c, "if (a)\n    b();\nif (c)\n    d();\n", "if (a)\n    b();\nelse if (c)\n    d();\n"),
            .init(.python, "if a:\n    b()\nelse:\n    c()\n", "if a:\n    b()\nc()\n"),
            .init(.python, "if a:\n    b()\nif c:\n    d()\n", "if a:\n    b()\nelif c:\n    d()\n"),
        ]
    ) { site in
        site.statementsHere.flatMap { statement -> [TemplateEdit] in
            let keyword = site.file.keyword(of: statement)
            let head = site.file.statements[statement].head
            var edits: [TemplateEdit] = []
            if keyword == "else" {
                if head.count > 1, site.text(head.lowerBound + 1) == "if" {
                    edits.append(site.removing(head.lowerBound..<(head.lowerBound + 1)))
                    let breakText = site.file.lineBreak + site.file.indentation(ofLine: site.line)
                    edits[edits.count - 1].edits[0].replacement = breakText
                } else if let unwrapped = unwrapped(statement, site) {
                    edits.append(unwrapped)
                }
                return edits
            }
            if keyword == "if", let previous = site.file.siblings(of: statement).previous,
                site.file.begins(previous, with: ["if", "elif"]), site.file.statements[previous].block != nil
            {
                if site.language == .python {
                    edits.append(site.replacing(head.lowerBound, with: "elif"))
                } else {
                    edits.append(site.inserting("else ", before: head.lowerBound))
                }
            }
            if let wrapped = wrappedInElse(statement, site) { edits.append(wrapped) }
            return edits
        }
    }

    /// `if c: body` → `body`: what was done under a condition is done always.
    static let unwrappedBlock = TemplateOperator(
        "unwrapped-block", prior: 1.5,
        examples: [.init(.python, "if a:\n    b()\n    c()\nd()\n", "b()\nc()\nd()\n")]
    ) { site in
        site.statementsHere.compactMap { statement in
            guard site.file.begins(statement, with: ["if", "for", "while"]), !startsBranch(statement, site),
                !followedByBranch(statement, site)
            else { return nil }
            return unwrapped(statement, site)
        }
    }
}

// MARK: - Lines and blocks

extension TemplateOperator {
    static func lineCount(_ bytes: Range<Int>, _ site: TemplateSite) -> Int {
        site.file.line(ofByte: max(bytes.lowerBound, bytes.upperBound - 1)) - site.file.line(ofByte: bytes.lowerBound)
            + 1
    }

    static func endsWithBreak(_ bytes: Range<Int>, _ site: TemplateSite) -> Bool {
        !bytes.isEmpty && site.file.bytes[bytes.upperBound - 1] == UInt8(ascii: "\n")
    }

    /// `else`, `elif`, `except`: statements that may not stand without the one before.
    static func startsBranch(_ statement: Int, _ site: TemplateSite) -> Bool {
        ["else", "elif", "except", "finally", "catch", "case", "default"].contains(site.file.keyword(of: statement))
    }

    static func followedByBranch(_ statement: Int, _ site: TemplateSite) -> Bool {
        site.file.siblings(of: statement).next.map {
            startsBranch($0, site) && !["case", "default"].contains(site.file.keyword(of: $0))
        } ?? false
    }

    /// Statements whose deletion would leave a branch without its beginning.
    private static func opensBranchedBlock(_ statement: Int, _ site: TemplateSite) -> Bool {
        followedByBranch(statement, site)
            || ["class", "struct", "enum", "import", "from", "def", "func"].contains(site.file.keyword(of: statement))
    }

    /// A statement that shares its line goes without it.
    private static func inlineDeletion(of statement: Int, _ site: TemplateSite) -> TemplateEdit? {
        guard site.file.statements[statement].block == nil, site.file.statements[statement].head.count < 30,
            !site.file.statements[statement].isBareBody, !startsBranch(statement, site)
        else { return nil }
        return site.removing(site.file.statements[statement].head, weight: 0.5)
    }

    static func quoted(_ statement: Int, _ site: TemplateSite) -> String {
        TemplateSite.quoted(site.text(site.file.statements[statement].head))
    }

    static func lineEdit(
        _ bytes: Range<Int>, _ replacement: String, _ what: String, _ statement: Int, _ site: TemplateSite
    ) -> TemplateEdit {
        TemplateEdit(
            edits: [FileEdit(path: site.file.path, range: bytes, replacement: replacement)],
            summary: "\(quoted(statement, site)) \(what)", weight: 1)
    }

    /// Whole lines that go from one place to another, in their new form.
    static func move(_ lines: Range<Int>, to target: Int, text: String, _ statement: Int, _ site: TemplateSite)
        -> TemplateEdit
    {
        TemplateEdit(
            edits: [
                FileEdit(path: site.file.path, range: lines, replacement: ""),
                FileEdit(path: site.file.path, range: target..<target, replacement: text),
            ],
            summary: "\(quoted(statement, site)) moved to line \(site.file.line(ofByte: target))", weight: 1)
    }

    static func indented(_ lines: Range<Int>, _ site: TemplateSite, times: Int = 1) -> String {
        let step = String(repeating: site.file.indentationUnit, count: times)
        return eachLine(lines, site) { $0.allSatisfy(\.isWhitespace) ? $0 : step + $0 }
    }

    static func dedented(_ lines: Range<Int>, _ site: TemplateSite) -> String {
        let step = site.file.indentationUnit
        return eachLine(lines, site) { $0.hasPrefix(step) ? String($0.dropFirst(step.count)) : $0 }
    }

    private static func eachLine(_ lines: Range<Int>, _ site: TemplateSite, _ change: (String) -> String) -> String {
        let (first, last) = (site.file.line(ofByte: lines.lowerBound), site.file.line(ofByte: lines.upperBound - 1))
        return (first...last).map { change(site.file.text(ofBytes: site.file.bytes(ofLine: $0))) }.joined()
    }

    /// A compound statement's body in its place.
    static func unwrapped(_ statement: Int, _ site: TemplateSite) -> TemplateEdit? {
        let children = site.file.children(of: statement)
        guard let whole = site.wholeLines(of: statement) ?? branchLines(of: statement, site),
            let first = children.first, let last = children.last,
            let start = site.wholeLines(of: first), let end = site.wholeLines(of: last),
            !site.file.statements[first].isBareBody, lineCount(whole, site) <= 12
        else { return nil }
        var edit = lineEdit(
            whole, dedented(start.lowerBound..<end.upperBound, site), "taken away, its body kept", statement, site)
        if site.file.bytes[whole.lowerBound] == UInt8(ascii: "e"), !site.beginsLine(statement) {
            edit.edits[0].replacement = site.file.lineBreak + edit.edits[0].replacement
        }
        return edit
    }

    /// The bytes of `else { … }` behind a closing brace.
    private static func branchLines(of statement: Int, _ site: TemplateSite) -> Range<Int>? {
        let extent = site.file.statements[statement].extent
        guard site.file.keyword(of: statement) == "else", site.endsLine(extent) else { return nil }
        return site.file.code[extent.lowerBound].range.lowerBound..<site.endOfLine(extent)
    }

    /// The statement after an `if`, put under its `else`.
    private static func wrappedInElse(_ statement: Int, _ site: TemplateSite) -> TemplateEdit? {
        guard let previous = site.file.siblings(of: statement).previous,
            site.file.begins(previous, with: ["if", "elif"]),
            site.file.keyword(of: previous) != "else" || site.language != .python, !startsBranch(statement, site),
            let lines = site.wholeLines(of: statement), endsWithBreak(lines, site), lineCount(lines, site) <= 6
        else { return nil }
        let indentation = site.file.indentation(ofLine: site.line)
        let (open, close) =
            site.language == .python ? ("else:", "") : ("else {", indentation + "}" + site.file.lineBreak)
        return lineEdit(
            lines, indentation + open + site.file.lineBreak + indented(lines, site) + close, "put under `else`",
            statement, site)
    }
}
