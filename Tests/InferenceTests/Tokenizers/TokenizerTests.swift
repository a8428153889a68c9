import Testing

@testable import Inference

@Suite("Tokenizers")
struct TokenizerTests {
    /// A SentencePiece vocabulary of these texts, scored by their order; kinds are normal unless given.
    private func sentencePiece(
        _ texts: [String], kinds: [Int32]? = nil, _ more: [(String, GGUFValue)] = []
    ) throws -> Tokenizer {
        try Tokenizer(
            GGUFMetadata(
                [
                    ("tokenizer.ggml.model", .string("llama")), ("tokenizer.ggml.tokens", .array(GGUFArray(texts))),
                    ("tokenizer.ggml.scores", .array(GGUFArray(texts.indices.map { -Float($0) }))),
                    (
                        "tokenizer.ggml.token_type",
                        .array(GGUFArray(kinds ?? texts.map { $0.hasPrefix("<0x") ? 6 : $0.hasPrefix("<") ? 3 : 1 }))
                    ),
                ] + more, source: "v.gguf"))
    }

    private func byteLevel(preTokenizer: String) throws -> Tokenizer {
        let texts = [
            "a", "b", "c", "t", "h", "e", "s", "'", "1", "Ġ", "Ċ", "Ã", "©", "th", "the", "Ġthe", "ab", "abc", "Ã©",
            "11", "<|endoftext|>", "<|fim_prefix|>", "<｜fim▁hole｜>", "  ",
        ]
        let merges = ["t h", "th e", "Ġ the", "a b", "ab c", "1 1", "Ã ©"]
        return try Tokenizer(
            GGUFMetadata([
                ("tokenizer.ggml.model", .string("gpt2")), ("tokenizer.ggml.pre", .string(preTokenizer)),
                ("tokenizer.ggml.tokens", .array(GGUFArray(texts))),
                (
                    "tokenizer.ggml.token_type",
                    .array(GGUFArray(texts.map { $0.hasPrefix("<") ? 3 : $0 == "  " ? 4 : 1 as Int32 }))
                ),
                ("tokenizer.ggml.merges", .array(GGUFArray(merges))),
            ]))
    }

    private func names(_ tokenizer: Tokenizer, _ tokens: [Token]) -> [String] {
        tokens.map { tokenizer.name(of: $0) ?? "?" }
    }

    @Test("SentencePiece: a space in front, the best score first, unknown characters in byte tokens")
    func sentencePiece() throws {
        let tokenizer = try sentencePiece([
            "<unk>", "<s>", "</s>", "<0xC3>", "<0xA9>", "ab", "bc", "▁ab", "▁", "a", "b", "c",
        ])
        #expect(names(tokenizer, tokenizer.encode("abc")) == ["▁ab", "c"])
        #expect(names(tokenizer, tokenizer.encode("é bc")) == ["▁", "<0xC3>", "<0xA9>", "▁", "bc"])
        #expect(tokenizer.decode(tokenizer.encode("é bc")) == " é bc")
        #expect(tokenizer.decode(tokenizer.encode("é bc"), removingSpacePrefix: true) == "é bc")
        #expect(names(tokenizer, tokenizer.encode("a", addSpecial: true)) == ["<s>", "▁", "a"])
        #expect(tokenizer.encode("") == [])
    }

    @Test("the file says whether a space is put in front, and what begins and ends a text")
    func rules() throws {
        let tokenizer = try sentencePiece(
            ["<unk>", "<s>", "</s>", "▁", "a"],
            [
                ("tokenizer.ggml.add_space_prefix", .bool(false)), ("tokenizer.ggml.add_bos_token", .bool(false)),
                ("tokenizer.ggml.add_eos_token", .bool(true)),
            ])
        #expect(names(tokenizer, tokenizer.encode("a", addSpecial: true)) == ["a", "</s>"])
        #expect(tokenizer.special.bos == 1)
        #expect(tokenizer.special.endOfGeneration == [2])
    }

    @Test("user-defined tokens are found in any text, control tokens only when asked for, the longest first")
    func special() throws {
        let tokenizer = try sentencePiece(
            ["<unk>", "<s>", "</s>", "▁", "a", "<", "s", ">", "<x>", "<x><y>"], kinds: [2, 3, 3, 1, 1, 1, 1, 1, 4, 4])
        #expect(names(tokenizer, tokenizer.encode("<x><y><x>a<s>")) == ["<x><y>", "<x>", "▁", "a", "<", "s", ">"])
        #expect(names(tokenizer, tokenizer.encode("a<s>a", parseSpecial: true)) == ["▁", "a", "<s>", "▁", "a"])
        #expect(tokenizer.decode(tokenizer.encode("<x><s>", parseSpecial: true)) == "<x>")
    }

