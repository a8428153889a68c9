import Inference

/// Small well-formed files that mutations start from: every kind of metadata, every kind of tokenizer.
package enum FuzzSeeds {
    package static func all() throws -> [[UInt8]] {
        let preTokenizers = [
            "default", "gpt-2", "llama-bpe", "qwen2", "deepseek-coder", "deepseek-llm", "deepseek-v3", "starcoder",
            "falcon",
            "llama4", "tekken",
        ]
        return try [model(), splitPart()] + preTokenizers.map { try byteLevelVocabulary(preTokenizer: $0) }
            + [sentencePieceVocabulary()]
    }

    /// Every type of value, nested arrays, tensors of types that are read and that are not.
    package static func model() throws -> [UInt8] {
        var writer = GGUFWriter()
        writer.set("general.architecture", .string("llama"))
        writer.set("a.u8", .uint8(1))
        writer.set("a.i8", .int8(-1))
        writer.set("a.u16", .uint16(2))
        writer.set("a.i16", .int16(-2))
        writer.set("a.u32", .uint32(3))
        writer.set("a.i32", .int32(-3))
        writer.set("a.f32", .float32(0.5))
        writer.set("a.bool", .bool(true))
        writer.set("a.u64", .uint64(4))
        writer.set("a.i64", .int64(-4))
        writer.set("a.f64", .float64(0.25))
        writer.set("a.strings", .array(GGUFArray(["a", "", "bc"])))
        writer.set("a.floats", .array(GGUFArray([1, 2] as [Float])))
        writer.set("a.nested", .array(GGUFArray([GGUFArray([1, 2] as [Int32]), GGUFArray([GGUFArray(["x"])])])))
        writer.set("general.alignment", .uint32(32))
        try writer.add("norm", type: .f32, shape: [4], bytes: Array(repeating: 1, count: 16))
        try writer.add("w", type: .q8_0, shape: [32, 2], bytes: Array(repeating: 2, count: 68))
        try writer.add("k", type: .q4_K, shape: [256], bytes: Array(repeating: 3, count: 144))
        return try writer.encoded()
    }

    static func splitPart() throws -> [UInt8] {
        var writer = GGUFWriter()
        writer.set("split.no", .uint16(0))
        writer.set("split.count", .uint16(2))
        writer.set("split.tensors.count", .int32(1))
        try writer.add("t", type: .f16, shape: [2, 2, 1, 1], bytes: Array(repeating: 0, count: 8))
        return try writer.encoded()
    }

    package static func byteLevelVocabulary(preTokenizer: String) throws -> [UInt8] {
        let tokens = [
            "!", "'", "a", "b", "c", "d", "e", "l", "s", "t", "1", "2", "Ġ", "Ċ", "Ã", "©", "th", "the", "Ġthe", "ab",
            "abc",
            "ĠĠ", "<|endoftext|>", "<|fim_prefix|>", "<｜fim▁hole｜>", "  ", "", "11", "Ã©",
        ]
        let merges = ["t h", "th e", "Ġ the", "a b", "ab c", "Ġ Ġ", "1 1", "Ã ©", "s t", "nonsense", " ", "l  l"]
        let kinds = tokens.map { $0.hasPrefix("<") ? 3 : $0 == "  " ? 4 : 1 as Int32 }
        return try vocabulary(model: "gpt2", preTokenizer, tokens, kinds) {
            $0.set("tokenizer.ggml.merges", .array(GGUFArray(merges)))
        }
    }

    package static func sentencePieceVocabulary() throws -> [UInt8] {
        let tokens = [
            "<unk>", "<s>", "</s>", "<0x0A>", "<0x41>", "<0xC3>", "<0xA9>", "▁", "t", "h", "e", "th", "the", "▁the",
            "▁▁", "é",
            "user", "",
        ]
        let kinds: [Int32] = [2, 3, 3, 6, 6, 6, 6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 5]
        return try vocabulary(model: "llama", "default", tokens, kinds) {
            $0.set("tokenizer.ggml.scores", .array(GGUFArray(tokens.indices.map { -Float($0) })))
            $0.set("tokenizer.ggml.add_space_prefix", .bool(true))
            $0.set("tokenizer.ggml.add_eos_token", .bool(true))
        }
    }

    private static func vocabulary(
        model: String, _ preTokenizer: String, _ tokens: [String], _ kinds: [Int32], _ more: (inout GGUFWriter) -> Void
    ) throws -> [UInt8] {
        var writer = GGUFWriter()
        writer.set("tokenizer.ggml.model", .string(model))
        writer.set("tokenizer.ggml.pre", .string(preTokenizer))
        writer.set("tokenizer.ggml.tokens", .array(GGUFArray(tokens)))
        writer.set("tokenizer.ggml.token_type", .array(GGUFArray(kinds)))
        writer.set("tokenizer.ggml.bos_token_id", .uint32(1))
        more(&writer)
        return try writer.encoded()
    }
}
