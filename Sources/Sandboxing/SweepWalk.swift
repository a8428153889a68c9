import Glibc

/// One sweep under way.
struct SweepWalk {
    private struct Folder {
        /// Still to be looked at.
        var names: [[UInt8]]
        /// Of the path: how long it was before this folder's name.
        let pathLength: Int
        /// What its permissions were, where it had to be opened up.
        let closedMode: mode_t?
    }

    private struct File: Hashable {
        let device: dev_t
        let inode: ino_t
    }

    private let sweep: Sweep
    private let layer: Sweep.Layer
    private let start: timespec?
    private(set) var findings: [Finding] = []
    /// Findings beyond the bound, which only count.
    private var omitted = 0
    private var entries = 0
    private var found: [Finding.Kind: Int] = [:]
    private var path: [UInt8] = []
    /// Files with several names: path of the first that was met, how many there are, and how many were met.
    private var linked: [File: (path: [UInt8], names: Int, met: Int, isNew: Bool)] = [:]

    init(sweep: Sweep, layer: Sweep.Layer, start: timespec?) {
        self.sweep = sweep
        self.layer = layer
        self.start = start
    }

    mutating func walk(_ start: consuming TreeCursor) {
        var cursor = start
        guard let names = cursor.names(limit: sweep.entryLimit) else {
            return tell(.unreadable, String(cString: strerror(errno)))
        }
        let first = names.filter { !sweep.hasRepository || $0 != Self.git }
        var folders = [Folder(names: first, pathLength: 0, closedMode: nil)]
        while let name = next(&folders) {
            guard let name else {
                guard leave(&folders, &cursor) else { return tell(.incomplete, "a folder was moved meanwhile") }
                continue
            }
            guard entries < sweep.entryLimit else {
                // Folders that were opened up for us are closed again on the way out.
                tell(.incomplete, "only \(sweep.entryLimit) entries were looked at")
                while folders.count > 1, leave(&folders, &cursor) {}
                break
            }
            entries += 1
            let length = path.count
            path += path.isEmpty ? name : [UInt8(ascii: "/")] + name
            if let folder = look(at: name, &cursor, pathLength: length) { folders.append(folder) } else { cut(length) }
        }
        tellLinked()
        if omitted > 0 {
            findings.append(Finding(.incomplete, ".", detail: "\(omitted) more findings are not listed"))
        }
    }

    /// The next name of the innermost folder, nil inside where that is done, nil where everything is.
    private func next(_ folders: inout [Folder]) -> [UInt8]?? {
        guard let last = folders.indices.last else { return nil }
        if let name = folders[last].names.popLast() { return name }
        return last == 0 ? nil : .some(nil)
    }

    private mutating func leave(_ folders: inout [Folder], _ cursor: inout TreeCursor) -> Bool {
        let folder = folders.removeLast()
        cut(folder.pathLength)
        let inside = folder.closedMode == nil ? -1 : dup(cursor.descriptor)
        let isBack = cursor.ascend()
        if inside >= 0 {
            if let mode = folder.closedMode { fchmod(inside, mode) }
            close(inside)
        }
        return isBack
    }

    private mutating func cut(_ length: Int) { path.removeLast(path.count - length) }

    /// Judges one entry. Returns it as a folder to go through where the cursor has entered it.
    private mutating func look(at name: [UInt8], _ cursor: inout TreeCursor, pathLength: Int) -> Folder? {
        guard let status = cursor.status(name) else {
            tell(.unreadable, String(cString: strerror(errno)))
            return nil
        }
        let isNew = isNew(status)
        let kind = status.st_mode & S_IFMT
        if layer == .overlayUpper && kind == S_IFCHR && status.st_rdev == 0 { return nil }
        if isNew { judge(name, status) }
        switch kind {
        case S_IFDIR: return enter(name, status, &cursor, pathLength: pathLength)
        case S_IFLNK where isNew: judgeLink(name, cursor)
        case S_IFREG where status.st_nlink > 1:
            let file = File(device: status.st_dev, inode: status.st_ino)
            linked[file, default: (path, Int(status.st_nlink), 0, isNew)].met += 1
        default: break
        }
        return nil
    }

