import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP to one server: time limits, repetition, and a key that goes into one header and nowhere else.
final class ServerConnection: Sendable {
    /// The server's answer to a request that it granted.
    struct Answer {
        let isEventStream: Bool
        let body: HTTPClientResponse.Body
    }

    /// What error messages call the server: its address without user, password and query.
    let address: String
    private let base: String
    private let key: String?
    private let retries: RetryPolicy
    private let client: HTTPClient

    /// How much of a refusal's text is read.
    private static let refusalBytes = 64 << 10
    /// How much of an answer that is no stream is read.
    static let answerBytes = 64 << 20

    init(_ url: String, key: String?, timeouts: ServerTimeouts, retries: RetryPolicy) throws(LanguageModelError) {
        guard var parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme?.lowercased()),
            parts.host?.isEmpty == false
        else {
            throw LanguageModelError(
                .invalidRequest, "\(url) is not the address of a server, as http://localhost:8080/v1 is")
        }
        parts.query = nil
        parts.fragment = nil
        func withoutSlash(_ text: String) -> String { text.hasSuffix("/") ? String(text.dropLast()) : text }
        base = withoutSlash(parts.string ?? url)
        parts.user = nil
        parts.password = nil
        address = withoutSlash(parts.string ?? "the server")
        let trimmed = key?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard trimmed.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else {
            throw LanguageModelError(.invalidRequest, "the key for \(address) has characters that no key has")
        }
        self.key = trimmed.isEmpty ? nil : trimmed
        self.retries = retries
        var configuration = HTTPClient.Configuration(
            // Another host must not be handed the key.
            redirectConfiguration: .disallow,
            timeout: .init(connect: .nanoseconds(timeouts.connect), read: .nanoseconds(timeouts.silence)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(configuration: configuration)
    }

    deinit { client.shutdown { _ in } }

    func post(_ path: String, _ body: Data) async throws -> Answer {
        var request = request(path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Accept", value: "text/event-stream, application/json")
        request.body = .bytes(body)
        return try await send(request)
    }

    /// An answer's whole text.
    func get(_ path: String) async throws -> Data {
        try await data(of: send(request(path)))
    }

    func data(of answer: Answer) async throws -> Data {
        try await reading {
            var data = Data()
            for try await bytes in answer.body {
                data.append(contentsOf: bytes.readableBytesView)
                guard data.count <= Self.answerBytes else {
                    throw LanguageModelError(
                        .malformedAnswer, "\(address) sent an answer of more than \(Self.answerBytes >> 20) MiB")
                }
            }
            return data
        }
    }

    /// Hands over an answer's bytes as they come; ends early when `body` says so, which ends the server's work too.
    func forEachPiece(of answer: Answer, _ body: (ByteBufferView) throws -> Bool) async throws {
        try await reading {
            for try await bytes in answer.body where try !body(bytes.readableBytesView) { return }
        }
    }

    /// Runs `body`; what goes wrong with the connection meanwhile becomes one line.
    private func reading<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as LanguageModelError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw LanguageModelError(
                .unreachable, "\(address) broke off in the middle of its answer: \(redacted(Self.words(for: error)))")
        }
    }

    // MARK: - Sending

    private func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + path)
        request.headers.add(name: "User-Agent", value: "fettle")
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        return request
    }

    private func send(_ request: HTTPClientRequest) async throws -> Answer {
        var attempt = 1
        while true {
            let failure: any Error
            let pause: Duration?
            do {
                let response = try await client.execute(request, deadline: .distantFuture)
                if response.status.code == 200 { return Self.answer(response) }
                let refusal = await refusal(response)
                let asked = RetryPolicy.pause(asked: response.headers.first(name: "Retry-After"))
                failure = refusal
                pause =
                    RetryPolicy.isPassing(status: refusal.status) ? retries.pause(after: attempt, asked: asked) : nil
            } catch {
                try Task.checkCancellation()
                failure = LanguageModelError(
                    .unreachable, "cannot reach \(address): \(redacted(Self.words(for: error)))")
                // A server that took the request and went silent is not asked twice.
                pause = error as? HTTPClientError == .readTimeout ? nil : retries.pause(after: attempt)
            }
            guard let pause else { throw failure }
            try await Task.sleep(for: pause)
            attempt += 1
        }
    }

    private static func answer(_ response: HTTPClientResponse) -> Answer {
        let type = response.headers.first(name: "Content-Type") ?? ""
        return Answer(isEventStream: type.lowercased().hasPrefix("text/event-stream"), body: response.body)
    }

    private func refusal(_ response: HTTPClientResponse) async -> ServerRefusal {
        let body = try? await response.body.collect(upTo: Self.refusalBytes)
        let text = body.map { String(decoding: $0.readableBytesView, as: UTF8.self) } ?? ""
        return ServerRefusal(
            server: address, status: Int(response.status.code), phrase: response.status.reasonPhrase,
            retryAfter: response.headers.first(name: "Retry-After").map(redacted), body: redacted(text))
    }

    private func redacted(_ text: String) -> String {
        guard let key else { return text }
        return text.replacingOccurrences(of: key, with: "(key)")
    }

    /// A connection's error for people.
    private static func words(for error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .readTimeout: "it said nothing for too long"
        case let error as HTTPClientError where error == .connectTimeout: "nobody answers in time"
        case let error as HTTPClientError where error == .remoteConnectionClosed: "it closed the connection"
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words(for: $0.error) } ?? "there is no such host"
        case let error as IOError: error.description
        default: "\(error)"
        }
    }
}

extension TimeAmount {
    fileprivate static func nanoseconds(_ duration: Duration) -> TimeAmount {
        .nanoseconds(Int64(duration / .nanoseconds(1)))
    }
}
