import Editing

/// How much of a program an edit changes, counted in tokens.
package enum TokenDistance {
    /// Tokens removed plus tokens added between two versions of a file; white space does not count.
    package static func between(_ before: [UInt8], _ after: [UInt8], path: String) -> Int {
        let old = tokens(before, path: path)
        let new = tokens(after, path: path)
        // Only the part that differs is compared token by token: the difference is quadratic at worst.
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let suffix = zip(old.dropFirst(prefix).reversed(), new.dropFirst(prefix).reversed()).prefix { $0 == $1 }.count
        let difference = new[prefix..<(new.count - suffix)].difference(from: old[prefix..<(old.count - suffix)])
        return difference.count
    }

    private static func tokens(_ bytes: [UInt8], path: String) -> [[UInt8]] {
        SourceFile(path: path, bytes: bytes).significantTokens.map { Array(bytes[$0.range]) }
    }
}
