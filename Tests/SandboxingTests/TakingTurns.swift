import Glibc
import Synchronization
import Testing

/// A suite whose tests start real programs: only a few of them run at one time, so that a test's program has a part of
/// the machine worth the name, and a small machine enough processes and descriptors for all.
struct TakingTurns: SuiteTrait, TestTrait, TestScoping {
    private struct State {
        var free = 2 * max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let state = Mutex(State())

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        await Self.enter()
        defer { Self.leave() }
        try await function()
    }

    private static func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private static func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

extension Trait where Self == TakingTurns {
    static var takingTurns: Self { TakingTurns() }
}
