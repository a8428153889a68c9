import Glibc
import Synchronization

/// Names for what a run leaves on the host while it lives: `fettle-NAMESPACE-PID-START-N`, so that anyone can tell whose
/// it was, and whether that process still is the same.
enum RunName {
    private static let counter = Atomic<Int>(0)
    private static let prefix = "fettle-\(namespace)-\(getpid())-\(startTime(of: getpid()) ?? "0")-"

    static func next() -> String { prefix + "\(counter.add(1, ordering: .relaxed).newValue)" }

    /// Whether the process that made this name is gone. Names that are not ours are nobody's to remove, and neither are
    /// those from another process namespace, whose numbers mean other processes.
    static func isStale(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "fettle", parts[1] == namespace, let pid = pid_t(parts[2]), pid > 0,
            Int(parts[4]) != nil
        else { return false }
        // Whoever cannot be looked at lives: this decides whether processes are killed.
        guard let start = startTime(of: pid) else { return kill(pid, 0) != 0 && errno == ESRCH }
        return start != String(parts[3])
    }

    /// In clock ticks since boot: with the number, this is a process for good (numbers come round again).
    private static func startTime(of pid: pid_t) -> String? {
        guard let text = HostFile.text("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }

    /// The number in `pid:[4026531836]`.
    private static let namespace: String = {
        guard case .link(let target)? = HostFile.kind("/proc/self/ns/pid") else { return "0" }
        return target.filter(\.isNumber)
    }()
}
