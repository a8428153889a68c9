import Foundation
import Testing

@testable import Inference

@Suite("Golden logits")
struct GoldenLogitsTests {
    /// Logits of tokens 0 to 3 after 40 tokens, from the models that ``writing()`` writes.
    ///
    /// Recorded when `Tests/Oracles/compare.py --files` had found the same models to agree with llama.cpp.
    static let golden: [String: [Float]] = [
        "granite": [-1.1033, 0.0773, -2.1848, -1.6902],
        "llama with experts": [2.3667, -0.8571, 0.1883, -2.3841],
        "llama": [-4.978, 3.146, -0.8509, -0.866],
        "llama4 with experts": [1.3226, -0.6604, -8.3306, 2.2348],
        "qwen2": [-2.4143, 3.2297, -1.1957, -6.1225],
        "qwen3": [-1.0272, 3.2053, 1.7903, -1.1913],
        "qwen3moe with experts": [-0.9817, 1.2435, -4.8504, -4.6941],
        "starcoder2": [-1.5505, -3.0503, 0.968, 2.8973],
    ]

    /// llama.cpp's Llama 4 always has chunks of 8,192 positions; smaller ones are confirmed by `transformers` alone.
    static let models = TinyModel.all.map { model in
        var model = model
        model.metadata.removeAll { $0.0.hasPrefix("llama4.attention.") }
        return model
    }

    @Test("every architecture gives the logits that were confirmed", arguments: models)
    func golden(_ model: TinyModel) async throws {
        try await model.withFile { path in
            let passes = try Passes(path)
            let last = passes.logits(Passes.text(40), to: passes.sequence())[39]
            let expected = try #require(Self.golden[model.testDescription])
            for (logit, expected) in zip(last, expected) {
                #expect(abs(logit - expected) < 2e-3, "\(model.testDescription): \(last.prefix(4))")
            }
        }
    }

    static let folder = ProcessInfo.processInfo.environment["FETTLE_TINY_MODELS"]

    @Test(
        "writes the models for an oracle",
        .enabled(if: folder != nil, "set FETTLE_TINY_MODELS to a folder to have them"), arguments: models)
    func writing(_ model: TinyModel) throws {
        let folder = try #require(Self.folder)
        let name = model.testDescription.replacing(" ", with: "-")
        try model.write(to: folder + "/" + name + ".gguf")
        #expect(try GGUFFile(path: folder + "/" + name + ".gguf").tensors.count > 10)
    }
}
