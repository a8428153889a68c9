package import Inference

/// A model file that the engine runs.
///
/// ```swift
/// let model = try LocalModel(at: "qwen2.5-coder-1.5b-q8_0.gguf")
/// for try await event in model.complete("def fibonacci(n):", GenerationOptions(maxTokens: 64)) { … }
/// ```
package struct LocalModel: LanguageModel {
    package let name: String
    package let engine: Engine
    /// Nil where the vocabulary has no tokens for it.
    package let fim: FIMFormat?
    /// Nil unless the model was trained to rewrite lines.
    package let repair: RepairFormat?
    let chatTemplate: Result<ChatTemplate, any Error>

    package var contextLength: Int? { engine.contextLength }

    /// Loads the file: blocks until the weights are ready. ``ModelReference/open(_:)`` does it aside.
    package init(at path: String, options: EngineOptions = EngineOptions()) throws {
        try self.init(GGUFFile(path: path), options: options)
    }

    /// Loads a model that is part of the program: memory that is never written and never freed, not copied.
    package init(
        eternal memory: UnsafeRawBufferPointer, name: String, options: EngineOptions = EngineOptions()
    ) throws {
        try self.init(GGUFFile(eternal: memory, source: name), options: options)
    }

    package init(_ file: GGUFFile, options: EngineOptions = EngineOptions()) throws {
        let engine = try Engine(file, options: options)
        let source = file.metadata.source
        name = try file.metadata.optionalString("general.name") ?? String(source.split(separator: "/").last ?? "model")
        repair = try RepairFormat(file.metadata, engine.tokenizer)
        fim = FIMFormat(engine.tokenizer)
        chatTemplate = Result { try ChatTemplate(file.metadata, engine.tokenizer) }
        self.engine = engine
    }

    package func complete(_ prompt: String, _ options: GenerationOptions) -> TextStream {
        stream(options) { beginning(prompt) }
    }

    package func infill(_ gap: Gap, _ options: GenerationOptions) -> TextStream {
        stream(options) { try infilling().prompt(gap) }
    }

    package func rewrite(_ hole: Hole, _ options: GenerationOptions) -> TextStream {
        if let repair {
            return stream(options, lines: WholeLines(opening: hole.opening)) {
                try repair.prompt(repair.withoutFacts(hole))
            }
        }
        return stream(options, lines: hole.answerLines) { try infilling().prompt(hole.gap) }
    }

    package func chat(_ messages: [ChatMessage], _ options: GenerationOptions) -> TextStream {
        stream(options) { try chatTemplate.get().prompt(messages) }
    }

    package func score(_ continuations: [String], after prefix: String) async throws -> [Double] {
        let encoder = PromptEncoder(engine.tokenizer)
        return try await score(continuations.map { encoder.encode(continuing: $0) }, after: beginning(prefix))
    }

    package func score(_ rewritings: [[String]], of hole: Hole) async throws -> [Double] {
        let hole = hole.withoutOpening
        if let repair {
            return try await score(rewritings.map(repair.middle), after: repair.prompt(repair.withoutFacts(hole)))
        }
        let fim = try infilling()
        return try await score(rewritings.map { fim.middle(Hole.text($0)) }, after: fim.prompt(hole.gap))
    }

    // MARK: - Prompts

    /// A text from its very beginning.
    private func beginning(_ text: String) -> [Token] {
        var prompt = PromptEncoder(engine.tokenizer)
        let special = engine.tokenizer.special
        if special.addBOS { prompt.append(special.bos) }
        prompt.append(text)
        return prompt.finish()
    }

    private func infilling() throws(LanguageModelError) -> FIMFormat {
        guard let fim else {
            let families = FIMFormat.Family.allCases.map(\.rawValue).joined(separator: ", ")
            throw LanguageModelError(
                .unsupported,
                "\(name) cannot infill: its vocabulary has no fill-in-the-middle tokens such as those of \(families)")
        }
        return fim
    }

    private func score(_ continuations: [[Token]], after prefix: [Token]) async throws -> [Double] {
        do {
            return try await engine.score(prefix: prefix, continuations: continuations)
                .map { $0.reduce(0) { $0 + Double($1) } }
        } catch {
            throw LanguageModelError.of(error)
        }
    }
}
