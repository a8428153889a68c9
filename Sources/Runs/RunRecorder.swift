import Repair
import Synchronization

/// Writes a run's events to the store. Events before `started`, when the run's base is not known yet, wait for it.
final class RunRecorder: Sendable {
    private let store: RunStore
    private let run: String
    private let state = Mutex(State())

    private struct State {
        var events: [RunEvent] = []
        var hasStarted = false
    }

    init(store: RunStore, run: String) {
        self.store = store
        self.run = run
    }

    var events: [RunEvent] { state.withLock(\.events) }

    func record(_ event: RunEvent) throws {
        try state.withLock { state in
            state.events.append(event)
            guard !state.hasStarted else { return try store.append(event, to: run) }
            guard case .started = event.kind else { return }
            state.hasStarted = true
            // The run's row first: the others refer to it.
            try store.append(event, to: run)
            for earlier in state.events.dropLast() { try store.append(earlier, to: run) }
        }
    }
}
