import Inference

/// Vocabularies of single bytes, a few merges, and the special tokens that a test wants; enough for any text.
enum ToyVocabulary {
    /// Byte-level: special tokens first, then the bytes in GPT-2's alphabet, then what merges make.
    static func byteLevel(
        _ special: [String], kind: Int32 = 3, merges: [String] = [], preTokenizer: String = "qwen2",
        _ more: [(String, GGUFValue)] = []
    ) throws -> [(String, GGUFValue)] {
        let merged = merges.map { $0.split(separator: " ").joined() }
        let tokens = special + alphabet + merged
        let kinds = tokens.indices.map { $0 < special.count ? kind : 1 }
        return [
            ("tokenizer.ggml.model", .string("gpt2")), ("tokenizer.ggml.pre", .string(preTokenizer)),
            ("tokenizer.ggml.tokens", .array(GGUFArray(tokens))),
            ("tokenizer.ggml.token_type", .array(GGUFArray(kinds))),
            ("tokenizer.ggml.merges", .array(GGUFArray(merges))),
        ] + more
    }

    /// SentencePiece: `<unk>`, `<s>`, `</s>`, the bytes, the special tokens, then pieces, better ones first.
    static func sentencePiece(
        _ special: [String], pieces: [String] = [], _ more: [(String, GGUFValue)] = []
    ) throws -> [(String, GGUFValue)] {
        let bytes = (0..<256).map { "<0x\($0 < 16 ? "0" : "")\(String($0, radix: 16, uppercase: true))>" }
        let tokens = ["<unk>", "<s>", "</s>"] + bytes + special + pieces
        let kinds: [Int32] =
            [2, 3, 3] + bytes.map { _ in 6 } + special.map { _ in 3 } + pieces.map { _ in 1 }
        return [
            ("tokenizer.ggml.model", .string("llama")), ("tokenizer.ggml.tokens", .array(GGUFArray(tokens))),
            ("tokenizer.ggml.scores", .array(GGUFArray(tokens.indices.map { -Float($0) }))),
            ("tokenizer.ggml.token_type", .array(GGUFArray(kinds))), ("tokenizer.ggml.bos_token_id", .uint32(1)),
            ("tokenizer.ggml.eos_token_id", .uint32(2)),
        ] + more
    }

    /// GPT-2's characters for the bytes, in the order of their code points.
    private static var alphabet: [String] {
        let printable = [33...126, 161...172, 174...255].joined()
        let others = (0..<256 - printable.count).map { 256 + $0 }
        return (Array(printable) + others).compactMap { UnicodeScalar($0).map { String(Character($0)) } }
    }
}

extension [(String, GGUFValue)] {
    var tokenizer: Tokenizer { get throws { try Tokenizer(metadata) } }
    var metadata: GGUFMetadata { get throws { try GGUFMetadata(self, source: "toy.gguf") } }
}
