extension SourceFile {
    /// The lines of tests that stand among the code they test: Rust's items under `#[cfg(test)]` and `#[test]`. In order; a line may
    /// be in two of them.
    package var inlineTestLines: [ClosedRange<Int>] {
        guard language == .rust else { return [] }
        return code.indices.compactMap { token in
            guard text[token] == "#", token + 1 < code.count, text[token + 1] == "[", let end = partner[token + 1]
            else {
                return nil
            }
            let attribute = text[token + 2..<max(token + 2, end)]
            guard attribute.last == "test" || attribute.starts(with: ["cfg", "(", "test", ")"]) else { return nil }
            // What the attribute is about ends with its first block, or with a semicolon before any.
            var index = end + 1
            while index < code.count, text[index] != "{", text[index] != ";" {
                index = (text[index] == "(" || text[index] == "[" ? partner[index] : nil).map { $0 + 1 } ?? index + 1
            }
            guard index < code.count else { return code[token].line...code[code.count - 1].line }
            let last = text[index] == "{" ? partner[index] ?? code.count - 1 : index
            return code[token].line...code[last].line
        }
    }
}
