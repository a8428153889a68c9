import Glibc
import Synchronization

/// Names for what a run leaves on the host while it lives: `fettle-PID-START-N`, so that anyone can tell whose it was,
/// and whether that process still is the same.
enum RunName {
    private static let counter = Atomic<Int>(0)
    private static let prefix = "fettle-\(getpid())-\(startTime(of: getpid()) ?? "0")-"

    static func next() -> String { prefix + "\(counter.add(1, ordering: .relaxed).newValue)" }

    /// Whether the process that made this name is gone. Names that are not ours are nobody's to remove.
    static func isStale(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "fettle", let pid = pid_t(parts[1]), pid > 0, Int(parts[3]) != nil else {
            return false
        }
        return startTime(of: pid) != String(parts[2])
    }

    /// In clock ticks since boot: with the number, this is a process for good (numbers come round again).
    private static func startTime(of pid: pid_t) -> String? {
        guard let text = HostFile.text("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }
}
