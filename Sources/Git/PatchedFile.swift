/// What a patch does to one file.
package struct PatchedFile: Sendable, Hashable {
    package enum Change: Sendable, Hashable {
        case added
        case deleted
        case modified
        case renamed(similarity: Int)
        case copied(similarity: Int)
    }

    package enum Content: Sendable, Hashable {
        /// Only the name or the mode changes, or the file is empty.
        case unchanged
        case text([Hunk])
        case binary(BinaryChange)
    }

    package var change: Change
    /// Before the patch; for an added file, the same as `newPath`.
    package var oldPath: TreePath
    /// After the patch; for a deleted file, the same as `oldPath`.
    package var newPath: TreePath
    /// Nil where the file is added, or the patch does not say.
    package var oldMode: FileMode?
    /// Nil where the file is deleted, or the patch does not say.
    package var newMode: FileMode?
    /// Hexadecimal, possibly abbreviated; nil where the patch does not say. All zeros for an added file.
    package var oldBlob: String?
    /// As `oldBlob`, after the patch.
    package var newBlob: String?
    package var content: Content

    /// The file's present name: the new one, save for a deleted file.
    package var path: TreePath { newPath }

    package var hunks: [Hunk] {
        if case .text(let hunks) = content { hunks } else { [] }
    }

    package var addedLines: Int { hunks.reduce(0) { $0 + $1.lines.count { $0.kind == .added } } }
    package var removedLines: Int { hunks.reduce(0) { $0 + $1.lines.count { $0.kind == .removed } } }

    /// Drops what the `index` line says, for a change that leads to other content. An unchanged mode stands there too.
    mutating func forgetBlobs() {
        (oldBlob, newBlob) = (nil, nil)
        if oldMode == newMode { (oldMode, newMode) = (nil, nil) }
    }

    /// Whether the old file stays where it is, or there was none.
    var keepsOldFile: Bool {
        switch change {
        case .added, .copied: true
        case .deleted, .modified, .renamed: false
        }
    }
}

/// A run of changed lines with the lines around them.
package struct Hunk: Sendable, Hashable {
    /// The first line before and after, 1-based; the line before it where the count is zero.
    package var oldStart: Int
    package var oldCount: Int
    package var newStart: Int
    package var newCount: Int
    /// What follows the second `@@`: mostly the enclosing function.
    package var section: [UInt8]
    package var lines: [Line]

    package struct Line: Sendable, Hashable {
        package enum Kind: Sendable, Hashable { case context, added, removed }
        package var kind: Kind
        /// With its line break, unless it is the last line of a file that ends without one.
        package var bytes: [UInt8]

        package init(_ kind: Kind, _ bytes: [UInt8]) {
            self.kind = kind
            self.bytes = bytes
        }

        /// The line as text, without its line break.
        package var text: String {
            String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
        }
    }

    var oldLines: [[UInt8]] { lines.filter { $0.kind != .added }.map(\.bytes) }
    var newLines: [[UInt8]] { lines.filter { $0.kind != .removed }.map(\.bytes) }
}

/// A change of a binary file, in git's base-85 lines.
package struct BinaryChange: Sendable, Hashable {
    /// Everything after the line `GIT binary patch`, both directions, with the empty line that ends it.
    var encoded: [UInt8]
    /// The largest size, in bytes, that a side declares.
    package var largestSize: Int
}
