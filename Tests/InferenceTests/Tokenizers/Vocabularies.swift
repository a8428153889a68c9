import Foundation
import Testing

@testable import Inference

/// Real vocabularies and their vectors: in the folder that `FETTLE_VOCABULARIES` names, or in `shared/vocabs` beside the checkout.
enum Vocabularies {
    static let folder: String? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../../shared/vocabs").standardized.path
        let named = ProcessInfo.processInfo.environment["FETTLE_VOCABULARIES"]
        return [named, beside].compactMap(\.self).first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// Vocabularies with `.inp` and `.out` beside them, without the extension.
    static var withVectors: [String] {
        names.filter { FileManager.default.fileExists(atPath: "\(folder ?? "")/\($0).gguf.inp") }
    }

    static var names: [String] {
        let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        return files.filter { $0.hasSuffix(".gguf") }.map { String($0.dropLast(5)) }.sorted()
    }

    static func tokenizer(_ name: String) throws -> Tokenizer {
        try Tokenizer(GGUFFile(path: "\(folder ?? "")/\(name).gguf").metadata)
    }

    /// Texts and the tokens that they must give.
    static func vectors(_ name: String) throws -> [(text: String, tokens: [Token])] {
        let path = "\(folder ?? "")/\(name).gguf"
        let texts = try String(contentsOfFile: path + ".inp", encoding: .utf8).components(
            separatedBy: "\n__ggml_vocab_test__\n")
        let lines = try String(contentsOfFile: path + ".out", encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        return zip(texts, lines).map { text, line in (text, line.split(separator: " ").compactMap { Token($0) }) }
    }
}
