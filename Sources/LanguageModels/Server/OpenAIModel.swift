import Foundation

/// A model behind a server that speaks OpenAI's protocol: llama.cpp, vLLM, Ollama, LM Studio, OpenAI itself.
///
/// Every call streams. Samples of one temperature share a request; what the server leaves out is asked for one by one.
package struct OpenAIModel: LanguageModel {
    package let name: String
    /// As far as the server says.
    package let contextLength: Int?
    private let connection: ServerConnection

    /// - Parameters:
    ///   - address: up to and with the version, such as `http://localhost:8080/v1`.
    ///   - model: the server's name for the model.
    ///   - key: goes into the `Authorization` header and nowhere else.
    package init(
        at address: String, model: String, contextLength: Int? = nil, key: String? = nil,
        timeouts: ServerTimeouts = ServerTimeouts(), retries: RetryPolicy = RetryPolicy()
    ) throws {
        name = model
        self.contextLength = contextLength
        connection = try ServerConnection(address, key: key, timeouts: timeouts, retries: retries)
    }

    /// Asks the server which model it has; one that has several wants a name.
    package init(
        asking address: String, key: String? = nil, timeouts: ServerTimeouts = ServerTimeouts(),
        retries: RetryPolicy = RetryPolicy()
    ) async throws {
        connection = try ServerConnection(address, key: key, timeouts: timeouts, retries: retries)
        let models: [ServerModels.Model]
        do {
            models = try JSONDecoder().decode(ServerModels.self, from: try await connection.get("/models")).data
        } catch let refusal as ServerRefusal {
            throw refusal.error
        } catch is DecodingError {
            throw LanguageModelError(
                .malformedAnswer, "\(connection.address)/models is no list of models; name the server's model")
        }
        guard models.count == 1 else {
            let names = models.prefix(10).map(\.id).joined(separator: ", ")
            throw LanguageModelError(
                .invalidRequest,
                models.isEmpty
                    ? "\(connection.address) has no model"
                    : "\(connection.address) has several models, name one: \(names)")
        }
        name = models[0].id
        contextLength = models[0].maxModelLength
    }

    package func complete(_ prompt: String, _ options: GenerationOptions) -> TextStream {
        stream("/completions", options) { $0.prompt = prompt }
    }

    package func infill(_ gap: Gap, _ options: GenerationOptions) -> TextStream {
        infill(gap, options, lines: nil)
    }

    package func rewrite(_ hole: Hole, _ options: GenerationOptions) -> TextStream {
        infill(hole.gap, options, lines: hole.answerLines)
    }

    package func chat(_ messages: [ChatMessage], _ options: GenerationOptions) -> TextStream {
        stream("/chat/completions", options) { $0.messages = messages }
    }

    package func score(_ continuations: [String], after prefix: String) async throws -> [Double] {
        throw LanguageModelError(.unsupported, "\(connection.address) cannot score texts; use a model file for that")
    }

    package func score(_ rewritings: [[String]], of hole: Hole) async throws -> [Double] {
        try await score([], after: "")
    }

    private func infill(_ gap: Gap, _ options: GenerationOptions, lines: WholeLines?) -> TextStream {
        stream("/completions", options, lines: lines) {
            $0.prompt = gap.before
            $0.suffix = gap.after
        } failure: { refusal in
            // Servers say in many ways that they know no `suffix`, or that the model has no such faculty.
            guard [400, 404, 405, 422, 500, 501].contains(refusal.status), !refusal.isContextOverflow else {
                return refusal.error
            }
            return LanguageModelError(
                .unsupported,
                "\(refusal.server) does not infill (status \(refusal.status): \(refusal.words)); it needs a server and a model that complete with a suffix"
            )
        }
    }
}

// MARK: - Streaming

extension OpenAIModel {
    /// Samples that one request asks for.
    private struct Group {
        let temperature: Float
        let samples: [Int]
    }

