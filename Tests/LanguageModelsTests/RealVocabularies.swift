import Foundation
import Inference

/// Real vocabularies: in the folder that `FETTLE_VOCABULARIES` names, or in `shared/vocabs` beside the checkout.
enum RealVocabularies {
    static let folder: String? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../shared/vocabs").standardized.path
        let named = ProcessInfo.processInfo.environment["FETTLE_VOCABULARIES"]
        return [named, beside].compactMap(\.self).first { FileManager.default.fileExists(atPath: $0) }
    }()

    static func metadata(_ name: String) throws -> GGUFMetadata {
        try GGUFFile(path: "\(folder ?? "")/\(name).gguf").metadata
    }

    static func tokenizer(_ name: String) throws -> Tokenizer {
        try Tokenizer(metadata(name))
    }
}
