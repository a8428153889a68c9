import Glibc

/// What a repository of a program's own is made of, so that `git describe`, `log` and `status` work in a worktree: the
/// same commits, tags and index, and none of the host's hooks, filters, remotes or other settings.
///
/// Objects are shared, read-only; what the program adds lies in its own memory and goes with the run.
struct GitSnapshot: Sendable {
    /// Below the new repository.
    let files: [(path: String, content: LaunchRequest.Walls.FileContent)]
    /// The host's object folders, found inside at ``objectsPath(_:)``.
    let objects: [String]

    static func objectsPath(_ index: Int) -> String { "/fettle/objects/\(index)" }

    /// Nil where the worktree has no repository, or one that cannot be read: then there is nothing to show.
    init?(of site: Site) throws(SandboxError) {
        guard let git = Self.gitDirectory(of: site) else { return nil }
        let common = Self.path(HostFile.text("\(git)/commondir"), from: git) ?? git
        guard let head = HostFile.text("\(git)/HEAD"), !head.isEmpty else { return nil }
        let objects = Self.objectDirectories("\(common)/objects")
        guard !objects.isEmpty else { return nil }
        // Settings that change what history means are taken over, none that names a program or a place.
        var files: [(String, LaunchRequest.Walls.FileContent)] = [
            ("HEAD", .text(head)),
            ("config", .text("[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n")),
            ("packed-refs", .text(Self.references(of: common, and: git))),
            (
                "objects/info/alternates",
                .text(objects.indices.map { Self.objectsPath($0) + "\n" }.joined())
            ),
        ]
        if HostFile.exists("\(git)/index") { files.append(("index", .copy(of: "\(git)/index"))) }
        if HostFile.exists("\(common)/shallow") { files.append(("shallow", .copy(of: "\(common)/shallow"))) }
        self.files = files
        self.objects = objects
    }

    /// A `.git` folder, or where a `.git` file leads (gitrepository-layout(5)).
    private static func gitDirectory(of site: Site) -> String? {
        let path = "\(site.path)/.git"
        switch site.repository {
        case .directory: return path
        case .file:
            guard let text = HostFile.text(path), text.hasPrefix("gitdir:") else { return nil }
            return Self.path(String(text.dropFirst("gitdir:".count)), from: site.path)
        case nil: return nil
        }
    }

    private static func path(_ text: String?, from base: String) -> String? {
        guard let text else { return nil }
        let name = text.split(separator: "\n").first.map { $0.drop { $0 == " " } } ?? ""
        guard !name.isEmpty else { return nil }
        return HostFile.resolved(name.hasPrefix("/") ? String(name) : "\(base)/\(name)")
    }

    /// A repository's objects and those that it borrows, at most eight deep.
    private static func objectDirectories(_ first: String) -> [String] {
        var found: [String] = []
        var next = [first]
        while let candidate = next.popLast(), found.count < 8 {
            guard let path = HostFile.resolved(candidate), HostFile.isDirectory(path), !found.contains(path) else {
                continue
            }
            found.append(path)
            let borrowed = (HostFile.text("\(path)/info/alternates") ?? "").split(separator: "\n")
            next += borrowed.map { $0.hasPrefix("/") ? String($0) : "\(path)/\($0)" }
        }
        return found
    }

    /// Every reference in one packed list, loose ones before packed ones of the same name.
    private static func references(of common: String, and git: String) -> String {
        var all: [String: String] = [:]
        for line in (HostFile.text("\(common)/packed-refs") ?? "").split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            // `#` heads the file, `^` is a tag's commit, which git finds again.
            guard parts.count == 2, isHash(parts[0]) else { continue }
            all[String(parts[1])] = String(parts[0])
        }
        collect(below: "\(common)/refs", as: "refs", depth: 0, into: &all)
        if git != common { collect(below: "\(git)/refs", as: "refs", depth: 0, into: &all) }
        return "# pack-refs with: sorted \n"
            + all.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($1) \($0)\n" }.joined()
    }

    private static func collect(below path: String, as name: String, depth: Int, into all: inout [String: String]) {
        guard depth < 16 else { return }
        for entry in HostFile.names(in: path) {
            switch HostFile.kind("\(path)/\(entry)") {
            case .directory:
                collect(below: "\(path)/\(entry)", as: "\(name)/\(entry)", depth: depth + 1, into: &all)
            case .file:
                let hash = HostFile.text("\(path)/\(entry)")?.split(whereSeparator: \.isWhitespace).first ?? ""
                if isHash(hash) { all["\(name)/\(entry)"] = String(hash) }
            default: continue
            }
        }
    }

    private static func isHash(_ text: Substring) -> Bool {
        (text.utf8.count == 40 || text.utf8.count == 64) && text.allSatisfy(\.isHexDigit)
    }
}
