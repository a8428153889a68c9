import Inference

/// What `fettle model info` says of a file.
struct ModelSummary: Encodable {
    struct TypeCount: Encodable {
        let type: String
        let tensors: Int
        let bytes: Int
        /// Whether Fettle computes with it.
        let isSupported: Bool
    }

    let path: String
    /// Of all parts of a split file.
    let bytes: Int
    let parts: Int
    let version: Int
    let architecture: String?
    let name: String?
    let parameters: Int
    let contextLength: Int?
    let layers: Int?
    let embeddingLength: Int?
    let types: [TypeCount]
    let tokenizer: String?
    /// Why text cannot be tokenised; nil where it can.
    let tokenizerProblem: String?
    let vocabulary: Int?
    let specialTokens: [String: Token]
    let addsBOS: Bool?
    let addsEOS: Bool?
    let hasChatTemplate: Bool

    init(_ file: GGUFFile, path: String) throws {
        let metadata = file.metadata
        self.path = path
        bytes = file.byteCount
        parts = file.paths.count
        version = file.version
        architecture = try metadata.optionalString("general.architecture")
        name = try metadata.optionalString("general.name")
        parameters = file.tensors.reduce(0) { $0 + $1.elementCount }
        let prefix = architecture ?? ""
        contextLength = try metadata.optionalInt("\(prefix).context_length")
        layers = try metadata.optionalInt("\(prefix).block_count")
        embeddingLength = try metadata.optionalInt("\(prefix).embedding_length")
        types = Self.types(of: file.tensors)
        hasChatTemplate = metadata["tokenizer.chat_template"] != nil
        do {
            let tokenizer = try Tokenizer(metadata)
            self.tokenizer = tokenizer.kind
            tokenizerProblem = nil
            vocabulary = tokenizer.count
            specialTokens = Self.named(tokenizer.special)
            addsBOS = tokenizer.special.addBOS
            addsEOS = tokenizer.special.addEOS
        } catch {
            tokenizer = try metadata.optionalString("tokenizer.ggml.model")
            tokenizerProblem = error.message
            vocabulary = nil
            specialTokens = [:]
            addsBOS = nil
            addsEOS = nil
        }
    }

    private static func types(of tensors: [GGUFTensorInfo]) -> [TypeCount] {
        Dictionary(grouping: tensors, by: \.layout).map { layout, tensors in
            TypeCount(
                type: layout.name, tensors: tensors.count, bytes: tensors.reduce(0) { $0 + $1.byteCount },
                isSupported: TensorType(rawValue: layout.code) != nil)
        }.sorted { ($1.bytes, $0.type) < ($0.bytes, $1.type) }
    }

    private static func named(_ special: SpecialTokens) -> [String: Token] {
        [
            "bos": special.bos, "eos": special.eos, "eot": special.eot, "pad": special.pad, "unknown": special.unknown,
            "fimPrefix": special.fimPrefix, "fimSuffix": special.fimSuffix, "fimMiddle": special.fimMiddle,
            "fimPad": special.fimPad, "fimRepo": special.fimRepo, "fimSeparator": special.fimSeparator,
        ].compactMapValues(\.self)
    }
}

extension ModelSummary {
    /// One line a fact; names from the file with control characters escaped.
    var text: String {
        var lines: [(String, String)] = [
            ("architecture", architecture.map(Self.shown) ?? "not said"),
            ("name", name.map(Self.shown) ?? "not said"),
            ("parameters", parameters == 0 ? "none: a vocabulary without weights" : Self.grouped(parameters)),
            ("file", "\(Self.grouped(bytes)) bytes, GGUF version \(version)\(parts > 1 ? ", \(parts) parts" : "")"),
        ]
        if let contextLength { lines.append(("context", "\(Self.grouped(contextLength)) tokens")) }
        if let layers { lines.append(("layers", "\(layers)")) }
        for count in types {
            let note = count.isSupported ? "" : " (not supported)"
            lines.append((count.type, "\(count.tensors) tensors, \(Self.grouped(count.bytes)) bytes\(note)"))
        }
        lines.append(
            ("tokenizer", tokenizerProblem ?? "\(tokenizer ?? "none"), \(Self.grouped(vocabulary ?? 0)) tokens"))
        if !specialTokens.isEmpty {
            let tokens = specialTokens.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            lines.append(("special tokens", tokens.joined(separator: ", ")))
        }
        lines.append(("chat template", hasChatTemplate ? "yes" : "no"))
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0 + String(repeating: " ", count: width + 2 - $0.0.count) + $0.1 }.joined(separator: "\n")
    }

    private static func shown(_ text: String) -> String {
        String(text.debugDescription.dropFirst().dropLast())
    }

    /// 1234567 as 1,234,567.
    private static func grouped(_ number: Int) -> String {
        var digits = Array(String(number))
        for position in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: position) }
        return String(digits)
    }
}
