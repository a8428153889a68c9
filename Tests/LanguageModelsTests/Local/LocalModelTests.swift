import Foundation
import Inference
import LanguageModels
import Testing

@Suite("Model files", .timeLimit(.minutes(2)))
struct LocalModelTests {
    static let gap = Gap(before: "def f(x):\n    return ", after: "\n")

    @Test("samples of one request keep to their own temperatures, and equal seeds give equal texts")
    func temperatures() async throws {
        let model = try TinyLlama.withFIM().model
        let options = GenerationOptions(maxTokens: 24, temperatures: [0, 0, 1.2, 1.2], seed: 4)
        let first = try await Collected(model.complete("abc", options))
        let second = try await Collected(model.complete("abc", options))
        #expect(first.samples.mapValues(\.text) == second.samples.mapValues(\.text))
        #expect(first.samples[0]?.text == first.samples[1]?.text)
        #expect(first.samples[2]?.text != first.samples[0]?.text)
        #expect(first.samples[2]?.text != first.samples[3]?.text)
        #expect(first.usage?.promptTokens == 3)
        #expect(second.usage?.cachedTokens ?? 0 > 0)
        // Alone at temperature 0 it is the same text.
        let alone = try await Collected(model.complete("abc", GenerationOptions(maxTokens: 24)))
        #expect(alone.samples[0]?.text == first.samples[0]?.text)
    }

    @Test("a model in the program's memory says what the same model in a file says")
    func memory() async throws {
        let tiny = try TinyLlama.withFIM()
        let bytes = try tiny.encoded
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        let options = GenerationOptions(maxTokens: 12, temperatures: [1])
        let model = try LocalModel(eternal: UnsafeRawBufferPointer(memory), name: "embedded")
        let inMemory = try await Collected(model.complete("abc", options))
        let inFile = try await Collected(tiny.model.complete("abc", options))
        #expect(inMemory.samples == inFile.samples)
        #expect(model.name == "embedded")
    }

    @Test("the log-likelihood of a sample is what scoring its text gives", arguments: [Float(0.8), 2])
    func logLikelihood(_ temperature: Float) async throws {
        let model = try TinyLlama.withFIM().model
        let options = GenerationOptions(maxTokens: 2, temperatures: Array(repeating: temperature, count: 40), seed: 2)
        let samples = try await Collected(model.complete("abc", options)).samples.values
        // A byte is a token here: texts of two characters have one spelling in tokens.
        let plain = samples.filter { $0.ending == .length && $0.text.utf8.count == 2 && $0.text.allSatisfy(\.isASCII) }
        try #require(!plain.isEmpty)
        for (sample, score) in zip(plain, try await model.score(plain.map(\.text), after: "abc")) {
            #expect(abs((sample.logLikelihood ?? 0) - score) < 1e-3)
        }
    }