    private mutating func judge(_ name: [UInt8], _ status: stat) {
        if let hazard = SafePath.hazard(name) { tell(.controlCharacters, hazard) }
        if name.map(Self.lowercased) == Self.git { tell(.nestedRepository, "git would take it for a repository") }
        switch status.st_mode & S_IFMT {
        case S_IFIFO: tell(.specialFile, "a named pipe: opening it waits for ever")
        case S_IFSOCK: tell(.specialFile, "a socket")
        case S_IFCHR, S_IFBLK:
            tell(.specialFile, "the device \(status.st_rdev >> 8 & 0xFFF):\(status.st_rdev & 0xFF)")
        case S_IFREG where status.st_mode & S_ISUID != 0: tell(.setUserID, "runs as user \(status.st_uid)")
        case S_IFREG where status.st_mode & S_ISGID != 0: tell(.setUserID, "runs as group \(status.st_gid)")
        default: break
        }
    }

    private mutating func judgeLink(_ name: [UInt8], _ cursor: borrowing TreeCursor) {
        guard let target = cursor.linkTarget(name) else { return tell(.unreadable, String(cString: strerror(errno))) }
        guard LinkResolution.leadsOut(target, from: cursor.descriptor, depth: cursor.depth) else { return }
        tell(.linkLeadingOut, "to \(SafePath.rendered(target))")
    }

    private mutating func enter(
        _ name: [UInt8], _ status: stat, _ cursor: inout TreeCursor, pathLength: Int
    ) -> Folder? {
        guard cursor.depth < sweep.depthLimit else {
            tell(.incomplete, "\(sweep.depthLimit) levels down; what lies below was not looked at")
            return nil
        }
        var closedMode: mode_t?
        if status.st_mode & 0o500 != 0o500 {
            if isNew(status) { tell(.closedFolder, "its mode is 0\(String(status.st_mode & 0o7777, radix: 8))") }
            // Opened up to be looked through, and closed again after.
            if cursor.setPermissions(name, 0o700) { closedMode = status.st_mode & 0o7777 }
        }
        guard cursor.descend(name) else {
            // Something else is mounted there: nothing that a run can do.
            if errno != EXDEV { tell(.unreadable, String(cString: strerror(errno))) }
            return nil
        }
        let names = cursor.names(limit: sweep.entryLimit - entries)
        if names == nil { tell(.unreadable, String(cString: strerror(errno))) }
        // What git itself looks for in a repository without a working tree (gitrepository-layout).
        let holds = { (wanted: String) in (names ?? []).contains(Array(wanted.utf8)) }
        if isNew(status), name.map(Self.lowercased) != Self.git, holds("HEAD"), holds("objects"), holds("refs") {
            tell(.nestedRepository, "has HEAD, objects and refs")
        }
        return Folder(names: names ?? [], pathLength: pathLength, closedMode: closedMode)
    }

    // MARK: - Telling

    private mutating func tell(_ kind: Finding.Kind, _ detail: String) { tell(kind, path, detail) }

    private mutating func tell(_ kind: Finding.Kind, _ path: [UInt8], _ detail: String) {
        guard findings.count < sweep.findingLimit, found[kind, default: 0] < max(1, sweep.findingLimit / 4) else {
            omitted += 1
            return
        }
        found[kind, default: 0] += 1
        findings.append(Finding(kind, path.isEmpty ? "." : SafePath.rendered(path), detail: detail))
    }

    /// Only at the end is it known which of a file's names lie in the tree.
    private mutating func tellLinked() {
        let files = linked.values.filter(\.isNew).sorted { $0.path.lexicographicallyPrecedes($1.path) }
        for file in files {
            let elsewhere = file.names - file.met
            let place = elsewhere > 0 ? "\(elsewhere) outside the worktree" : "all in the worktree"
            tell(.hardLink, file.path, "has \(file.names) names, \(place)")
        }
    }

    private func isNew(_ status: stat) -> Bool {
        guard let start else { return true }
        let changed = status.st_ctim
        return changed.tv_sec > start.tv_sec || changed.tv_sec == start.tv_sec && changed.tv_nsec >= start.tv_nsec
    }

    private static let git = Array(".git".utf8)

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
