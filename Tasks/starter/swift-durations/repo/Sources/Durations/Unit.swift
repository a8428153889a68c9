/// A unit of time, by the letters that people write after a figure.
public enum Unit: String, CaseIterable, Sendable {
    case days = "d"
    case hours = "h"
    case minutes = "m"
    case seconds = "s"
    case milliseconds = "ms"

    /// The unit's length.
    public var milliseconds: Int {
        switch self {
        case .days: 86_400_000
        case .hours: 3_600_000
        case .minutes: 60_000
        case .seconds: 1_000
        case .milliseconds: 1
        }
    }
}
