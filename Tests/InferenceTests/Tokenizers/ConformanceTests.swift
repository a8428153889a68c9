import Testing

@testable import Inference

@Suite(
    "Real vocabularies",
    .enabled(if: Vocabularies.folder != nil, "no vocabularies here: set FETTLE_VOCABULARIES to a folder of them"))
struct ConformanceTests {
    @Test("every vector is met", arguments: Vocabularies.withVectors)
    func vectors(name: String) throws {
        let tokenizer = try Vocabularies.tokenizer(name)
        let vectors = try Vocabularies.vectors(name)
        #expect(vectors.count > 40)
        for vector in vectors {
            #expect(tokenizer.encode(vector.text) == vector.tokens, "\(vector.text.debugDescription)")
        }
    }

    @Test("text comes back from its tokens, at once and streamed", arguments: Vocabularies.names)
    func roundTrip(name: String) throws {
        let tokenizer = try Vocabularies.tokenizer(name)
        for text in Self.texts {
            let tokens = tokenizer.encode(text)
            #expect(tokenizer.decode(tokens, removingSpacePrefix: true) == text)
            var decoder = StreamingDecoder(tokenizer)
            var streamed = ""
            for token in tokens {
                let part = decoder.append(token)
                #expect(!part.unicodeScalars.contains("\u{FFFD}"))
                streamed += part
            }
            #expect(streamed + decoder.finish() == tokenizer.decode(tokens))
        }
    }

    @Test("text in special tokens' clothing is plain text unless asked for", arguments: Vocabularies.names)
    func specialText(name: String) throws {
        let tokenizer = try Vocabularies.tokenizer(name)
        let eos = try #require(tokenizer.special.eos)
        let text = try #require(tokenizer.name(of: eos))
        #expect(tokenizer.encode("a" + text, parseSpecial: true).last == eos)
        #expect(tokenizer.encode("a" + text).count > 2)
        #expect(tokenizer.bytes(of: eos) == [])
        #expect(tokenizer.isControl(eos))
    }

    @Test("one long word takes time as its length does, not as its square", arguments: Vocabularies.names)
    func longWord(name: String) throws {
        let tokenizer = try Vocabularies.tokenizer(name)
        let word = String(repeating: "abcdefghij", count: 20_000)
        // Quadratic merging would need minutes for it.
        #expect(tokenizer.decode(tokenizer.encode(word), removingSpacePrefix: true) == word)
    }

    static let texts = [
        "Hello, world!", "  leading", "trailing \n\n", "naïve café 你好 ひらがな 한글 👨‍👩‍👧‍👦 🇩🇪", "a\u{0}b\u{7F}",
        "\r\n\t\u{3000}\u{85}",
        "0123456789 ٣٤٥ Ⅷ½", "func f() { return x[0]! }", "<|im_start|>", "x" + String(repeating: " ", count: 70) + "y",
    ]
}
