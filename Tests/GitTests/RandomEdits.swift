import Glibc

@testable import Git

/// Random files, and random changes to them, of every kind that git records.
struct RandomEdits {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    mutating func fill(_ folder: TemporaryFolder) throws {
        for number in 0..<(3 + below(10)) { try folder.write(name(number), content()) }
    }

    private mutating func name(_ number: Int) -> [UInt8] {
        let folders = ["", "", "src/", "src/deep/", "with space/", "b/"]
        let stems = ["f", "a b", "name\"quoted", "tab\tname", "umlaut-ü", "back\\slash", "-dash", "x.y"]
        var name = Array((folders[below(folders.count)] + "\(number)-" + stems[below(stems.count)]).utf8)
        // Latin-1, which is not UTF-8.
        if below(6) == 0 { name += [0xe4, 0xff] }
        return name
    }

    private mutating func content() -> [UInt8] {
        switch below(8) {
        case 0: return []
        case 1: return (0..<below(3000)).map { _ in UInt8.random(in: 0...255, using: &random) } + [0]
        case 2: return text(lineBreak: "\r\n")
        default: return text(lineBreak: "\n")
        }
    }

    private mutating func text(lineBreak: String) -> [UInt8] {
        let lines = (0..<below(80)).map { _ in line() }
        return Array((lines.joined(separator: lineBreak) + (below(4) == 0 ? "" : lineBreak)).utf8)
    }

    /// Short and from a small vocabulary, so that lines repeat.
    private mutating func line() -> String {
        ["", "{", "}", "return x", "  call(\(below(4)))", "@@ -1 +1 @@", "-- a", "++ b", "ü", "\\ No newline"][
            below(10)]
    }

    /// Changes some of the files of a working tree.
    mutating func change(_ folder: TemporaryFolder) throws {
        let directory = try Directory(path: folder.path)
        for path in try files(directory, at: []) where below(2) == 0 {
            let full = Array(folder.path.utf8) + [0x2f] + path
            switch below(8) {
            case 0: _ = full.withCString { unlink($0) }
            case 1: try rename(full, below: folder)
            case 2: _ = full.withCString { chmod($0, below(2) == 0 ? 0o755 : 0o644) }
            case 3:
                _ = full.withCString { unlink($0) }
                let target = ["nowhere", "src/deep", "../outside", "with space/f"][below(4)]
                _ = full.withCString { symlink(target, $0) }
            case 4: try folder.write(path, content())
            default: try edit(path, in: folder)
            }
        }
        for _ in 0..<below(4) { try? folder.write(name(100 + below(100)), content()) }
    }

    private mutating func rename(_ full: [UInt8], below folder: TemporaryFolder) throws {
        let new = name(200 + below(1000))
        // Makes the folders on the way.
        try folder.write(new, [])
        let target = Array(folder.path.utf8) + [0x2f] + new
        _ = full.withCString { from in target.withCString { Glibc.rename(from, $0) } }
    }

    private mutating func edit(_ path: [UInt8], in folder: TemporaryFolder) throws {
        let full = Array(folder.path.utf8) + [0x2f] + path
        var status = stat()
        guard full.withCString({ lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        var lines = try Directory(path: folder.path).contents(path).linesWithBreaks.map(Array.init)
        for _ in 0..<(1 + below(4)) {
            let position = below(lines.count + 1)
            switch below(3) {
            case 0 where position < lines.count: lines.remove(at: position)
            case 1 where position < lines.count: lines[position] = Array((line() + "!\n").utf8)
            default: lines.insert(Array((line() + "\n").utf8), at: position)
            }
        }
        if below(5) == 0, lines.last?.last == 0x0a { lines[lines.count - 1].removeLast() }
        try folder.write(path, Array(lines.joined()), mode: status.st_mode & 0o777)
    }

    private func files(_ directory: borrowing Directory, at folder: [UInt8]) throws -> [[UInt8]] {
        var files: [[UInt8]] = []
        for name in try directory.names() where !name.elementsEqual(".git".utf8) {
            if let child = try directory.subdirectory(name) {
                files += try self.files(child, at: folder + name + [0x2f])
            } else {
                files.append(folder + name)
            }
        }
        return files
    }
}

extension Directory {
    /// The bytes of a file some folders down.
    func contents(_ path: [UInt8]) throws -> [UInt8] {
        if let slash = path.firstIndex(of: 0x2f) {
            guard let child = try subdirectory(Array(path[..<slash])) else { return [] }
            return try child.contents(Array(path[(slash + 1)...]))
        }
        guard let status = try status(path) else { return [] }
        return try content(path, status)
    }
}
