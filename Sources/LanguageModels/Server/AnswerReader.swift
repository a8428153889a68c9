import Foundation

/// Turns a server's stream into events of a language model, and knows which samples are still out.
struct AnswerReader {
    private let server: String
    /// The sample that each choice is.
    private let samples: [Int]
    private var isBegun: Set<Int> = []
    private var isEnded: Set<Int> = []
    private var hasSaidDone = false
    private(set) var usage = TokenUsage()

    init(_ server: String, samples: [Int]) {
        self.server = server
        self.samples = samples
    }

    /// Samples of which the server sent nothing.
    var missing: [Int] { samples.indices.filter { !isBegun.contains($0) }.map { samples[$0] } }

    /// Reads an event's data, or a whole answer.
    mutating func read(_ data: Data) throws -> [TextEvent] {
        if data.elementsEqual("[DONE]".utf8) {
            hasSaidDone = true
            return []
        }
        let chunk: ServerChunk
        do {
            chunk = try JSONDecoder().decode(ServerChunk.self, from: data)
        } catch {
            let excerpt = String(decoding: data.prefix(80), as: UTF8.self).debugDescription
            throw LanguageModelError(.malformedAnswer, "\(server) sent what is no completion: \(excerpt)")
        }
        if let details = chunk.error {
            throw ServerRefusal(server: server, details: details).error
        }
        if let usage = chunk.usage {
            self.usage = TokenUsage(
                promptTokens: usage.promptTokens ?? 0, cachedTokens: usage.promptTokensDetails?.cachedTokens ?? 0,
                generatedTokens: usage.completionTokens ?? 0)
        }
        return try (chunk.choices ?? []).flatMap { try read($0) }
    }

    private mutating func read(_ choice: ServerChunk.Choice) throws -> [TextEvent] {
        let index = choice.index ?? 0
        guard samples.indices.contains(index) else {
            throw LanguageModelError(
                .malformedAnswer, "\(server) sent choice \(index) where \(samples.count) were asked for")
        }
        guard !isEnded.contains(index) else { return [] }
        isBegun.insert(index)
        var events: [TextEvent] = []
        if !choice.piece.isEmpty { events.append(.text(sample: samples[index], choice.piece)) }
        if let reason = choice.finishReason {
            isEnded.insert(index)
            let ending = TextEvent.Ending(reason, choice.stopReason)
            events.append(.finished(sample: samples[index], ending, logLikelihood: nil))
        }
        return events
    }

    /// The stream is over: a sample that began and did not end was cut, unless the server says that it is done.
    mutating func end() throws(LanguageModelError) -> [TextEvent] {
        let cut = isBegun.subtracting(isEnded).sorted()
        guard cut.isEmpty || hasSaidDone else {
            throw LanguageModelError(.malformedAnswer, "\(server) broke off in the middle of its answer")
        }
        isEnded.formUnion(cut)
        return cut.map { .finished(sample: samples[$0], .endOfText, logLikelihood: nil) }
    }
}
