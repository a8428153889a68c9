import Glibc
import StrictYAML

extension SandboxProfile {
    /// Reads `NAME.yml` from the first of `directories` that has it, and what it extends.
    ///
    /// A profile may extend its own name: that means the one of a later directory, so a user's `python.yml` can change
    /// one limit of the shipped one.
    package static func load(
        named name: String, searching directories: [String]
    ) throws(SandboxError) -> SandboxProfile {
        try load(named: name, searching: directories[...], within: directories, extending: [])
    }

    private static func load(
        named name: String, searching candidates: ArraySlice<String>, within directories: [String], extending: [String]
    ) throws(SandboxError) -> SandboxProfile {
        guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
            throw SandboxError(.profile, "`\(name)` is no name for a sandbox profile; use letters, digits, - and _")
        }
        guard let index = candidates.firstIndex(where: { access("\($0)/\(name).yml", R_OK) == 0 }) else {
            let places = directories.joined(separator: ", ")
            throw SandboxError(.profile, "there is no sandbox profile `\(name)` in \(places)")
        }
        let file = "\(candidates[index])/\(name).yml"
        guard !extending.contains(file) else {
            throw SandboxError(.profile, "\(file): extends itself by way of \(extending.joined(separator: ", "))")
        }
        guard let text = HostFile.text(file) else {
            throw SandboxError(.profile, "\(file): cannot be read", cause: String(cString: strerror(errno)))
        }
        do {
            let document = try ConfigurationMapping(parsing: text, file: file)
            var profile = SandboxProfile(name: name)
            if let base = try document.string("extends") {
                let rest = base == name ? candidates[(index + 1)...] : directories[...]
                profile = try load(named: base, searching: rest, within: directories, extending: extending + [file])
                profile.name = name
            }
            try profile.apply(document)
            return profile
        } catch let error as SandboxError {
            throw error
        } catch {
            throw SandboxError(.profile, "\(error)")
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Lays what a document says over what it extends: lists and tables grow, single values are replaced.
    private mutating func apply(_ document: ConfigurationMapping) throws(ConfigurationError) {
        _ = try document.string("description")
        if let paths = try document.strings("system-paths") {
            for path in paths where !path.hasPrefix("/") || path == "/" {
                throw document.error(at: "system-paths", "`\(path)` is no absolute path below /")
            }
            systemPaths += paths.filter { !systemPaths.contains($0) }
        }
        for name in try document.strings("toolchains") ?? [] {
            guard let kind = ToolchainDiscovery.Kind(rawValue: name) else {
                let known = ToolchainDiscovery.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw document.error(at: "toolchains", "`\(name)` is unknown; known: \(known)")
            }
            if !toolchains.contains(kind) { toolchains.append(kind) }
        }
        if let table = try document.mapping("environment") {
            environment.merge(try table.mapping("set")?.allStrings() ?? [:]) { $1 }
            passedEnvironment += try table.strings("pass") ?? []
            try table.finish()
        }
        if let table = try document.mapping("temporary-space") {
            temporarySpace.tmp = try table.size("tmp") ?? temporarySpace.tmp
            temporarySpace.home = try table.size("home") ?? temporarySpace.home
            temporarySpace.sharedMemory = try table.size("shared-memory") ?? temporarySpace.sharedMemory
            try table.finish()
        }
        if let table = try document.mapping("limits") { try limits.apply(table) }
        if let table = try document.mapping("heap") { try heap.apply(table) }
        work = try document.choice("work") ?? work
        repository = try document.choice("git") ?? repository
        tier = try document.choice("tier") ?? tier
        for name in try document.strings("system-calls") ?? [] {
            guard let group = SystemCallGroup(rawValue: name) else {
                let known = SystemCallGroup.allCases.map(\.rawValue).joined(separator: ", ")
                throw document.error(at: "system-calls", "`\(name)` is no group of system calls; known: \(known)")
            }
            allowedCalls.insert(group)
        }
        for name in try document.strings("required") ?? [] {
            guard let guarantee = Guarantee.Name(rawValue: name) else {
                let known = Guarantee.Name.allCases.map(\.rawValue).joined(separator: ", ")
                throw document.error(at: "required", "`\(name)` is no guarantee; known: \(known)")
            }
            required.insert(guarantee)
        }
        try document.finish()
    }
}

extension SandboxProfile.Limits {
    fileprivate mutating func apply(_ table: ConfigurationMapping) throws(ConfigurationError) {
        wallClock = try table.duration("wall-clock") ?? wallClock
        grace = try table.duration("grace") ?? grace
        memory = try table.size("memory") ?? memory
        processes = try table.count("processes") ?? processes
        cpus = try table.count("cpus") ?? cpus
        cpuTime = try table.duration("cpu-time") ?? cpuTime
        fileSize = try table.size("file-size") ?? fileSize
        openFiles = try table.count("open-files") ?? openFiles
        outputKept = try table.size("output-kept") ?? outputKept
        output = try table.size("output") ?? output
        disk = try table.size("disk") ?? disk
        inodes = try table.count("inodes") ?? inodes
        try table.finish()
    }
}

extension SandboxProfile.Heap {
    fileprivate mutating func apply(_ table: ConfigurationMapping) throws(ConfigurationError) {
        if let share = try table.count("share") {
            guard share <= 100 else { throw table.error(at: "share", "a percentage, so 100 at most") }
            self.share = share
        }
        set.merge(try table.mapping("set")?.allStrings() ?? [:]) { $1 }
        try table.finish()
    }
}

extension ConfigurationMapping {
    fileprivate func size(_ key: String) throws(ConfigurationError) -> Int? {
        let size = try bytes(key)
        if let size, size < 4096 { throw error(at: key, "at least 4K") }
        return size
    }

    fileprivate func count(_ key: String) throws(ConfigurationError) -> Int? {
        let count = try int(key)
        if let count, count < 1 { throw error(at: key, "at least 1") }
        return count
    }

    /// One of an enumeration's words.
    fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String
    ) throws(ConfigurationError) -> Choice? {
        guard let word = try string(key) else { return nil }
        if let choice = Choice(rawValue: word) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw error(at: key, "`\(word)` is none of: \(known)")
    }
}
