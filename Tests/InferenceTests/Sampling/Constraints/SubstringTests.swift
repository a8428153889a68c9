import Testing

@testable import Inference

@Suite struct SubstringTests {
    @Test("allowed is exactly what stands in the text", arguments: 0..<40 as Range<UInt64>)
    func exact(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = ["a", "b", "\n", "é"]
        let text = (0..<generator.below(60)).map { _ in alphabet[generator.below(4)] }.joined()
        let vocabulary = SmallVocabulary.random(over: alphabet, &generator)
        let fresh = try SubstringConstraint(of: text, trie: vocabulary.trie)
        for _ in 0..<4 {
            var constraint = fresh
            var bytes: [UInt8] = []
            for _ in 0..<10 {
                let allowed = vocabulary.allowed(by: constraint)
                let expected = vocabulary.texts.indices.filter {
                    $0 == 0 || contains(Array(text.utf8), bytes + vocabulary.texts[$0])
                }
                #expect(allowed == Set(expected.map { Token($0) }), "seed \(seed)")
                guard let token = allowed.subtracting([0]).sorted().randomElement(using: &generator) else { break }
                constraint.accept(token)
                bytes += vocabulary.texts[Int(token)]
            }
        }
    }

    @Test("a quotation of whole lines ends only where a line does", arguments: ["one\ntwo\nthree", "", "\n", "a\r\nb"])
    func lineEnds(text: String) throws {
        let bytes = Array(text.utf8)
        let constraint = try SubstringConstraint(of: text, endingAt: .lineEnd, trie: SmallVocabulary.bytes.trie)
        for start in 0...bytes.count {
            for end in start...bytes.count {
                let quoted = bytes[start..<end]
                let endsLine = (0...bytes.count - quoted.count).contains { place in
                    bytes[place..<place + quoted.count].elementsEqual(quoted)
                        && (place + quoted.count == bytes.count || [10, 13].contains(bytes[place + quoted.count]))
                }
                #expect(constraint.accepts(quoted) == endsLine, "\(quoted)")
            }
        }
    }

    @Test("the end of the text exhausts the constraint")
    func exhausted() throws {
        var constraint = try SubstringConstraint(of: "xyz", trie: SmallVocabulary.bytes.trie)
        #expect(!constraint.isExhausted)
        constraint.accept(Token(UInt8(ascii: "z")) + 1)
        #expect(constraint.isExhausted && constraint.allowsEnd)
    }

    @Test("a text too long is refused with its size")
    func tooLong() {
        let text = String(repeating: "x", count: SubstringConstraint.longestText + 1)
        let error = #expect(throws: InferenceError.self) {
            try SubstringConstraint(of: text, trie: SmallVocabulary.bytes.trie)
        }
        #expect(error?.message.contains("\(text.utf8.count) bytes") == true)
    }

    private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        part.isEmpty
            || (text.count >= part.count
                && (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) })
    }
}
