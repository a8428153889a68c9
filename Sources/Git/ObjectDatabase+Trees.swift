import CLibGit2
import Glibc

extension ObjectDatabase {
    /// Writes the trees that hold `entries`, which are sorted by path, and gives the root.
    ///
    /// The trees are written as bytes, so that every name git itself can hold is kept. Sorted by whole path is sorted as
    /// git sorts a tree: a folder counts as if its name ended in `/`.
    func writeTree(_ entries: [TreeEntry]) throws(GitError) -> ObjectID {
        try writeTree(entries[...], depth: 0)
    }

    private func writeTree(_ entries: ArraySlice<TreeEntry>, depth: Int) throws(GitError) -> ObjectID {
        var tree: [UInt8] = []
        var rest = entries
        while let first = rest.first {
            let name = first.path.bytes[depth...].prefix { $0 != UInt8(ascii: "/") }
            let isFile = name.endIndex == first.path.bytes.endIndex
            let below =
                isFile ? rest.prefix(1) : rest.prefix { $0.path.bytes.starts(with: first.path.bytes[...name.endIndex]) }
            let id = isFile ? first.id : try writeTree(below, depth: name.endIndex + 1)
            tree += (isFile ? first.mode.description : "40000").utf8
            tree.append(UInt8(ascii: " "))
            tree += name
            tree.append(0)
            tree += id.bytes
            rest = rest.dropFirst(below.count)
        }
        return try write(tree, as: GIT_OBJECT_TREE)
    }

    /// Every file of a tree, sorted by path.
    func entries(ofTree id: ObjectID) throws(GitError) -> [TreeEntry] {
        var entries: [TreeEntry] = []
        try appendEntries(ofTree: id, under: [], to: &entries)
        return entries
    }

    private func appendEntries(
        ofTree id: ObjectID, under prefix: [UInt8], to entries: inout [TreeEntry]
    ) throws(GitError) {
        guard prefix.count < 1 << 14 else { throw GitError(.library, "tree \(id) is nested too deeply") }
        var rest = try bytes(of: id, GIT_OBJECT_TREE)[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let end = rest[space...].firstIndex(of: 0),
                let mode = UInt32(String(decoding: rest[..<space], as: UTF8.self), radix: 8), rest.endIndex - end > 20
            else { throw GitError(.library, "tree \(id) is damaged") }
            let path = prefix + rest[(space + 1)..<end]
            var child = git_oid()
            withUnsafeMutableBytes(of: &child) { $0.copyBytes(from: rest[(end + 1)...].prefix(20)) }
            if mode == UInt32(S_IFDIR) {
                try appendEntries(ofTree: ObjectID(child), under: path + [UInt8(ascii: "/")], to: &entries)
            } else {
                entries.append(
                    TreeEntry(path: TreePath(bytes: path), mode: FileMode(rawValue: mode), id: ObjectID(child)))
            }
            rest = rest[(end + 21)...]
        }
    }
}
