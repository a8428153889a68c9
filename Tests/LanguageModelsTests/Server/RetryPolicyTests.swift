import Foundation
import Testing

@testable import LanguageModels

@Suite("Trying again")
struct RetryPolicyTests {
    @Test("pauses double, less a part by chance, until the attempts are used up")
    func backoff() throws {
        let policy = RetryPolicy(attempts: 4, firstPause: .seconds(1), longestPause: .seconds(3))
        for (attempt, longest) in [(1, 1.0), (2, 2), (3, 3)] {
            let pause = try #require(policy.pause(after: attempt)) / .seconds(1)
            #expect((longest / 2...longest).contains(pause))
        }
        #expect(policy.pause(after: 4) == nil)
    }

    @Test("what the server asks for is kept to, unless it is longer than anyone would wait")
    func asked() {
        let policy = RetryPolicy(attempts: 3, longestPause: .seconds(60))
        #expect(policy.pause(after: 1, asked: .seconds(7)) == .seconds(7))
        #expect(policy.pause(after: 1, asked: .seconds(61)) == nil)
        #expect(policy.pause(after: 3, asked: .seconds(7)) == nil)
    }

    @Test("Retry-After is seconds or a date")
    func header() {
        let now = Date(timeIntervalSince1970: 784_111_770)
        #expect(RetryPolicy.pause(asked: "7", now: now) == .seconds(7))
        #expect(RetryPolicy.pause(asked: "Sun, 06 Nov 1994 08:49:37 GMT", now: now) == .seconds(7))
        #expect(RetryPolicy.pause(asked: "Sun, 06 Nov 1994 08:49:00 GMT", now: now) == .seconds(0))
        for nonsense in [nil, "", "soon", "-1", "nan", "1e300"] {
            #expect(RetryPolicy.pause(asked: nonsense, now: now) == nil)
        }
    }

    @Test("overload and failures pass, refusals do not")
    func statuses() {
        #expect([429, 500, 502, 503, 504, 529].allSatisfy(RetryPolicy.isPassing(status:)))
        #expect(![400, 401, 403, 404, 422, 501].contains(where: RetryPolicy.isPassing(status:)))
    }
}
