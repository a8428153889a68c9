import Planning
import Synchronization

/// What an executive reported, in order.
final class EventLog: Sendable {
    private let recorded = Mutex<[ExecutiveEvent]>([])

    var events: [ExecutiveEvent] { recorded.withLock { $0 } }

    var record: @Sendable (ExecutiveEvent) -> Void {
        { event in self.recorded.withLock { $0.append(event) } }
    }

    /// The names of the actions that ran.
    var actionsRun: [String] {
        events.compactMap { event in
            if case .finished(let action, _, _) = event { action.name } else { nil }
        }
    }

    var plans: [(names: [String], reason: PlanningReason)] {
        events.compactMap { event in
            if case .planned(let plan, let reason) = event { (plan.names, reason) } else { nil }
        }
    }
}
