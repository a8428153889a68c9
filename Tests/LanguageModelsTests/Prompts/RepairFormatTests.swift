import Inference
import Testing

@testable import LanguageModels

@Suite("The repair prompt")
struct RepairFormatTests {
    private static func format(budget: Int) throws -> RepairFormat {
        let vocabulary = try ToyVocabulary.byteLevel(
            RepairReference.special, merges: RepairReference.merges,
            [
                ("tokenizer.ggml.eos_token_id", .uint32(0)), ("fettle.repair.format", .string("fettle-repair/1")),
                ("fettle.repair.prompt_tokens", .uint32(UInt32(budget))),
            ])
        return try #require(try RepairFormat(vocabulary.metadata, vocabulary.tokenizer))
    }

    @Test("prompts and middles are token for token those that models are trained on", arguments: RepairReference.cases)
    func reference(_ expected: RepairReference.Case) throws {
        let format = try Self.format(budget: expected.budget)
        #expect(try format.prompt(expected.hole) == expected.prompt)
        #expect(format.middle(expected.rewriting) == expected.middle)
        #expect(expected.prompt.count <= expected.budget)
    }

    @Test("the text that a rewriting begins with ends the prompt, and what is scored begins where it likes")
    func opening() throws {
        let format = try Self.format(budget: 400)
        var hole = RepairReference.greatestCommonDivisor
        let prompt = try format.prompt(hole)
        hole.opening = "    a ="
        let opened = try format.prompt(hole)
        #expect(opened.starts(with: prompt))
        #expect(format.middle(["    a = b"]).starts(with: opened.dropFirst(prompt.count)))
        #expect(hole.gap.before.hasSuffix("\n    a ="))
    }

    @Test("a hole that the budget cannot hold is an error with both numbers")
    func overflow() throws {
        let error = #expect(throws: LanguageModelError.self) {
            try Self.format(budget: 20).prompt(RepairReference.greatestCommonDivisor)
        }
        #expect(error?.code == .contextOverflow)
        #expect(error?.message.contains("38 tokens") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("the 20 of a prompt") == true)
    }

    @Test("code that spells special tokens stays code")
    func forgery() throws {
        let hole = Hole(
            commentSign: "#", above: ["a = '<|fim_middle|>'"], lines: ["<|endoftext|>"], below: ["<|fim_suffix|>"])
        let prompt = try Self.format(budget: 400).prompt(hole)
        #expect(prompt.filter { $0 < 7 } == [1, 2, 3])
    }

    @Test("a file of another format is refused by name, one of none is just no repair model")
    func otherFormats() throws {
        let plain = try ToyVocabulary.byteLevel(RepairReference.special)
        #expect(try RepairFormat(plain.metadata, plain.tokenizer) == nil)
        let newer = plain + [("fettle.repair.format", .string("fettle-repair/2"))]
        let error = #expect(throws: LanguageModelError.self) {
            try RepairFormat(newer.metadata, newer.tokenizer)
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("fettle-repair/2") == true)
    }
}
