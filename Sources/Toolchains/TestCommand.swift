/// A test command of the user's, read far enough to know whose it is.
///
/// `PYTHONPATH=src python3 -m pytest -q tests` is pytest's, with an environment and arguments; a pipeline is the shell's.
struct TestCommand: Hashable {
    enum Runner: Hashable { case pytest, unittest, swift, make, ctest, shell }

    let text: String
    private(set) var runner = Runner.shell
    private(set) var environment: [String: String] = [:]
    /// After the runner's own words.
    private(set) var arguments: [String] = []

    init(_ text: String) {
        self.text = text
        guard var words = Self.words(text) else { return }
        var found: [String: String] = [:]
        while let word = words.first, let equals = word.firstIndex(of: "="), Self.isName(word[..<equals]) {
            found[String(word[..<equals])] = String(word[word.index(after: equals)...])
            words.removeFirst()
        }
        guard let (runner, count) = Self.runner(of: words) else { return }
        self.runner = runner
        environment = found
        arguments = Array(words.dropFirst(count))
    }

    private static func runner(of words: [String]) -> (Runner, words: Int)? {
        guard let program = words.first?.split(separator: "/").last else { return nil }
        let rest = Array(words.dropFirst().prefix(2))
        switch program {
        case "pytest", "py.test": return (.pytest, 1)
        case "python", "python3":
            if rest == ["-m", "pytest"] { return (.pytest, 3) }
            return rest == ["-m", "unittest"] ? (.unittest, 3) : nil
        case "swift": return rest.first == "test" ? (.swift, 2) : nil
        case "make", "gmake": return (.make, 1)
        case "ctest": return (.ctest, 1)
        default: return nil
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isAlphanumeric($0) }
            && text.first?.isNumber == false
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// The words of one simple command, quotes taken off; nil where only a shell understands it.
    static func words(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var escaped = false
        for character in text {
            if escaped {
                word = (word ?? "") + String(character)
                escaped = false
            } else if character == "\\", quote != "'" {
                escaped = true
            } else if character == quote {
                quote = nil
            } else if quote != nil {
                guard quote == "'" || !"$`".contains(character) else { return nil }
                word = (word ?? "") + String(character)
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace, !character.isNewline {
                if let finished = word { words.append(finished) }
                word = nil
            } else if "|&;<>()$`*?[]{}~#!\n".contains(character) {
                return nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !escaped else { return nil }
        if let word { words.append(word) }
        return words
    }
}
