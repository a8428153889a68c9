extension SourceFile {
    /// The lines of tests that stand among the code they test: Rust's items under `#[cfg(test)]`, `#[test]` and their kin. In order; a
    /// line may be in two of them.
    package var inlineTestLines: [ClosedRange<Int>] {
        guard language == .rust, !code.isEmpty else { return [] }
        return code.indices.compactMap { token in
            guard text[token] == "#", token + 1 < code.count else { return nil }
            let isOfFile = text[token + 1] == "!"
            let open = isOfFile ? token + 2 : token + 1
            guard open < code.count, text[open] == "[", let end = partner[open], isTestAttribute(open + 1..<end) else {
                return nil
            }
            return isOfFile ? 1...lineCount : code[token].line...code[lastToken(ofItemAfter: end)].line
        }
    }

    /// The texts of ``inlineTestLines``: equal where an edit left the tests alone.
    package var inlineTests: [String] {
        inlineTestLines.map { lines in
            text(ofBytes: bytes(ofLine: lines.lowerBound).lowerBound..<bytes(ofLine: lines.upperBound).upperBound)
        }
    }

    /// `test`, `tokio::test(…)`, `test_case(…)`, `cfg(test)`, `cfg(all(test, …))`.
    private func isTestAttribute(_ tokens: Range<Int>) -> Bool {
        let words = tokens.map { text[$0] }
        if words.first == "cfg" { return words.contains("test") && !words.contains("not") }
        let path = words.prefix { $0 != "(" }
        return path.last == "test" || path.last == "test_case"
    }

    /// What an attribute is about ends with its first block, or with a semicolon before any.
    private func lastToken(ofItemAfter attribute: Int) -> Int {
        var index = attribute + 1
        while index < code.count, text[index] != "{", text[index] != ";" {
            let isOpen = text[index] == "(" || text[index] == "["
            index = (isOpen ? partner[index].map { $0 + 1 } : nil) ?? index + 1
        }
        guard index < code.count else { return code.count - 1 }
        return text[index] == "{" ? partner[index] ?? code.count - 1 : index
    }
}
