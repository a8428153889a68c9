package import Foundation
import Glibc
import Synchronization

/// An HTTP server on 127.0.0.1 that answers as a test says: one connection for each request, a thread for each connection.
package final class ScriptedServer: Sendable {
    package struct Request: Sendable {
        package let method: String
        package let path: String
        /// By names in lower case.
        package let headers: [String: String]
        package let body: Data

        package func value(_ key: String) -> Any? {
            (try? JSONSerialization.jsonObject(with: body) as? [String: Any])?[key]
        }
    }

    package typealias Script = @Sendable (_ number: Int, _ request: Request, _ connection: Connection) -> Void

    package let address: String
    private let listener: Int32
    private let log = Log()

    package var requests: [Request] { log.requests.withLock { $0 } }

    /// - Parameter script: answers a request, the first of which has number 0. The connection is closed when it returns.
    package init(_ script: @escaping Script) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        self.listener = listener
        address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))/v1"
        Thread { [log] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                Thread {
                    let connection = Connection(descriptor)
                    guard let request = connection.readRequest() else { return }
                    let number = log.note(request)
                    script(number, request, connection)
                }.start()
            }
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Outlives the server, for as long as a connection is being answered.
    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])

        /// How many requests came before this one.
        func note(_ request: Request) -> Int {
            requests.withLock {
                $0.append(request)
                return $0.count - 1
            }
        }
    }

    /// One accepted connection; closed when the last reference goes.
    package final class Connection: Sendable {
        private let descriptor: Int32

        fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }

        /// False when the other side is gone.
        @discardableResult
        package func send(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(
                        descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL)
                    )
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }

        package func answer(_ status: String, _ body: String, headers: String = "", type: String = "application/json") {
            send(
                "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\(headers)\r\n\(body)"
            )
        }

        /// The head of a stream whose end is the connection's.
        package func beginStream() {
            send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        }

        /// The head of a stream whose end is said; what closes before it was cut.
        package func beginChunked() {
            send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        }

        package func chunk(_ text: String) {
            send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
        }

        @discardableResult
        package func event(_ json: String) -> Bool { send("data: \(json)\n\n") }

        fileprivate func readRequest() -> Request? {
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            func more() -> Bool {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count > 0 { received += buffer[..<count] }
                return count > 0
            }
            let blank: [UInt8] = [13, 10, 13, 10]
            var headEnd: Int?
            while headEnd == nil {
                guard more() else { return nil }
                headEnd = received.indices.first { received[$0...].starts(with: blank) }
            }
            let head = String(decoding: received[..<(headEnd ?? 0)], as: UTF8.self).components(separatedBy: "\r\n")
            let words = head[0].split(separator: " ").map(String.init)
            var headers: [String: String] = [:]
            for line in head.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
            }
            let start = (headEnd ?? 0) + 4
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            while received.count < start + length { guard more() else { return nil } }
            return Request(
                method: words[0], path: words.count > 1 ? words[1] : "", headers: headers,
                body: Data(received[start..<start + length]))
        }
    }
}