    @Test("tokens that strip white space take it along")
    func stripping() throws {
        let texts = ["<unk>", "<s>", "</s>", "▁", "a", "\n", "<|x|>"]
        let kinds: [Int32] = [2, 3, 3, 1, 1, 1, 4]
        let phi = try sentencePiece(texts, kinds: kinds, [("general.name", .string("Phi-3 mini"))])
        #expect(names(phi, phi.encode("a <|x|> \na")) == ["▁", "a", "▁", "<|x|>", "▁", "a"])
        let plain = try sentencePiece(texts, kinds: kinds)
        #expect(names(plain, plain.encode("a<|x|>\na")) == ["▁", "a", "<|x|>", "▁", "\n", "a"])
    }

    @Test("byte-level: words in one piece where the vocabulary says so, else merged by rank")
    func byteLevel() throws {
        let gpt2 = try byteLevel(preTokenizer: "gpt-2")
        #expect(names(gpt2, gpt2.encode("the the  abc")) == ["the", "Ġthe", "  ", "abc"])
        #expect(gpt2.decode(gpt2.encode("é's 11\n")) == "é's 11\n")
        #expect(gpt2.special.fimPrefix == gpt2.token(named: "<|fim_prefix|>"))
        #expect(gpt2.special.fimSuffix == gpt2.token(named: "<｜fim▁hole｜>"))
        #expect(gpt2.special.fimSuffix != nil)
        #expect(gpt2.special.addBOS == false)
        let llama = try byteLevel(preTokenizer: "llama-bpe")
        #expect(llama.special.addBOS)
    }

    @Test("a merge whose result is no token is spelt in bytes again")
    func mergeWithoutToken() throws {
        let tokenizer = try Tokenizer(
            GGUFMetadata([
                ("tokenizer.ggml.model", .string("gpt2")),
                ("tokenizer.ggml.tokens", .array(GGUFArray(["a", "b", "abc", "c"]))),
                ("tokenizer.ggml.merges", .array(GGUFArray(["a b", "ab c"]))),
            ]))
        #expect(tokenizer.encode("ab") == [0, 1])
        #expect(tokenizer.encode("abc") == [2])
    }

    @Test("a streaming decoder holds back what is half a character, and nothing else")
    func streaming() throws {
        let tokenizer = try sentencePiece(
            ["<unk>", "<s>", "</s>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "<0xC3>", "a", "<0xE0>", "<0x41>"])
        var decoder = StreamingDecoder(tokenizer)
        #expect([3, 4, 5, 6, 8].map { decoder.append($0) } == ["", "", "", "😀", "a"])
        // A beginning that turns out to be none is repaired as soon as that is known.
        #expect([7, 8].map { decoder.append($0) } == ["", "\u{FFFD}a"])
        #expect([9, 4].map { decoder.append($0) } == ["", "\u{FFFD}\u{FFFD}"])
        #expect(decoder.append(3) == "")
        #expect(decoder.finish() == "\u{FFFD}")
        #expect(decoder.finish() == "")
    }

    @Test("numbers that are no token stand for nothing")
    func outside() throws {
        let tokenizer = try sentencePiece(["<unk>", "<s>", "</s>", "a"])
        #expect(tokenizer.decode([-1, 3, 4, .max, .min]) == "a")
        #expect(tokenizer.name(of: -1) == nil)
        #expect(tokenizer.count == 4)
    }

    @Test("a tokenizer that cannot be had says what the file has")
    func errors() throws {
        func message(_ values: [(String, GGUFValue)]) -> String {
            do {
                _ = try Tokenizer(GGUFMetadata(values, source: "v.gguf"))
                return "no error"
            } catch {
                return "\(error)"
            }
        }
        #expect(message([]).hasPrefix("v.gguf: the file holds no tokenizer"))
        #expect(message([("tokenizer.ggml.model", .string("bert"))]).contains("kind `bert` is not supported"))
        let odd: [(String, GGUFValue)] = [
            ("tokenizer.ggml.model", .string("gpt2")), ("tokenizer.ggml.pre", .string("odd")),
        ]
        #expect(message(odd).contains("the pre-tokenizer `odd` is not supported; those of default, gpt-2, llama-bpe,"))
        #expect(message([("tokenizer.ggml.model", .string("llama"))]).contains("there is no `tokenizer.ggml.tokens`"))
        let tokens: [(String, GGUFValue)] = [
            ("tokenizer.ggml.model", .string("llama")), ("tokenizer.ggml.tokens", .array(GGUFArray(["a", "b"]))),
        ]
        #expect(
            message(tokens + [("tokenizer.ggml.scores", .array(GGUFArray([1] as [Float])))]).contains(
                "for each of the 2 tokens"))
        #expect(
            message(tokens + [("tokenizer.ggml.token_type", .array(GGUFArray([1] as [Int32])))]).contains(
                "1 entries for 2 tokens"))
    }
}
