/// One statement, or the header of a compound one, as a range of code tokens.
package struct Statement: Sendable, Hashable {
    /// The statement's own tokens: up to its block's opening brace or colon (colon included, brace excluded), or up to
    /// and with its semicolon.
    package var head: Range<Int>
    /// The head and the block, closing brace included.
    package var extent: Range<Int>
    /// The statement in whose block this one stands.
    package var parent: Int?
    /// The block that this statement opens: in brace languages the tokens of `{` and `}`; in Python the block's tokens.
    package var block: Range<Int>?
    /// Whether the statement stands as an unbraced body, on its header's line or below it.
    package var isBareBody = false
    package var isFunction = false
}

extension SourceFile {
    /// The innermost statement whose head holds a token, or the one that encloses it.
    package func statement(ofToken token: Int) -> Int? {
        statementOfToken.indices.contains(token) ? statementOfToken[token] : nil
    }

    /// The first word of a statement, skipping `}` and labels.
    package func keyword(of statement: Int) -> String { text[statements[statement].head.lowerBound] }

    /// Whether a statement's head spells one of these words first, or after `else`, `async`, or a label.
    package func begins(_ statement: Int, with words: Set<String>) -> Bool {
        let head = statements[statement].head
        if words.contains(text[head.lowerBound]) { return true }
        guard ["else", "async", "await", "pub"].contains(text[head.lowerBound]), head.count > 1 else { return false }
        return words.contains(text[head.lowerBound + 1])
    }

    /// The statements before and after one in its block, in order.
    package func siblings(of statement: Int) -> (previous: Int?, next: Int?) {
        let parent = statements[statement].parent
        let extent = statements[statement].extent
        var previous: Int?
        var index = statement - 1
        while index >= 0, index != parent {
            if statements[index].parent == parent {
                previous = index
                break
            }
            index -= 1
        }
        index = statement + 1
        while index < statements.count, statements[index].extent.lowerBound < extent.upperBound { index += 1 }
        let next = index < statements.count && statements[index].parent == parent ? index : nil
        return (previous, next)
    }

    /// The statements directly in a statement's block.
    package func children(of statement: Int) -> [Int] {
        var result: [Int] = []
        var index = statement + 1
        while index < statements.count, statements[index].extent.lowerBound < statements[statement].extent.upperBound {
            if statements[index].parent == statement { result.append(index) }
            index += 1
        }
        return result
    }

    /// The statement and those that enclose it, innermost first.
    package func ancestors(of statement: Int) -> [Int] {
        var result: [Int] = []
        var current: Int? = statement
        while let index = current {
            result.append(index)
            current = statements[index].parent
        }
        return result
    }

    /// The function, method or closure with a name whose body or header holds a statement.
    package func function(enclosing statement: Int) -> Int? {
        ancestors(of: statement).first { statements[$0].isFunction }
    }

    /// The innermost loop around a statement, within its function.
    package func loop(enclosing statement: Int) -> Int? {
        for ancestor in ancestors(of: statement).dropFirst() {
            if statements[ancestor].isFunction { return nil }
            if begins(ancestor, with: ["for", "while", "loop", "repeat", "do"]) { return ancestor }
        }
        return nil
    }
}
