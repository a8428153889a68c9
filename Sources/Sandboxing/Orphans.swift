import Glibc

/// Ends what a launcher that was killed from outside could not end itself.
///
/// Nearly all of it follows the launcher into death by itself; but bubblewrap's child does so only from a moment after
/// its start, and before that waits for a word from a parent that may be gone.
enum Orphans {
    /// Kills every process of a session whose leader, a child of this process, has not been waited for yet: until then
    /// no other session can have that number.
    static func end(session: pid_t) {
        guard session > 1 else { return }
        // A process that is just forking is met in the next round.
        for _ in 0..<10 {
            let members = HostFile.names(in: "/proc").compactMap { pid_t($0) }.filter {
                $0 != session && Self.session(of: $0) == session
            }
            if members.isEmpty { return }
            for member in members { kill(member, SIGKILL) }
            usleep(1000)
        }
    }

    /// Nil for one that is gone, or dead and not waited for.
    private static func session(of pid: pid_t) -> pid_t? {
        guard let text = HostFile.text("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 3, fields[0] != "Z", fields[0] != "X" else { return nil }
        return pid_t(fields[3])
    }
}
