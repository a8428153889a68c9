import Foundation
package import Inference
import Synchronization

/// Where a language model is: in the program, in a file, or at a server's address. What `--model` takes.
package enum ModelReference: Sendable, Hashable, CustomStringConvertible {
    /// The repair model inside the program.
    case embedded
    case file(String)
    /// Up to and with the version, such as `http://localhost:8080/v1`.
    case server(String)

    /// `embedded` is the model in the program; what begins with `http://` or `https://` is a server.
    package init(_ text: String) {
        if text == "embedded" {
            self = .embedded
            return
        }
        let start = text.lowercased()
        self = start.hasPrefix("http://") || start.hasPrefix("https://") ? .server(text) : .file(text)
    }

    package var description: String {
        switch self {
        case .embedded: "embedded"
        case .file(let path): path
        case .server(let address): address
        }
    }

    /// What opening needs beside the place.
    package struct Options: Sendable {
        package var engine = EngineOptions()
        /// The server's name for the model; nil where it has one only.
        package var serverModel: String?
        /// The server's key.
        package var key: String?

        package init(engine: EngineOptions = EngineOptions(), serverModel: String? = nil, key: String? = nil) {
            self.engine = engine
            self.serverModel = serverModel
            self.key = key
        }
    }

    /// Loads the file, or asks the server for its model. Returns at once when the task is cancelled.
    package func open(_ options: Options = Options()) async throws -> any LanguageModel {
        switch self {
        case .embedded: try await Self.aside { try LocalModel.embedded(options: options.engine) }
        case .file(let path): try await Self.aside { try LocalModel(at: path, options: options.engine) }
        case .server(let address):
            if let model = options.serverModel {
                try OpenAIModel(at: address, model: model, key: options.key)
            } else {
                try await OpenAIModel(asking: address, key: options.key)
            }
        }
    }

    /// Runs work that takes seconds of arithmetic on a thread of its own. Cancelled, its result is thrown away.
    private static func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let handover = Handover<Value>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                handover.wait(continuation)
                if Task.isCancelled { return handover.resume(.failure(CancellationError())) }
                let thread = Thread { handover.resume(Result { try work() }) }
                thread.name = "loading"
                thread.start()
            }
        } onCancel: {
            handover.resume(.failure(CancellationError()))
        }
    }

    /// Gives one result, the first, to the one who waits.
    private final class Handover<Value: Sendable>: Sendable {
        private let waiting = Mutex<CheckedContinuation<Value, any Error>?>(nil)

        func wait(_ continuation: CheckedContinuation<Value, any Error>) {
            waiting.withLock { $0 = continuation }
        }

        func resume(_ result: Result<Value, any Error>) {
            waiting.withLock { $0.take() }?.resume(with: result)
        }
    }
}