    @Test("more than the context holds is an error with the numbers, never a cut")
    func overflow() async throws {
        var tiny = try TinyLlama.withFIM()
        tiny.contextLength = 40
        let model = try tiny.model
        for stream in [
            model.complete(String(repeating: "x", count: 30), GenerationOptions(maxTokens: 11)),
            model.infill(
                Gap(before: String(repeating: "x", count: 20), after: "abcdefg"), GenerationOptions(maxTokens: 11)),
        ] {
            let error = await #expect(throws: LanguageModelError.self) { try await Collected(stream) }
            #expect(error?.code == .contextOverflow)
            #expect(error?.message.contains("30 tokens of prompt and 11 to follow") == true)
            #expect(error?.message.contains("context of 40 tokens") == true)
        }
        let error = await #expect(throws: LanguageModelError.self) {
            try await model.score([String(repeating: "y", count: 20)], after: String(repeating: "x", count: 30))
        }
        #expect(error?.code == .contextOverflow)
        #expect(model.contextLength == 40)
    }

    @Test("what a model cannot do it says")
    func unsupported() async throws {
        let model = try TinyLlama(vocabulary: ToyVocabulary.byteLevel(["<|endoftext|>"])).model
        let hole = RepairReference.greatestCommonDivisor
        for stream in [
            model.infill(Self.gap, GenerationOptions()), model.rewrite(hole, GenerationOptions()),
            model.chat([ChatMessage(.user, "Hi")], GenerationOptions()),
        ] {
            let error = await #expect(throws: LanguageModelError.self) { try await Collected(stream) }
            #expect(error?.code == .unsupported)
        }
        await #expect(throws: LanguageModelError.self) { try await model.score([["x"]], of: hole) }
    }

    @Test("a repair model is asked in its own format, others are shown a gap")
    func rewrite() async throws {
        let format: [(String, GGUFValue)] = [
            ("fettle.repair.format", .string("fettle-repair/1")), ("fettle.repair.prompt_tokens", .uint32(200)),
        ]
        let hole = RepairReference.greatestCommonDivisor
        for model in [try TinyLlama.withFIM(format).model, try TinyLlama.withFIM().model] {
            let prompt =
                try model.repair?.prompt(hole)
                ?? #require(model.fim).prompt(
                    Gap(
                        before: "def gcd_steps(a, b):\n    steps = 0\n    while b:\n        # BUG: a, b = a, a % b\n",
                        after: "        steps += 1\n    return steps\n"))
            let options = GenerationOptions(maxTokens: 60, temperatures: [1.5, 1.5, 1.5], seed: 9)
            let answer = try await Collected(model.rewrite(hole, options))
            #expect(answer.usage?.promptTokens == prompt.count)
            #expect(answer.samples.count == 3)
            for sample in answer.samples.values {
                #expect(sample.text.isEmpty || sample.text.hasSuffix("\n"))
                #expect(sample.logLikelihood ?? 0 < 0)
            }
            let scores = try await model.score([["        a, b = b, a % b"], []], of: hole)
            let end = try await model.engine.score(prefix: prompt, continuations: [[0]])
            #expect(abs(scores[1] - Double(end[0][0])) < 1e-4)
            #expect(scores[0] < scores[1])
        }
    }

    @Test("a conversation is answered through the file's template")
    func chat() async throws {
        let template = "{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}"
        let model = try TinyLlama(
            vocabulary: ToyVocabulary.byteLevel(["<|endoftext|>", "<|im_end|>", "<|im_start|>"]),
            metadata: [("tokenizer.chat_template", .string(template)), ("general.name", .string("Tiny Chat"))]
        ).model
        let answer = try await Collected(model.chat([ChatMessage(.user, "Hi")], GenerationOptions(maxTokens: 5)))
        #expect(answer.usage?.promptTokens == 2 + "user\nHi\n".count + 1 + "assistant\n".count)
        #expect(model.name == "Tiny Chat")
    }

    @Test("a consumer that leaves frees the engine")
    func cancellation() async throws {
        var tiny = try TinyLlama.withFIM()
        tiny.contextLength = 100_000
        let model = try tiny.model
        for try await event in model.complete("abc", GenerationOptions(maxTokens: 90_000, temperatures: [1])) {
            if case .text = event { break }
        }
        let after = try await Collected(model.complete("abc", GenerationOptions(maxTokens: 3)))
        #expect(after.samples[0]?.ending != nil)
    }

    @Test("a stop text ends a sample before it")
    func stops() async throws {
        let model = try TinyLlama.withFIM().model
        let whole = try await Collected(model.complete("abc", GenerationOptions(maxTokens: 30))).samples[0]?.text ?? ""
        let characters = Array(whole)
        try #require(characters.count > 8)
        let stop = String(characters[5..<7])
        let place = try #require(whole.range(of: stop))
        let cut = try await Collected(model.complete("abc", GenerationOptions(maxTokens: 30, stops: [stop]))).samples[0]
        #expect(cut?.text == String(whole[..<place.lowerBound]))
        #expect(cut?.ending == .stop)
    }
}
