import Foundation
import ScriptedHTTP
import Subprocess
import SystemPackage
import Testing

@Suite("fettle model generate, infill and score", .timeLimit(.minutes(2)))
struct ModelCommandTests {
    private static func answering(_ pieces: [String]) throws -> ScriptedServer {
        try ScriptedServer { _, request, connection in
            if request.path == "/v1/models" { return connection.answer("200 OK", #"{"data":[{"id":"toy"}]}"#) }
            connection.beginStream()
            for piece in pieces {
                connection.event(request.path == "/v1/completions" ? Wire.text(piece) : Wire.delta(piece))
            }
            connection.event(Wire.end())
            connection.event(Wire.usage(7, pieces.count))
            connection.event("[DONE]")
        }
    }

    @Test("a text from standard input, an argument or a file is continued by a server's model")
    func generate() async throws {
        let scene = try Scene()
        let server = try Self.answering(["Be", "cause"])
        let told = try await scene.fettle(
            "model", "generate", server.address, "Why?", "--chat", "--system", "Be brief.")
        #expect(told.code == 0, "\(told.complaint)")
        #expect(told.output == "Because\n")
        try scene.write("from a file", to: "prompt.txt")
        let read = try await scene.fettle(
            "model", "generate", server.address, "--file", "prompt.txt", "--server-model", "named", "--json")
        #expect(
            read.output.split(separator: "\n") == [
                #"{"event":"text","sample":0,"text":"Be"}"#, #"{"event":"text","sample":0,"text":"cause"}"#,
                #"{"ending":"end-of-text","event":"finished","sample":0}"#,
                #"{"cachedTokens":0,"event":"usage","generatedTokens":2,"promptTokens":7}"#,
            ])
        let last = try #require(server.requests.last)
        #expect(last.value("prompt") as? String == "from a file")
        #expect(last.value("model") as? String == "named")
    }

    @Test("a gap is filled; a text without one is told what is missing")
    func infill() async throws {
        let scene = try Scene()
        let server = try Self.answering(["x + 1"])
        let filled = try await scene.fettle("model", "infill", server.address, "return <FILL_ME>\n")
        #expect(filled.output == "x + 1\n")
        #expect(server.requests.last?.value("suffix") as? String == "\n")
        let wrong = try await scene.fettle("model", "infill", server.address, "return x\n")
        #expect(wrong.code == 4)
        #expect(wrong.complaint.contains("<FILL_ME> 0 times"))
    }

    @Test("what goes wrong is one line without the key, and exit code 4")
    func failures() async throws {
        let scene = try Scene()
        let server = try ScriptedServer { _, _, connection in
            connection.answer("401 Unauthorized", #"{"error":{"message":"wrong key sk-4711"}}"#)
        }
        for arguments in [
            ["generate", server.address, "x"], ["generate", "nowhere.gguf", "x"],
            ["score", server.address, "--prefix", "a", "b"],
        ] {
            let result = try await scene.fettle(["model"] + arguments, environment: ["OPENAI_API_KEY": "sk-4711"])
            #expect(result.code == 4)
            #expect(result.output == "")
            #expect(result.complaint.split(separator: "\n").count == 1, "\(result.complaint)")
            #expect(!result.complaint.contains("sk-4711"))
        }
        #expect(server.requests.first?.headers["authorization"] == "Bearer sk-4711")
        let usage = try await scene.fettle("model", "generate", "m.gguf", "x", "--samples", "0")
        #expect(usage.code == 64)
    }

    @Test("Ctrl-C ends with 130 at once, and the server's work with it")
    func interrupt() async throws {
        let scene = try Scene()
        let (gone, tell) = AsyncStream<Bool>.makeStream()
        let server = try ScriptedServer { _, _, connection in
            connection.beginStream()
            // Each fills the buffer of the one who reads, who would wait for more else.
            let long = Wire.text(String(repeating: "x", count: 10_000) + "\n")
            let deadline = ContinuousClock.now + .seconds(300)
            while ContinuousClock.now < deadline {
                guard connection.event(long) else {
                    tell.yield(true)
                    return
                }
                Thread.sleep(forTimeInterval: 0.01)
            }
            tell.yield(false)
        }
        let status = try await Subprocess.run(
            .path(FilePath(Scene.program)),
            arguments: ["model", "generate", server.address, "x", "--server-model", "toy"],
            workingDirectory: FilePath(scene.repository), input: .none, output: .sequence, error: .discarded
        ) { execution in
            var isInterrupted = false
            for try await _ in execution.standardOutput.strings(bufferingPolicy: .unbounded) where !isInterrupted {
                isInterrupted = true
                try execution.send(signal: .interrupt)
            }
        }.terminationStatus
        #expect(status == .exited(130))
        #expect(await gone.first { _ in true } == true)
    }
}
