extension PatchedFile {
    /// The file's part of the patch, in git's format.
    var rendered: [UInt8] {
        let old = Self.name("a/", oldPath)
        let new = Self.name("b/", newPath)
        var out = Array("diff --git ".utf8) + old + [UInt8(ascii: " ")] + new + [UInt8(ascii: "\n")]
        func line(_ text: String) { out += "\(text)\n".utf8 }
        func line(_ text: String, _ path: TreePath) {
            out += Array(text.utf8) + TreePath.quoteIfNeeded(path.bytes) + [UInt8(ascii: "\n")]
        }
        switch change {
        case .added: line("new file mode \(newMode ?? .file)")
        case .deleted: line("deleted file mode \(oldMode ?? .file)")
        case .modified, .renamed, .copied:
            if let oldMode, let newMode, oldMode != newMode {
                line("old mode \(oldMode)")
                line("new mode \(newMode)")
            }
        }
        if case .renamed(let similarity) = change {
            line("similarity index \(similarity)%")
            line("rename from ", oldPath)
            line("rename to ", newPath)
        }
        if case .copied(let similarity) = change {
            line("similarity index \(similarity)%")
            line("copy from ", oldPath)
            line("copy to ", newPath)
        }
        if let oldBlob, let newBlob, oldBlob != newBlob {
            let mode =
                change == .modified || change.isMove ? (oldMode == newMode ? newMode.map { " \($0)" } : nil) : nil
            line("index \(oldBlob)..\(newBlob)\(mode ?? "")")
        }
        switch content {
        case .unchanged: break
        case .text(let hunks):
            out += Array("--- ".utf8) + (change == .added ? Array("/dev/null".utf8) : Self.ended(old))
            out += Array("\n+++ ".utf8) + (change == .deleted ? Array("/dev/null".utf8) : Self.ended(new)) + [0x0a]
            for hunk in hunks { out += hunk.rendered }
        case .binary(let binary):
            line("GIT binary patch")
            out += binary.encoded
        }
        return out
    }

    private static func name(_ prefix: String, _ path: TreePath) -> [UInt8] {
        TreePath.quoteIfNeeded(Array(prefix.utf8) + path.bytes)
    }

    /// A name with a space ends in a tab, so that it is not taken for a name and a date.
    private static func ended(_ name: [UInt8]) -> [UInt8] {
        name.first != UInt8(ascii: "\"") && name.contains(UInt8(ascii: " ")) ? name + [UInt8(ascii: "\t")] : name
    }
}

extension PatchedFile.Change {
    var isMove: Bool {
        switch self {
        case .renamed, .copied: true
        case .added, .deleted, .modified: false
        }
    }
}

extension Hunk {
    var rendered: [UInt8] {
        func range(_ start: Int, _ count: Int) -> String { count == 1 ? "\(start)" : "\(start),\(count)" }
        var out = Array("@@ -\(range(oldStart, oldCount)) +\(range(newStart, newCount)) @@".utf8)
        if !section.isEmpty { out += [UInt8(ascii: " ")] + section }
        out.append(UInt8(ascii: "\n"))
        for line in lines {
            switch line.kind {
            case .context: out.append(UInt8(ascii: " "))
            case .added: out.append(UInt8(ascii: "+"))
            case .removed: out.append(UInt8(ascii: "-"))
            }
            out += line.bytes
            if line.bytes.last != UInt8(ascii: "\n") { out += "\n\\ No newline at end of file\n".utf8 }
        }
        return out
    }
}
