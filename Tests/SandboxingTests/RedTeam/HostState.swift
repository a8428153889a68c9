import Glibc
import Sandboxing

/// What this process can see of the machine, to be compared before and after.
enum HostState {
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What the open descriptors lead to, by its name alone since it may have been moved, but for the event loop's own: it
    /// opens a timer of each clock when somebody first waits by it, and where the wait was over before it came to that,
    /// only at a later one.
    static var descriptors: [String] {
        let targets = names(in: "/proc/self/fd").compactMap { number -> String? in
            var target = [CChar](repeating: 0, count: Int(PATH_MAX))
            let length = readlink("/proc/self/fd/\(number)", &target, target.count)
            // The one that listed them is closed already.
            guard length > 0 else { return nil }
            let path = String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return path.split(separator: "/").last.map(String.init)
        }
        return targets.filter { !eventLoop.contains($0) }.sorted()
    }

    private static let eventLoop = ["eventpoll", "eventfd", "timerfd"].map { "anon_inode:[\($0)]" }

    /// Mounts that have to do with Fettle.
    static var mounts: [String] {
        (readFile("/proc/self/mountinfo") ?? "").split(separator: "\n").map(String.init).filter {
            $0.contains("fettle")
        }
    }

    /// Mounts that were not there before and do not go: those that other tests make meanwhile go.
    static func lastingMounts(beside before: [String]) async throws -> [String] {
        for _ in 0..<300 {
            if mounts.allSatisfy(before.contains) { return [] }
            try await Task.sleep(for: .milliseconds(100))
        }
        return mounts.filter { !before.contains($0) }
    }

    /// Control groups that this process made.
    static var controlGroups: [String] {
        let places = ControlGroups.candidates(
            own: readFile("/proc/self/cgroup") ?? "", mounts: readFile("/proc/self/mountinfo") ?? "")
        return places.flatMap { place in
            names(in: place.directory).filter { $0.hasPrefix("fettle-") && $0.contains("-\(getpid())-") }
                .map { "\(place.directory)/\($0)" }
        }
    }

    /// Children of this process, the dead ones among them.
    static var children: [pid_t] {
        processes.filter { process in
            guard let text = readFile("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return false }
            let fields = text[text.index(after: end)...].split(separator: " ")
            return fields.count > 1 && fields[1] == "\(getpid())"
        }
    }

    static var processes: [pid_t] { names(in: "/proc").compactMap { pid_t($0) } }

    /// Living processes that were started with `MARK=mark` in their environment.
    static func processes(marked mark: String) -> [pid_t] {
        let wanted = Array("MARK=\(mark)".utf8)
        return processes.filter { process in
            guard process != getpid(), let text = readFile("/proc/\(process)/environ") else { return false }
            return text.utf8.split(separator: 0).contains { $0.elementsEqual(wanted) }
        }
    }

    /// The letter of a process's state (proc(5)); nil where it is gone.
    static func state(of process: pid_t) -> Character? {
        guard let text = readFile("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: end)...].first { $0 != " " }
    }
}

/// Starts a program with exactly this environment, its output in a file, in a session of its own.
func spawn(
    _ arguments: [String], environment: [String: String], in folder: String, output: String
) -> pid_t? {
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
        posix_spawnattr_destroy(&attributes)
        posix_spawn_file_actions_destroy(&actions)
    }
    // POSIX_SPAWN_SETSID (spawn.h), which Swift does not see.
    posix_spawnattr_setflags(&attributes, Int16(0x80 | POSIX_SPAWN_SETSIGMASK))
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words: [UnsafeMutablePointer<CChar>?] = (["env", "-C", folder] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var process = pid_t()
    return posix_spawn(&process, "/usr/bin/env", &actions, &attributes, &words, &variables) == 0 ? process : nil
}
