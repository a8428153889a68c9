import Testing

@testable import Inference

@Suite struct GrammarFuzzTests {
    private static let alphabet = ["a", "b", "é", "😀"]

    /// A random grammar of a few rules over the alphabet.
    private func randomGrammar(_ generator: inout SeededGenerator) -> String {
        let names = ["root", "x", "y"]
        func item(_ depth: Int) -> String {
            let letter = Self.alphabet[generator.below(Self.alphabet.count)]
            let repeats = ["", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{1,}"][generator.below(10)]
            switch generator.below(depth > 0 ? 8 : 5) {
            case 0, 1: return "\"\(letter)\"" + repeats
            case 2: return "[\(letter)b]" + repeats
            case 3: return "[^\(letter)]" + repeats
            case 4: return "\"a\(letter)\"" + repeats
            case 5: return names[generator.below(3)] + repeats
            default: return "(" + alternatives(depth - 1) + ")" + repeats
            }
        }
        func alternatives(_ depth: Int) -> String {
            (0...generator.below(3)).map { _ in
                (0..<1 + generator.below(3)).map { _ in item(depth) }.joined(separator: " ")
            }.joined(separator: " | ")
        }
        return names.map { "\($0) ::= \(alternatives(2))" }.joined(separator: "\n")
    }

    @Test(
        "what a grammar lets through, a naive matcher accepts, and the other way round",
        arguments: 0..<150 as Range<UInt64>)
    func agreement(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = randomGrammar(&generator)
        var parser = GrammarParser(text)
        let source = try parser.parse()
        guard let grammar = try compiled(text) else { return }
        let vocabulary = SmallVocabulary.random(over: Self.alphabet, &generator)
        let fresh = GrammarConstraint(grammar, trie: vocabulary.trie)
        for _ in 0..<8 {
            var constraint = fresh
            var bytes: [UInt8] = []
            for _ in 0..<12 {
                if let prefix = String(validating: bytes, as: UTF8.self) {
                    #expect(constraint.allowsEnd == NaiveMatcher.matches(source, prefix), "\(seed): \(text)\n\(prefix)")
                } else {
                    #expect(!constraint.allowsEnd)
                }
                let allowed = vocabulary.allowed(by: constraint)
                #expect(allowed.contains(0) == constraint.allowsEnd)
                guard let token = allowed.subtracting([0]).sorted().randomElement(using: &generator) else {
                    #expect(constraint.allowsEnd || vocabulary.texts.count > 1)
                    break
                }
                constraint.accept(token)
                bytes += vocabulary.texts[Int(token)]
            }
        }
        // Texts that the grammar had no say in.
        let plain = GrammarConstraint(grammar, trie: SmallVocabulary.bytes.trie)
        for _ in 0..<8 {
            let text = (0..<generator.below(6)).map { _ in Self.alphabet[generator.below(4)] }.joined()
            #expect(plain.accepts(text.utf8) == NaiveMatcher.matches(source, text), "\(seed): \(text)")
        }
    }

    /// Nil if the grammar is left-recursive; no random one is wrong in another way.
    private func compiled(_ text: String) throws -> Grammar? {
        do {
            return try Grammar(gbnf: text)
        } catch {
            #expect(error.message.contains("begins with itself"))
            return nil
        }
    }

    @Test("one walk allows exactly the tokens that can be read one by one", arguments: 0..<60 as Range<UInt64>)
    func walk(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 1_000)
        guard let grammar = try? Grammar(gbnf: randomGrammar(&generator)) else { return }
        let vocabulary = SmallVocabulary.random(over: Self.alphabet, &generator)
        var states = GrammarStates(grammar)
        var state = states.start
        for _ in 0..<6 {
            let walked = vocabulary.trie.allowed(by: &states, from: state)
            for (token, text) in vocabulary.texts.enumerated().dropFirst() {
                let isReadable = text.reduce(state) { states.next($0, $1) } >= 0
                #expect(walked.contains(Token(token)) == isReadable, "seed \(seed)")
            }
            state = states.next(state, Array("ab".utf8)[generator.below(2)])
        }
    }

    @Test("no text of a grammar traps the parser, and each error has a place")
    func parser() {
        var generator = SeededGenerator(seed: 77)
        let pieces = [
            "root", " ::= ", "\n", "\"", "a", "é", "[", "]", "^", "-", "(", ")", "*", "+", "?", "{", "}", ",", "1", "9",
            "|",
            ".", "\\", "\\x", "\\u00e9", "#", " ", "\r\n", "\u{0}", "<", ":", "=",
        ]
        var accepted = 0
        for round in 0..<20_000 {
            var text = round % 2 == 0 ? "root ::= " : ""
            for _ in 0..<generator.below(14) { text += pieces[generator.below(pieces.count)] }
            do {
                let grammar = try Grammar(gbnf: text)
                accepted += 1
                _ = GrammarConstraint(grammar, trie: SmallVocabulary.bytes.trie).accepts("a1".utf8)
            } catch {
                #expect(error.code == .invalidGrammar && error.message.hasPrefix("grammar:"))
            }
        }
        #expect(accepted > 100)
    }
}
