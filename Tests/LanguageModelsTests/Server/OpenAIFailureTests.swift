import Foundation
import LanguageModels
import ScriptedHTTP
import Testing

@Suite("Servers that fail", .timeLimit(.minutes(2)))
struct OpenAIFailureTests {
    @Test(
        "too many requests, and failures that pass, are tried again after the pause that is asked for",
        arguments: ["429 Too Many Requests", "503 Service Unavailable"])
    func retried(_ status: String) async throws {
        let server = try ScriptedServer { number, _, connection in
            guard number == 2 else {
                return connection.answer(status, "{}", headers: number == 0 ? "Retry-After: 1\r\n" : "")
            }
            connection.beginStream()
            connection.event(Wire.text("third time"))
            connection.event(Wire.end())
        }
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await Collected(OpenAIModelTests.model(server).complete("x", GenerationOptions()))
        #expect(answer.samples[0]?.text == "third time")
        #expect(server.requests.count == 3)
        #expect(clock.now - start >= .seconds(1))
    }

    @Test(
        "a server that stays overloaded, or asks for a longer pause than anyone waits, is said",
        arguments: ["", "Retry-After: 3600\r\n"])
    func exhausted(_ header: String) async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.answer("429 Too Many Requests", #"{"error":{"message":"slow\ndown"}}"#, headers: header)
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server).complete("x", GenerationOptions()))
        #expect(error?.code == .refused)
        #expect(error?.message.contains("429: slow down") == true)
        #expect(server.requests.count == (header.isEmpty ? 3 : 1))
        if !header.isEmpty { #expect(error?.message.contains("3600 s") == true) }
    }

    @Test("a wrong key is refused once, and is not in the message even if the server says it")
    func unauthorised() async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.answer(
                "401 Unauthorized",
                #"{"error":{"message":"Incorrect API key provided: \#(OpenAIModelTests.key).","code":401}}"#)
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server).chat(OpenAIModelTests.question, GenerationOptions()))
        #expect(error?.code == .refused)
        #expect(error?.message.contains("401") == true)
        #expect(error?.message.contains("(key)") == true)
        #expect(server.requests.count == 1)
    }

    @Test("a redirect is not followed: the key is for one host")
    func redirect() async throws {
        let server = try ScriptedServer { number, _, connection in
            connection.answer("302 Found", "", headers: "Location: /v1/elsewhere\r\n")
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server).complete("x", GenerationOptions()))
        #expect(error?.code == .refused)
        #expect(server.requests.count == 1)
    }

    @Test(
        "an overflow of the server's context is an overflow here",
        arguments: [
            #"{"error":{"message":"This model's maximum context length is 4096 tokens, you asked for 5000","code":"context_length_exceeded"}}"#,
            #"{"error":{"code":400,"message":"the request exceeds 4096 tokens: 5000","type":"exceed_context_size_error"}}"#,
        ])
    func overflow(_ body: String) async throws {
        let server = try ScriptedServer { _, _, connection in connection.answer("400 Bad Request", body) }
        for stream in [
            try OpenAIModelTests.model(server).complete("x", GenerationOptions()),
            try OpenAIModelTests.model(server).infill(Gap(before: "", after: ""), GenerationOptions()),
        ] {
            let error = await OpenAIModelTests.failure(stream)
            #expect(error?.code == .contextOverflow)
            #expect(error?.message.contains("4096") == true && error?.message.contains("5000") == true)
        }
    }

    @Test("a stream that is cut is an error, not an ending", arguments: [false, true])
    func cut(_ isChunked: Bool) async throws {
        let server = try ScriptedServer { _, _, connection in
            if isChunked {
                connection.beginChunked()
                connection.chunk("data: \(Wire.text("half an ans"))\n\n")
            } else {
                connection.beginStream()
                connection.event(Wire.text("half an ans"))
            }
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server).complete("x", GenerationOptions()))
        #expect(error?.code == (isChunked ? .unreachable : .malformedAnswer))
        #expect(error?.message.contains("broke off") == true)
        #expect(server.requests.count == 1)
    }

    @Test(
        "nonsense is an error that quotes it",
        arguments: [
            "not json", "{\"choices\":[{\"index\":7,\"text\":\"a\"}]}", "[]", "{\"error\":\"the model crashed\"}",
        ])
    func nonsense(_ data: String) async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            connection.event(data)
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server).complete("x", GenerationOptions()))
        #expect(error?.code == (data.contains("crashed") ? .refused : .malformedAnswer))
    }

    @Test("an answer without a text is no answer")
    func empty() async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            connection.event("[DONE]")
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server).complete("x", GenerationOptions()))
        #expect(error?.code == .malformedAnswer)
    }

    @Test("silence has an end")
    func silence() async throws {
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            connection.event(Wire.text("a"))
            Thread.sleep(forTimeInterval: 3)
        }
        let error = await OpenAIModelTests.failure(
            try OpenAIModelTests.model(server, silence: .milliseconds(300)).complete("x", GenerationOptions()))
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("said nothing") == true)
    }

    @Test("nobody there is one line, after all attempts")
    func nobody() async throws {
        var address = ""
        do {
            let server = try ScriptedServer { _, _, _ in }
            address = server.address
        }
        let model = try OpenAIModel(
            at: address, model: "toy", key: OpenAIModelTests.key,
            retries: RetryPolicy(attempts: 2, firstPause: .milliseconds(10)))
        let error = await OpenAIModelTests.failure(model.complete("x", GenerationOptions()))
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains(address) == true)
    }

    @Test(
        "what is no address is refused before anything is sent", arguments: ["ftp://x/v1", "http://", "localhost:8080"])
    func addresses(_ address: String) {
        let error = #expect(throws: LanguageModelError.self) { try OpenAIModel(at: address, model: "toy") }
        #expect(error?.code == .invalidRequest)
    }

    @Test("user and password of an address stay out of messages")
    func credentials() async throws {
        let server = try ScriptedServer { _, _, connection in connection.answer("404 Not Found", "") }
        let address = server.address.replacingOccurrences(of: "http://", with: "http://me:hidden@")
        let error = await OpenAIModelTests.failure(
            try OpenAIModel(at: address, model: "toy").complete("x", GenerationOptions()))
        #expect(error?.code == .refused)
        #expect(error?.message.contains("hidden") == false)
    }

    @Test(
        "a key with characters that no header takes is refused without being said",
        arguments: ["sk\u{7}x", "sk x", "schlüssel"])
    func malformedKey(_ key: String) {
        let error = #expect(throws: LanguageModelError.self) {
            try OpenAIModel(at: "http://127.0.0.1:1/v1", model: "toy", key: key)
        }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains(key) == false)
    }
}
