import Glibc

/// Sockets and named pipes in a worktree that is not Fettle's own: whoever opens one reaches a process of the host, through
/// every wall.
enum SpecialFiles {
    /// More than a folder of a project has, and few enough to be covered one by one.
    private static let limit = 256
    /// Entries to look at: a few seconds.
    private static let entryLimit = 3_000_000

    /// Their paths relative to the worktree, links not followed and its `.git` left out, which is covered anyway.
    ///
    /// - Throws: where not everything can be looked at that a program could reach.
    static func paths(in site: Site) throws(SandboxError) -> [String] {
        guard var cursor = TreeCursor(site.path, crossingMounts: true), let names = cursor.names() else {
            throw .machinery("cannot look into \(site.path)", errno)
        }
        var found: [String] = []
        var entries = 0
        // Of the folders entered: what is still to be looked at, and how long the path was before each one's name.
        var folders: [(names: [[UInt8]], pathLength: Int)] = [(names.filter { $0 != Array(".git".utf8) }, 0)]
        var path: [UInt8] = []
        while let last = folders.indices.last {
            guard let name = folders[last].names.popLast() else {
                path.removeLast(path.count - folders.removeLast().pathLength)
                if !folders.isEmpty, !cursor.ascend() {
                    throw refusal(site, "was changed while it was looked through")
                }
                continue
            }
            entries += 1
            guard entries <= entryLimit else { throw refusal(site, "has more than \(entryLimit) entries") }
            let length = path.count
            path += path.isEmpty ? name : [UInt8(ascii: "/")] + name
            guard let status = cursor.status(name) else {
                // A folder that can be read and not entered hides what lies in it from us, not from its owner.
                guard errno == ENOENT else { throw refusal(site, "hides \(SafePath.rendered(path))") }
                path.removeLast(path.count - length)
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                if let names = try enter(name, status, &cursor, site, path) {
                    folders.append((names, length))
                    continue
                }
            case S_IFSOCK, S_IFIFO:
                guard let text = String(validating: path, as: UTF8.self), found.count < limit else {
                    throw refusal(site, "has a socket or pipe that cannot be covered, \(SafePath.rendered(path))")
                }
                found.append(text)
            default: break
            }
            path.removeLast(path.count - length)
        }
        return found
    }

    /// The names in a folder that the cursor then is in; nil where a program cannot enter it either.
    private static func enter(
        _ name: [UInt8], _ status: stat, _ cursor: inout TreeCursor, _ site: Site, _ path: [UInt8]
    ) throws(SandboxError) -> [[UInt8]]? {
        guard cursor.descend(name) else {
            // Gone meanwhile, or somebody else's; its owner could open it up.
            guard status.st_uid == geteuid(), errno == EACCES else { return nil }
            throw refusal(site, "has a closed folder, \(SafePath.rendered(path))")
        }
        guard let names = cursor.names() else { throw refusal(site, "cannot be read at \(SafePath.rendered(path))") }
        return names
    }

    private static func refusal(_ site: Site, _ what: String) -> SandboxError {
        SandboxError(
            .command,
            "\(site.path) \(what), so sockets and pipes there cannot be kept from the program; use `work: copy-on-write`"
        )
    }
}