    /// One request for each temperature, all at once, their events in one stream.
    private func stream(
        _ path: String, _ options: GenerationOptions, lines: WholeLines? = nil,
        _ fill: @escaping @Sendable (inout ServerRequest) -> Void,
        failure: @escaping @Sendable (ServerRefusal) -> LanguageModelError = { $0.error }
    ) -> TextStream {
        let (stream, events) = TextStream.makeStream()
        let groups = Dictionary(grouping: options.temperatures.indices) { options.temperatures[$0] }
            .map { Group(temperature: $0.key, samples: $0.value) }
        guard options.maxTokens > 0, !groups.isEmpty else {
            events.finish(
                throwing: LanguageModelError(
                    .invalidRequest,
                    "\(options.temperatures.count) samples of up to \(options.maxTokens) tokens cannot be generated"))
            return stream
        }
        let task = Task {
            do {
                let usage = try await withThrowingTaskGroup(of: TokenUsage.self) { tasks in
                    for group in groups {
                        tasks.addTask { try await run(group, path, options, lines, fill, events) }
                    }
                    return try await tasks.reduce(into: TokenUsage()) { $0 += $1 }
                }
                events.yield(.usage(usage))
                events.finish()
            } catch let refusal as ServerRefusal {
                events.finish(throwing: failure(refusal))
            } catch {
                events.finish(throwing: error)
            }
        }
        events.onTermination = { _ in task.cancel() }
        return stream
    }

    private func run(
        _ group: Group, _ path: String, _ options: GenerationOptions, _ lines: WholeLines?,
        _ fill: @Sendable (inout ServerRequest) -> Void, _ events: TextStream.Continuation
    ) async throws -> TokenUsage {
        var request = ServerRequest(model: name, options, temperature: group.temperature, samples: group.samples)
        fill(&request)
        let answer = try await connection.post(path, try JSONEncoder().encode(request))
        var reader = AnswerReader(connection.address, samples: group.samples)
        var cutter = lines.map { SampleLines($0, samples: group.samples) }
        func emit(_ found: [TextEvent]) {
            for event in found {
                if cutter == nil { events.yield(event) }
                for event in cutter?.cut(event) ?? [] { events.yield(event) }
            }
        }
        if answer.isEventStream {
            var parser = ServerSentEvents()
            try await connection.forEachPiece(of: answer) { bytes in
                for data in try parser.append(bytes) { emit(try reader.read(Data(data))) }
                return cutter?.isComplete != true
            }
        } else {
            emit(try reader.read(try await connection.data(of: answer)))
        }
        if cutter?.isComplete == true { return reader.usage }
        emit(try reader.end())
        guard !reader.missing.isEmpty else { return reader.usage }
        guard group.samples.count > 1 else {
            throw LanguageModelError(.malformedAnswer, "\(connection.address) sent an answer without a text")
        }
        // Not every server heeds `n`.
        var usage = reader.usage
        for sample in reader.missing {
            let single = Group(temperature: group.temperature, samples: [sample])
            usage += try await run(single, path, options, lines, fill, events)
        }
        return usage
    }
}

extension ServerRequest {
    fileprivate init(model: String, _ options: GenerationOptions, temperature: Float, samples: [Int]) {
        self.model = model
        maxTokens = options.maxTokens
        self.temperature = temperature
        topP = options.topP
        // Servers' seeds have 32 bits or 64, with a sign or without.
        seed = Int((options.seed &+ UInt64(samples.first ?? 0)) & 0x7FFF_FFFF)
        stop = options.stops.isEmpty ? nil : options.stops
        n = samples.count > 1 ? samples.count : nil
    }
}

extension TokenUsage {
    fileprivate static func += (sum: inout TokenUsage, more: TokenUsage) {
        sum.promptTokens += more.promptTokens
        sum.cachedTokens += more.cachedTokens
        sum.generatedTokens += more.generatedTokens
    }
}
