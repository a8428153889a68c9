import Foundation
import Inference
import LanguageModels
import ScriptedHTTP
import Synchronization
import Testing

@Suite("Servers that speak OpenAI's protocol", .timeLimit(.minutes(2)))
struct OpenAIModelTests {
    static let key = "sk-secret-4711"
    static let question = [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Why?")]

    static func model(_ server: ScriptedServer, attempts: Int = 3, silence: Duration = .seconds(20)) throws
        -> OpenAIModel
    {
        try OpenAIModel(
            at: server.address, model: "toy", key: key,
            timeouts: ServerTimeouts(connect: .seconds(5), silence: silence),
            retries: RetryPolicy(attempts: attempts, firstPause: .milliseconds(10), longestPause: .seconds(2)))
    }

    /// The error with which a stream ends; the key is never in one.
    static func failure(_ stream: TextStream) async -> LanguageModelError? {
        do {
            _ = try await Collected(stream)
            return nil
        } catch let error as LanguageModelError {
            #expect(!error.message.contains(key))
            #expect(!error.message.contains("\n"))
            return error
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test("a conversation streams, and its bill comes last")
    func chat() async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            for text in ["Be", "cause", " é👩‍🔧"] { connection.event(Wire.delta(text)) }
            connection.event(Wire.end())
            connection.event(Wire.usage(12, 5, cached: 8))
            connection.event("[DONE]")
        }
        let options = GenerationOptions(maxTokens: 9, temperatures: [0.5], seed: 3, stops: ["\n\n"], topP: 0.9)
        let answer = try await Collected(Self.model(server).chat(Self.question, options))
        #expect(answer.samples == [0: Collected.Sample(text: "Because é👩‍🔧", ending: .endOfText)])
        #expect(answer.usage == TokenUsage(promptTokens: 12, cachedTokens: 8, generatedTokens: 5))
        let request = try #require(server.requests.first)
        #expect(request.path == "/v1/chat/completions")
        #expect(request.headers["authorization"] == "Bearer \(Self.key)")
        #expect(request.value("model") as? String == "toy")
        #expect(request.value("max_tokens") as? Int == 9)
        #expect(request.value("seed") as? Int == 3)
        #expect(request.value("stop") as? [String] == ["\n\n"])
        #expect(request.value("n") == nil)
        #expect((request.value("stream_options") as? [String: Bool]) == ["include_usage": true])
        #expect((request.value("messages") as? [[String: String]])?.last == ["role": "user", "content": "Why?"])
    }

    @Test("each temperature is a request of its own, equal ones share it")
    func temperatures() async throws {
        let server = try ScriptedServer { _, request, connection in
            let temperature = request.value("temperature") as? Double ?? -1
            let count = request.value("n") as? Int ?? 1
            connection.beginStream()
            for index in (0..<count).reversed() {
                connection.event(Wire.text("t\(temperature) \(index)", index: index))
                connection.event(Wire.end(index: index))
            }
            connection.event(Wire.usage(10, count))
            connection.event("[DONE]")
        }
        let options = GenerationOptions(temperatures: [0, 0.5, 0.5])
        let answer = try await Collected(Self.model(server).complete("x", options))
        #expect(answer.samples.mapValues(\.text) == [0: "t0.0 0", 1: "t0.5 0", 2: "t0.5 1"])
        #expect(answer.usage == TokenUsage(promptTokens: 20, generatedTokens: 3))
        #expect(server.requests.count == 2)
    }

    @Test("samples that a server leaves out are asked for one by one")
    func missingSamples() async throws {
        let server = try ScriptedServer { number, _, connection in
            connection.beginStream()
            connection.event(Wire.text("answer \(number)"))
            connection.event(Wire.end())
            connection.event("[DONE]")
        }
        let options = GenerationOptions(temperatures: [1, 1, 1], seed: 5)
        let answer = try await Collected(Self.model(server).complete("x", options))
        #expect(answer.samples.mapValues(\.text) == [0: "answer 0", 1: "answer 1", 2: "answer 2"])
        #expect(server.requests.map { $0.value("seed") as? Int } == [5, 6, 7])
    }

    @Test("a server that does not stream is understood too")
    func wholeAnswer() async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.answer(
                "200 OK",
                #"{"choices":[{"index":0,"message":{"role":"assistant","content":"yes"},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#
            )
        }
        let answer = try await Collected(Self.model(server).chat(Self.question, GenerationOptions()))
        #expect(answer.samples == [0: Collected.Sample(text: "yes", ending: .length)])
        #expect(answer.usage == TokenUsage(promptTokens: 3, generatedTokens: 1))
    }

    @Test("a gap goes out as prompt and suffix; a server that refuses it is said to have no such faculty")
    func infill() async throws {
        let server = try ScriptedServer { number, request, connection in
            guard number == 0 else {
                return connection.answer("400 Bad Request", #"{"error":{"message":"suffix is not supported"}}"#)
            }
            connection.beginStream()
            connection.event(Wire.text("\(request.value("prompt") ?? "")|\(request.value("suffix") ?? "")"))
            connection.event(Wire.end())
        }
        let gap = Gap(before: "a(", after: ")")
        let model = try Self.model(server)
        let answer = try await Collected(model.infill(gap, GenerationOptions()))
        #expect(answer.samples[0]?.text == "a(|)")
        #expect(server.requests[0].path == "/v1/completions")
        let error = await Self.failure(model.infill(gap, GenerationOptions()))
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("suffix is not supported") == true)
    }

    @Test("a rewriting ends where it begins to repeat the line below, and the server stops working")
    func rewrite() async throws {
        let (gone, tell) = AsyncStream<Bool>.makeStream()
        let server = try ScriptedServer { _, request, connection in
            connection.beginStream()
            for piece in ["        a, b = b, ", "a % b\n      ", "  steps += 1\n", "ret"] {
                connection.event(Wire.text(piece))
            }
            tell.yield(Self.sendUntilGone(connection))
        }
        let hole = Hole(
            commentSign: "#", facts: ["FAILS: x"], above: ["def f():"], lines: ["        a, b = a, a % b"],
            below: ["        steps += 1"])
        let answer = try await Collected(Self.model(server).rewrite(hole, GenerationOptions()))
        #expect(answer.samples == [0: Collected.Sample(text: "        a, b = b, a % b\n", ending: .stop)])
        #expect(
            server.requests[0].value("prompt") as? String == "# FAILS: x\ndef f():\n        # BUG: a, b = a, a % b\n")
        #expect(await gone.first { _ in true } == true)
    }

    @Test("a request for tools is reported as the ending", arguments: ["tool_calls", "content_filter"])
    func tools(_ reason: String) async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            connection.event(#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"f"}}]}}]}"#)
            connection.event(Wire.end(reason))
            connection.event("[DONE]")
        }
        let answer = try await Collected(Self.model(server).chat(Self.question, GenerationOptions()))
        #expect(answer.samples == [0: Collected.Sample(text: "", ending: .other(reason))])
    }

    @Test("a consumer that leaves ends the server's work")
    func cancellation() async throws {
        let (news, tell) = AsyncStream<String>.makeStream()
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            tell.yield("begun")
            tell.yield(Self.sendUntilGone(connection) ? "gone" : "stayed")
        }
        var heard = news.makeAsyncIterator()
        let model = try Self.model(server)
        for try await event in model.complete("x", GenerationOptions()) {
            if case .text = event { break }
        }
        #expect(await [heard.next(), heard.next()] == ["begun", "gone"])
    }

    /// Writes on until the other side is gone; false if it never is. Tests that run beside this one may keep every thread of the
    /// client's busy for a minute.
    @Sendable static func sendUntilGone(_ connection: ScriptedServer.Connection) -> Bool {
        let deadline = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < deadline {
            guard connection.event(Wire.text("x")) else { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }

    @Test("a server's only model needs no name, one of several does")
    func models() async throws {
        let server = try ScriptedServer { number, _, connection in
            let second = number == 0 ? "" : #",{"id":"second"}"#
            connection.answer("200 OK", #"{"object":"list","data":[{"id":"first","max_model_len":4096}\#(second)]}"#)
        }
        let model = try await OpenAIModel(asking: server.address)
        #expect(model.name == "first")
        #expect(model.contextLength == 4096)
        let error = await #expect(throws: LanguageModelError.self) { try await OpenAIModel(asking: server.address) }
        #expect(error?.message.hasSuffix("name one: first, second") == true)
        #expect(server.requests[0].headers["authorization"] == nil)
    }

    @Test("scoring is no faculty of a server")
    func score() async throws {
        let model = try OpenAIModel(at: "http://127.0.0.1:1/v1", model: "toy")
        let error = await #expect(throws: LanguageModelError.self) { try await model.score(["a"], after: "b") }
        #expect(error?.code == .unsupported)
    }
}
