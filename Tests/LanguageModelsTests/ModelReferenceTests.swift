import Foundation
import Inference
import LanguageModels
import ScriptedHTTP
import Testing

@Suite("Where a model is")
struct ModelReferenceTests {
    @Test(
        "what begins with http is a server, the rest are files",
        arguments: [
            ("http://localhost:8080/v1", ModelReference.server("http://localhost:8080/v1")),
            ("HTTPS://x/v1", .server("HTTPS://x/v1")), ("models/http.gguf", .file("models/http.gguf")),
        ])
    func kinds(_ text: String, _ reference: ModelReference) {
        #expect(ModelReference(text) == reference)
        #expect(reference.description == text)
    }

    @Test("a file is loaded, a server asked")
    func open() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/reference-\(UUID().uuidString).gguf"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(TinyLlama.withFIM().encoded).write(to: URL(fileURLWithPath: path))
        let local = try await ModelReference(path).open()
        #expect(local is LocalModel)
        #expect(local.contextLength == 512)
        let server = try ScriptedServer { _, _, connection in
            connection.answer("200 OK", #"{"data":[{"id":"toy"}]}"#)
        }
        let remote = try await ModelReference(server.address).open(ModelReference.Options(key: "k"))
        #expect(remote.name == "toy")
        #expect(server.requests.first?.headers["authorization"] == "Bearer k")
        let named = try await ModelReference(server.address).open(ModelReference.Options(serverModel: "other"))
        #expect(named.name == "other")
        #expect(server.requests.count == 1)
    }

    @Test("what cannot be opened is one line with its name")
    func missing() async {
        let error = await #expect(throws: InferenceError.self) { try await ModelReference("/nowhere/m.gguf").open() }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains("/nowhere/m.gguf"))
    }
}
