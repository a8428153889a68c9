import Glibc

/// Follows a symbolic link on paper: name by name, without ever opening a link.
enum LinkResolution {
    /// The kernel's own bound on links in one path (path_resolution(7)).
    private static let linkLimit = 40
    /// A target of this many names is not taken further; a path cannot be that long.
    private static let nameLimit = 100_000

    /// Whether a link in the folder `descriptor`, which is `depth` levels below the tree's root, leads above that root.
    ///
    /// An absolute target counts as leading out. Names that are not there cannot be links, so what follows them is
    /// counted: it leads out where there are more `..` than folders to leave. A circle leads nowhere, and so not out.
    static func leadsOut(_ path: [UInt8], from descriptor: CInt, depth: Int) -> Bool {
        var pending = steps(of: path)
        var depth = depth
        var links = 0
        guard !isAbsolute(path), case let first = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
            first >= 0
        else { return isAbsolute(path) }
        var here = Descriptor(first)
        while let step = pending.popLast() {
            if step == [0x2E] { continue }
            if step == [0x2E, 0x2E] {
                depth -= 1
                if depth < 0 { return true }
                guard let parent = folder("..", in: here) else { return climbsOut(pending, depth) }
                here = parent
                continue
            }
            var status = stat()
            let isThere = step.withCString { fstatat(here.number, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0
            guard isThere, status.st_mode & S_IFMT == S_IFLNK else {
                depth += 1
                guard isThere, let next = folder(step, in: here) else { return climbsOut(pending, depth) }
                here = next
                continue
            }
            links += 1
            guard links <= linkLimit, let next = Self.target(step, in: here) else { return false }
            if isAbsolute(next) { return true }
            pending += steps(of: next)
            if pending.count > nameLimit { return true }
        }
        return false
    }

    /// What remains when nothing can be looked up any more: do its names climb above the root?
    private static func climbsOut(_ pending: [[UInt8]], _ depth: Int) -> Bool {
        var depth = depth
        for step in pending.reversed() where step != [0x2E] {
            depth += step == [0x2E, 0x2E] ? -1 : 1
            if depth < 0 { return true }
        }
        return false
    }

    private static func folder(_ name: String, in folder: borrowing Descriptor) -> Descriptor? {
        Self.folder(Array(name.utf8), in: folder)
    }

    private static func folder(_ name: [UInt8], in folder: borrowing Descriptor) -> Descriptor? {
        let number = name.withCString {
            openat(folder.number, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        return number < 0 ? nil : Descriptor(number)
    }

    private static func target(_ name: [UInt8], in folder: borrowing Descriptor) -> [UInt8]? {
        var count = 0
        let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, initialised in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
                count = name.withCString { name in
                    buffer.baseAddress.map { readlinkat(folder.number, name, $0, buffer.count) } ?? -1
                }
            }
            initialised = max(count, 0)
        }
        return count < 0 ? nil : target
    }

    /// Last first, so that the next one comes off the end.
    private static func steps(of target: [UInt8]) -> [[UInt8]] {
        target.split(separator: UInt8(ascii: "/")).map(Array.init).reversed()
    }

    private static func isAbsolute(_ target: [UInt8]) -> Bool { target.first == UInt8(ascii: "/") }
}
