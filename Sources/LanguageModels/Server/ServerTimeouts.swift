/// How long a server may take.
package struct ServerTimeouts: Sendable {
    /// Until there is a connection.
    package var connect: Duration
    /// Between any two bytes of an answer, and before its first: a slow machine reads a long prompt for minutes.
    package var silence: Duration

    package init(connect: Duration = .seconds(10), silence: Duration = .seconds(600)) {
        self.connect = connect
        self.silence = silence
    }
}
