import Glibc

/// Finds where this user's compilers and interpreters really are, without running any of them.
///
/// What lies under `/usr` is there anyway. For the rest (a version manager's Python below the home folder, Swift under
/// `/opt`) it names the folder that holds the tool and nothing beside it.
package struct ToolchainDiscovery: Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable { case python, swift, c, rust, node, java }

    /// What a toolchain adds to a sandbox.
    package struct Found: Sendable, Hashable {
        /// Mounted read-only; the target differs from the source where a link led there.
        package var mounts: [Mount] = []
        /// First in the sandbox's `PATH`, in this order.
        package var path: [String] = []
        package var environment: [String: String] = [:]
    }

    private let environment: [String: String]
    private let home: String
    /// Paths that every sandbox of the profile sees anyway.
    private let systemPaths: [String]

    package init(environment: [String: String], systemPaths: [String]) {
        self.environment = environment
        self.systemPaths = systemPaths
        home = environment["HOME"].flatMap(HostFile.resolved) ?? "/nonexistent"
    }

    package func find(_ kind: Kind) -> Found {
        switch kind {
        case .python: python()
        case .swift: byProgram(["swift"])
        case .c: byProgram(["cc", "gcc", "clang", "make", "cmake", "ninja", "gdb", "gcov"])
        case .rust: rust()
        case .node: byProgram(["node"])
        case .java: java()
        }
    }

    // MARK: - By language

    /// A virtual environment, a version manager's version, or whatever `python3` is on the `PATH`.
    private func python() -> Found {
        for candidate in candidates("python3") + candidates("python") {
            guard let program = pythonBehindShim(candidate) else { continue }
            var found = prefix(of: program)
            // A virtual environment names the Python that it was made from; its own bin/python is only a link there.
            let directory = parent(parent(program))
            if let settings = HostFile.text("\(directory)/pyvenv.cfg") {
                found.path = ["\(directory)/bin"]
                found.environment["VIRTUAL_ENV"] = directory
                found.add(mounts: tree(directory))
                for line in settings.split(separator: "\n") {
                    let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimming() }
                    if parts.count == 2, parts[0] == "home" { found.add(mounts: tree(parent(parts[1]))) }
                }
            }
            return found
        }
        return Found()
    }

    /// pyenv's shims are shell scripts that look up a version and run it: the look-up, without the running.
    private func pythonBehindShim(_ candidate: String) -> String? {
        guard candidate.hasSuffix("/shims/\(name(candidate))") else { return candidate }
        let root = parent(parent(candidate))
        let chosen = environment["PYENV_VERSION"] ?? HostFile.text("\(root)/version") ?? ""
        for version in chosen.split(whereSeparator: { $0 == ":" || $0.isWhitespace }) {
            let program = "\(root)/versions/\(version)/bin/\(name(candidate))"
            if access(program, X_OK) == 0 { return program }
        }
        return nil
    }

    /// rustup's `cargo` is a proxy that reads its settings and may download: the toolchain itself stands in for it.
    private func rust() -> Found {
        let root = environment["RUSTUP_HOME"] ?? "\(home)/.rustup"
        guard let toolchain = chosenToolchain(in: root) else {
            var found = byProgram(["cargo", "rustc"])
            // Proxies without the toolchain that they stand for are of no use.
            if found.path.contains(where: { HostFile.exists("\($0)/rustup") }) { found = Found() }
            found.add(mounts: crates())
            return found
        }
        var found = Found(mounts: tree(toolchain), path: ["\(toolchain)/bin"])
        found.add(mounts: crates())
        return found
    }

    /// By `RUSTUP_TOOLCHAIN`, else by rustup's settings.
    private func chosenToolchain(in root: String) -> String? {
        var names = environment["RUSTUP_TOOLCHAIN"].map { [$0] } ?? []
        for line in (HostFile.text("\(root)/settings.toml") ?? "").split(separator: "\n")
        where line.hasPrefix("default_toolchain") {
            let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
            if parts.count >= 2 { names.append(String(parts[1])) }
        }
        for name in names where !name.isEmpty && !name.contains("/") && name != ".." {
            let directory = "\(root)/toolchains/\(name)"
            if access("\(directory)/bin/cargo", X_OK) == 0 { return directory }
        }
        return nil
    }

    /// What cargo has downloaded before, where it looks for it inside. Its settings and credentials lie beside these two
    /// folders and stay there.
    private func crates() -> [Mount] {
        let root = environment["CARGO_HOME"] ?? "\(home)/.cargo"
        return ["registry", "git"].compactMap { name in
            guard let real = HostFile.resolved("\(root)/\(name)"), HostFile.isDirectory(real) else { return nil }
            return Mount(real, at: "\(BubblewrapArguments.home)/.cargo/\(name)")
        }
    }

    /// Debian's JDK keeps its settings under `/etc` and links there.
    private func java() -> Found {
        var found = byProgram(["java", "javac", "mvn", "gradle"])
        guard let program = candidates("java").first, let real = HostFile.resolved(program) else { return found }
        let directory = parent(parent(real))
        found.environment["JAVA_HOME"] = directory
        for name in HostFile.names(in: "/etc") where name.hasPrefix("java-") {
            found.mounts.append(Mount("/etc/\(name)"))
        }
        return found
    }

    private func byProgram(_ names: [String]) -> Found {
        var found = Found()
        for name in names {
            guard let candidate = candidates(name).first else { continue }
            let one = prefix(of: candidate)
            found.add(mounts: one.mounts)
            found.path += one.path.filter { !found.path.contains($0) }
        }
        return found
    }

    // MARK: - From a program to its folder

    /// The installation that `program` belongs to: the folder above its `bin`, behind all links.
    private func prefix(of program: String) -> Found {
        guard let real = HostFile.resolved(program) else { return Found() }
        let directory = parent(parent(real))
        guard !isSystem(real) else {
            return Found(mounts: [], path: isSystem(program) ? [] : [parent(real)])
        }
        let mounts = tree(directory)
        return mounts.isEmpty ? Found() : Found(mounts: mounts, path: [parent(real)])
    }

    /// A folder, and its name before links where that differs, since scripts inside may use either.
    private func tree(_ directory: String) -> [Mount] {
        guard let real = HostFile.resolved(directory), isOfferable(real) else { return [] }
        let mounts = isSystem(real) ? [] : [Mount(real)]
        guard real != directory, isOfferable(directory), !isSystem(directory) else { return mounts }
        return mounts + [Mount(real, at: directory)]
    }

    /// Whether showing a whole folder gives away nothing but a toolchain: never the home folder or what holds it, and
    /// not `~/.local` or `~/bin`'s parent, where everything of a user comes together.
    private func isOfferable(_ directory: String) -> Bool {
        guard directory.hasPrefix("/"), directory != "/", HostFile.isDirectory(directory) else { return false }
        guard !(home + "/").hasPrefix(directory + "/") else { return false }
        return !["\(home)/.local", "\(home)/.config", "\(home)/.cache", "/opt", "/etc", "/var"].contains(directory)
    }

    private func isSystem(_ path: String) -> Bool {
        systemPaths.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    private func candidates(_ name: String) -> [String] {
        (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
            .filter { access($0, X_OK) == 0 && !HostFile.isDirectory($0) }
    }

    private func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private func name(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}

extension ToolchainDiscovery.Found {
    fileprivate mutating func add(mounts more: [Mount]) {
        mounts += more.filter { !mounts.contains($0) }
    }
}

extension Substring {
    fileprivate func trimming() -> String {
        let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex
        return String(self[..<end].drop { $0.isWhitespace })
    }
}
