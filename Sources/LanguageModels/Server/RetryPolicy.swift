import Foundation

/// When a request is sent again that did not get as far as an answer: exponential backoff, or what the server asks for.
package struct RetryPolicy: Sendable {
    /// How often a request is sent at most.
    package var attempts: Int
    /// The pause after the first attempt; each later one is twice as long, less up to half by chance, so that clients part ways.
    package var firstPause: Duration
    /// A server that asks for a longer pause than this is told to the user instead.
    package var longestPause: Duration

    package init(
        attempts: Int = 4, firstPause: Duration = .milliseconds(500), longestPause: Duration = .seconds(60)
    ) {
        self.attempts = attempts
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// How long to wait after attempt `number`, counted from 1; nil: do not send it again.
    func pause(after number: Int, asked: Duration? = nil) -> Duration? {
        guard number < attempts else { return nil }
        if let asked { return asked <= longestPause ? asked : nil }
        return min(longestPause, firstPause * (1 << min(number - 1, 20))) * Double.random(in: 0.5...1)
    }

    /// Overload and failures that pass by themselves.
    static func isPassing(status: Int) -> Bool {
        status == 429 || (500...599).contains(status) && status != 501
    }

    /// `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
    static func pause(asked header: String?, now: Date = Date()) -> Duration? {
        guard let header else { return nil }
        if let seconds = Double(header) { return seconds >= 0 && seconds < 1e9 ? .seconds(seconds) : nil }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: header).map { .seconds(max(0, $0.timeIntervalSince(now))) }
    }
}
