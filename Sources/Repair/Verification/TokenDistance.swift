import Editing

/// How much of a program an edit changes, counted in tokens.
package enum TokenDistance {
    /// The sum over all files that `changed` holds.
    package static func between(base: ChangedFiles, changed: ChangedFiles) -> Int {
        changed.reduce(0) { $0 + between(base[$1.key] ?? [], $1.value, path: $1.key) }
    }

    /// Tokens removed plus tokens added between two versions of a file; white space and comments do not count.
    package static func between(_ before: [UInt8], _ after: [UInt8], path: String) -> Int {
        guard let language = SourceLanguage(path: path) else { return before == after ? 0 : Int.max / 2 }
        let old = SourceFile(path: path, bytes: before, language: language).text
        let new = SourceFile(path: path, bytes: after, language: language).text
        let difference = difference(from: old, to: new)
        return difference.removed.count + difference.added.count
    }

    /// The tokens that differ, each side in order.
    static func difference(from old: [String], to new: [String]) -> (removed: [String], added: [String]) {
        // Only the part that differs is compared token by token: the difference is quadratic at worst.
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let suffix = zip(old.dropFirst(prefix).reversed(), new.dropFirst(prefix).reversed()).prefix { $0 == $1 }.count
        var (removed, added): ([String], [String]) = ([], [])
        for change in new[prefix..<(new.count - suffix)].difference(from: old[prefix..<(old.count - suffix)]) {
            switch change {
            case .remove(_, let token, _): removed.append(token)
            case .insert(_, let token, _): added.append(token)
            }
        }
        return (removed, added)
    }
}
