import Glibc

/// Removes what runs left on the host whose Fettle and whose launcher were both killed: control groups, folders of probes and of warm stages.
///
/// Processes and mounts need no janitor: they end with the launcher.
struct Janitor {
    let groups: ControlGroups
    /// Where those folders are.
    let directory: String

    func clear() {
        for hierarchy in groups.hierarchies {
            for name in HostFile.names(in: hierarchy.directory) where RunName.isStale(name) {
                removeGroup("\(hierarchy.directory)/\(name)")
            }
        }
        for name in HostFile.names(in: directory) where RunName.isStale(name) {
            // Another process that starts now clears it away at the same moment; what stays is met again next time.
            _ = TreeRemoval.remove("\(directory)/\(name)")
        }
    }

    private func removeGroup(_ path: String) {
        for _ in 0..<20 {
            let members = (HostFile.text("\(path)/cgroup.procs") ?? "").split(separator: "\n").compactMap { pid_t($0) }
            for member in members where member > 0 { kill(member, SIGKILL) }
            guard rmdir(path) != 0, errno == EBUSY else { return }
            usleep(2000)
        }
    }
}
