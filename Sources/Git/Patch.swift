/// A change to files, as a unified diff that `git apply` takes.
///
///     let patch = try Patch(parsing: bytes)
///     for file in patch.files { print(file.path, file.addedLines, file.removedLines) }
///
/// Every patch that exists is well-formed and names no path outside the working tree or inside `.git`.
package struct Patch: Sendable, Hashable {
    package let bytes: [UInt8]
    package let files: [PatchedFile]

    /// Writes the patch that makes these changes.
    init(files: [PatchedFile]) {
        self.files = files
        bytes = files.flatMap(\.rendered)
    }

    /// Reads a patch: git's own format, or the plain one of `diff -u`. Text before the first file is passed over.
    ///
    /// Throws `.malformedPatch` with the line, or `.unsafePath`. An empty patch is one without a file.
    package init(parsing bytes: [UInt8]) throws(GitError) {
        var parser = PatchParser(bytes)
        files = try parser.parse()
        self.bytes = bytes
    }

    package var isEmpty: Bool { files.isEmpty }
    package var addedLines: Int { files.reduce(0) { $0 + $1.addedLines } }
    package var removedLines: Int { files.reduce(0) { $0 + $1.removedLines } }

    /// The patch as text, for people; bytes that are not UTF-8 are replaced.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The patch that holds only the hunks for which `isKept` is true; a file without hunks is asked about once, with
    /// hunk 0. Files of which nothing is left go; later hunks move by what is missing.
    package func keeping(_ isKept: (_ file: Int, _ hunk: Int) -> Bool) -> Patch {
        var kept: [PatchedFile] = []
        for (number, var file) in files.enumerated() {
            guard case .text(let hunks) = file.content else {
                if isKept(number, 0) { kept.append(file) }
                continue
            }
            var left: [Hunk] = []
            var shift = 0
            for (position, var hunk) in hunks.enumerated() {
                guard isKept(number, position) else {
                    shift += hunk.oldCount - hunk.newCount
                    continue
                }
                hunk.newStart += shift
                left.append(hunk)
            }
            guard !left.isEmpty else { continue }
            if left.count < hunks.count { file.forgetBlobs() }
            file.content = .text(left)
            kept.append(file)
        }
        return Patch(files: kept)
    }
}

extension Patch: Codable {
    private enum CodingKeys: String, CodingKey { case text, bytes }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            try self.init(parsing: Array(text.utf8))
        } else {
            try self.init(parsing: try container.decode([UInt8].self, forKey: .bytes))
        }
    }

    /// As text where the patch is UTF-8, else as numbers.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let text = String(validating: bytes, as: UTF8.self) {
            try container.encode(text, forKey: .text)
        } else {
            try container.encode(bytes, forKey: .bytes)
        }
    }
}
