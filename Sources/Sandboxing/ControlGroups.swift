import Glibc

/// The control groups that this process may make children of, version 1 or 2, and what a run asks of them.
package struct ControlGroups: Sendable, Hashable {
    package enum Controller: String, Sendable, Hashable, CaseIterable {
        case memory, pids, cpu
        /// Processor time counted, not bounded.
        case cpuacct
    }
    package enum Version: Sendable, Hashable { case one, two }

    /// One place for groups of ours, and the controllers that work there.
    package struct Hierarchy: Sendable, Hashable {
        package let version: Version
        package let directory: String
        package let controllers: [Controller]
    }

    package let hierarchies: [Hierarchy]

    /// What a user without groups can do about it.
    static let remedy =
        "run Fettle in a control group of its own: systemd-run --user --scope -p Delegate=yes fettle …"

    func has(_ controller: Controller) -> Bool { hierarchies.contains { $0.controllers.contains(controller) } }

    /// The launcher's words for a group of `name` in each hierarchy: limits to set, and files to read in the end.
    func words(named name: String, limits: SandboxProfile.Limits) -> [String] {
        var words: [String] = []
        for hierarchy in hierarchies {
            let settings = hierarchy.controllers.flatMap { Self.words($0, hierarchy.version, limits) }
            // A group without a limit would only cost time.
            if !settings.isEmpty { words += ["group", "\(hierarchy.directory)/\(name)"] + settings }
        }
        return words
    }

    private static func words(
        _ controller: Controller, _ version: Version, _ limits: SandboxProfile.Limits
    ) -> [String] {
        // Init is in the group beside the program.
        let processes = "\(limits.processes + 1)"
        switch (controller, version) {
        case (.memory, .one):
            // The limit with swap can only be set above the one without.
            return [
                "set", "memory.limit_in_bytes", "\(limits.memory)", "set", "memory.memsw.limit_in_bytes",
                "\(limits.memory)", "read", "memory.oom_control", "read", "memory.max_usage_in_bytes",
            ]
        case (.memory, .two):
            return [
                "set", "memory.max", "\(limits.memory)", "set", "memory.swap.max", "0", "read", "memory.events",
                "read", "memory.peak",
            ]
        case (.pids, _): return ["set", "pids.max", processes, "read", "pids.peak"]
        case (.cpu, .one):
            guard let cpus = limits.cpus else { return [] }
            return ["set", "cpu.cfs_period_us", "100000", "set", "cpu.cfs_quota_us", "\(cpus * 100_000)"]
        case (.cpu, .two):
            guard let cpus = limits.cpus else { return [] }
            return ["set", "cpu.max", "\(cpus * 100_000) 100000"]
        case (.cpuacct, _):
            guard let time = limits.cpuTime else { return [] }
            return ["processor-time", timeFile(version), "\(time.milliseconds)"]
        }
    }

    private static func timeFile(_ version: Version) -> String { version == .one ? "cpuacct.usage" : "cpu.stat" }

    // MARK: - Reading what came back

    /// How many processes were killed for memory, by either version's file.
    package static func outOfMemoryKills(_ files: [String: String]) -> Int {
        let text = files["memory.oom_control"] ?? files["memory.events"] ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, parts[0] == "oom_kill" { return Int(parts[1]) ?? 0 }
        }
        return 0
    }

    package static func peakMemory(_ files: [String: String]) -> Int? {
        (files["memory.max_usage_in_bytes"] ?? files["memory.peak"]).flatMap { Int($0.filter(\.isNumber)) }
    }

    /// Init, which is in the group too, taken off.
    package static func peakProcesses(_ files: [String: String]) -> Int? {
        files["pids.peak"].flatMap { Int($0.filter(\.isNumber)) }.map { max(0, $0 - 1) }
    }

    // MARK: - Finding them

    /// Looks where this process is and tries, by making a group and setting limits, which controllers obey us.
    static func discover() -> ControlGroups {
        let own = HostFile.text("/proc/self/cgroup") ?? ""
        let mounts = HostFile.text("/proc/self/mountinfo") ?? ""
        var hierarchies: [Hierarchy] = []
        // Of two places that count the same one is enough.
        for found in candidates(own: own, mounts: mounts).compactMap(confirmed) {
            let known = hierarchies.flatMap(\.controllers)
            let new = found.controllers.filter { !known.contains($0) }
            guard !new.isEmpty else { continue }
            hierarchies.append(Hierarchy(version: found.version, directory: found.directory, controllers: new))
        }
        return ControlGroups(hierarchies: hierarchies)
    }

    /// From `/proc/self/cgroup` and `/proc/self/mountinfo` (see proc(5) and cgroups(7)).
    package static func candidates(own: String, mounts: String) -> [Hierarchy] {
        var candidates: [Hierarchy] = []
        for line in mounts.split(separator: "\n") {
            let halves = line.split(separator: " - ", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let left = halves[0].split(separator: " ")
            let right = halves[1].split(separator: " ")
            guard left.count >= 5, right.count >= 3 else { continue }
            let (root, point) = (String(left[3]), String(left[4]))
            let options = right[2].split(separator: ",")
            if right[0] == "cgroup2", let path = path(in: own, version: .two, root: root, controller: nil) {
                candidates += unified(point + path)
            }
            let controllers = Controller.allCases.filter { options.contains(Substring($0.rawValue)) }
            if right[0] == "cgroup", let first = controllers.first,
                let path = path(in: own, version: .one, root: root, controller: first)
            {
                candidates.append(Hierarchy(version: .one, directory: point + path, controllers: controllers))
            }
        }
        return candidates
    }

    /// This process's group below the mount point; nil where the mount does not show it.
    private static func path(in own: String, version: Version, root: String, controller: Controller?) -> String? {
        for line in own.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let matches =
                version == .two
                ? parts[0] == "0" : parts[1].split(separator: ",").contains(Substring(controller?.rawValue ?? ""))
            guard matches else { continue }
            let path = String(parts[2])
            if root == "/" { return path == "/" ? "" : path }
            return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : nil
        }
        return nil
    }

    /// In version 2 a group with processes can have no limited children, so beside ours is the other place to look;
    /// but not when ours has a memory limit, which children beside it would escape.
    private static func unified(_ directory: String) -> [Hierarchy] {
        var places = [directory]
        let limit = HostFile.text("\(directory)/memory.max")?.filter { !$0.isWhitespace }
        if limit == nil || limit == "max", let slash = directory.lastIndex(of: "/") {
            places.append(String(directory[..<slash]))
        }
        let limited = places.compactMap { place -> Hierarchy? in
            let enabled = (HostFile.text("\(place)/cgroup.subtree_control") ?? "").split(whereSeparator: \.isWhitespace)
            let controllers = Controller.allCases.filter { enabled.contains(Substring($0.rawValue)) }
            guard !controllers.isEmpty else { return nil }
            return Hierarchy(version: .two, directory: place, controllers: controllers + [.cpuacct])
        }
        // Every group counts its time, whatever else is switched on.
        return limited.isEmpty
            ? [Hierarchy(version: .two, directory: directory, controllers: [.cpuacct])] : limited
    }

    private static func confirmed(_ candidate: Hierarchy) -> Hierarchy? {
        let group = "\(candidate.directory)/\(RunName.next())"
        guard mkdir(group, 0o755) == 0 else { return nil }
        defer { rmdir(group) }
        let obedient = candidate.controllers.filter { controller in
            var limits = SandboxProfile.Limits()
            limits.cpus = 1
            if controller == .cpuacct { return HostFile.exists("\(group)/\(timeFile(candidate.version))") }
            let words = Self.words(controller, candidate.version, limits)
            return stride(from: 0, to: words.count, by: 1).allSatisfy { index in
                words[index] != "set" || HostFile.write(words[index + 2], into: "\(group)/\(words[index + 1])")
            }
        }
        guard !obedient.isEmpty, HostFile.exists("\(group)/cgroup.procs") else { return nil }
        return Hierarchy(version: candidate.version, directory: candidate.directory, controllers: obedient)
    }
}
