import Foundation
import Testing

@testable import Inference

@Suite("Golden logits")
struct GoldenLogitsTests {
    /// Logits of tokens 0 to 3 after 40 tokens, from the models that ``writing()`` writes.
    ///
    /// Recorded when `Tests/Oracles/compare.py --files` had found the same models to agree with llama.cpp.
    static let golden: [String: [Float]] = [:]

    @Test("every architecture gives the logits that were confirmed", arguments: TinyModel.all)
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
        .enabled(if: folder != nil, "set FETTLE_TINY_MODELS to a folder to have them"), arguments: TinyModel.all)
    func writing(_ model: TinyModel) throws {
        let folder = try #require(Self.folder)
        let name = model.testDescription.replacing(" ", with: "-")
        try model.write(to: folder + "/" + name + ".gguf")
        #expect(try GGUFFile(path: folder + "/" + name + ".gguf").tensors.count > 10)
    }
}
