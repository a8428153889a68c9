import Testing

@testable import Inference

@Suite("Pre-tokenizers")
struct PreTokenizerTests {
    private func words(_ name: String, _ text: String) throws -> [String] {
        let preTokenizer = try #require(PreTokenizer.named(name))
        let scalars = ScalarText(Array(text.utf8)[...])
        var start = 0
        return preTokenizer.wordEnds(in: scalars).map { end in
            defer { start = end }
            return String(decoding: scalars.bytes[scalars.offsets[start]..<scalars.offsets[end]], as: UTF8.self)
        }
    }

    /// Words are separated by `·`, which occurs in none of the texts.
    @Test(
        "words are cut where the model's own pattern cuts them",
        arguments: [
            ("gpt-2", "I·'ll· say·  · '·hi·',· it·'s· 42·!!·  "), ("gpt-2", "a·\n\n· b"), ("gpt-2", "DON·'·T· don·'t"),
            ("gpt-2", "日本語· ½²·é·\u{301}"), ("gpt-2", " ·\t·x·\u{3000}"),
            ("llama-bpe", "I·'LL· pay· ·123·456·7·.\n\n·  · x"), ("llama-bpe", "\tfoo·(\"·bar·\");\r\n·  \n·  · y"),
            ("llama-bpe", "a·  "), ("llama-bpe", "'\n"), ("llama-bpe", "'s·'ſ"),
            ("qwen2", "x·1·2·3· ·4"), ("qwen2", "_abc·__\n·  \n·  · if"),
            ("starcoder", "x· ·1·2·3· y"), ("starcoder", "a·  ·1"), ("refact", "v·2·.·0"),
            ("falcon", "a· b·123·45· ·(·c·)$+`·d"), ("falcon", "123·456·7"),
            ("default", "a· ·(·b·)· ·123·4·`"), ("default", "１²"),
            ("deepseek-coder", "def· foo·(·x·):·\n·   · return· x·1·2·+·3"), ("deepseek-coder", "中文·abc·한글·é"),
            ("deepseek-llm", "Hello·,· w·ö·rld·!·\n·\n·  ·你好·123·+·a"), ("deepseek-llm", "ab·ªº·  "),
            ("deepseek-v3", "a·+b· ++·c·123·4·你好かな· x·\n"), ("deepseek-v3", "!foo· é·\n\n"),
            ("llama4", "Camel·Case· HTTPServer's·123·4·//\n·  · x"), ("llama4", "ÀBc· É"), ("llama4", "À·B"),
            ("tekken", "ab·C·1·2"),
        ])
    func words(name: String, cut: String) throws {
        // By scalars: a mark after the separator would join it to one character.
        let expected = cut.unicodeScalars.split(separator: "·").map { String($0) }
        #expect(try words(name, expected.joined()) == expected)
    }

    @Test("no text is lost or reordered, whatever it is", arguments: PreTokenizer.all.map { $0.names[0] })
    func complete(name: String) throws {
        var random = SeededGenerator(seed: 11)
        let alphabet: [Unicode.Scalar] = Array(
            " \t\n\r'sSlLrevE09½aZéΩß中か한́!$+`_-/。　\u{0}\u{85}\u{200D}😀𝟘".unicodeScalars)
        for _ in 0..<300 {
            var text = String.UnicodeScalarView()
            for _ in 0...random.below(20) { text.append(alphabet[random.below(alphabet.count)]) }
            let words = try words(name, String(text))
            #expect(words.joined() == String(text))
            #expect(words.allSatisfy { !$0.isEmpty })
        }
    }

    @Test("names that mean the same are the same")
    func names() {
        #expect(PreTokenizer.named("smaug-bpe")?.ignoresMerges == false)
        #expect(PreTokenizer.named("llama3")?.ignoresMerges == true)
        #expect(PreTokenizer.named("no-such") == nil)
        let names = PreTokenizer.all.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }

    @Test("bytes that are no UTF-8 become U+FFFD, one each; overlong forms are read for what they say")
    func invalid() {
        #expect(ScalarText([0x61, 0xFF, 0xE2, 0x82, 0x62][...]).codes == [0x61, 0xFFFD, 0xFFFD, 0xFFFD, 0x62])
        #expect(
            ScalarText([0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80][...]).codes.prefix(3) == [
                0, 0xD800, 0xFFFD,
            ])
        #expect(ScalarText([][...]).count == 0)
    }

    @Test("a character's class is that of Unicode 15.1")
    func classes() {
        #expect(CharacterClass(of: 0x41) == .letter)
        #expect(CharacterClass(of: 0xBD) == .number)
        #expect(CharacterClass(of: 0x24) == .symbol)
        #expect(CharacterClass(of: 0x301) == .mark)
        #expect(CharacterClass(of: 0x85) == .whitespace)
        #expect(CharacterClass(of: 0x1FAE9) == [], "assigned in Unicode 16")
        #expect(CharacterClass(of: 0x20000) == .letter)
        #expect(CharacterClass(of: .max) == [])
    }
}
