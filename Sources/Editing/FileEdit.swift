/// One replacement of a byte range in one file.
package struct FileEdit: Sendable, Hashable, Codable {
    /// The file, relative to the worktree, with `/` between its parts.
    package var path: String
    /// The UTF-8 bytes of the base file that are replaced; empty where text is inserted.
    package var range: Range<Int>
    package var replacement: String

    package init(path: String, range: Range<Int>, replacement: String) {
        self.path = path
        self.range = range
        self.replacement = replacement
    }
}

extension FileEdit: Comparable {
    /// By file, then place, then what is written there.
    package static func < (left: FileEdit, right: FileEdit) -> Bool {
        (left.path, left.range.lowerBound, left.range.upperBound, left.replacement)
            < (right.path, right.range.lowerBound, right.range.upperBound, right.replacement)
    }
}

extension FileEdit {
    /// The file's bytes after `edits`, whose ranges all refer to `bytes`.
    ///
    /// Edits may come in any order; those inserted at the same place keep the order in which they are given.
    /// - Throws: `EditingError` when two edits overlap, one reaches beyond the file, or they name different files.
    package static func apply(_ edits: [FileEdit], to bytes: [UInt8]) throws(EditingError) -> [UInt8] {
        guard let path = edits.first?.path else { return bytes }
        let ordered = edits.enumerated()
            .sorted {
                ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
                    < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
            }
            .map(\.element)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.utf8.count })
        var position = 0
        for edit in ordered {
            guard edit.path == path else {
                throw EditingError(
                    code: .editsOfSeveralFiles,
                    message: "edits of \(path) and \(edit.path) were applied together; apply them file by file")
            }
            guard edit.range.lowerBound >= 0, edit.range.upperBound <= bytes.count else {
                throw EditingError(
                    code: .editOutOfRange,
                    message: "edit of bytes \(edit.range) reaches beyond \(path), which has \(bytes.count) bytes")
            }
            guard edit.range.lowerBound >= position else {
                throw EditingError(
                    code: .overlappingEdits,
                    message: "edit of bytes \(edit.range) of \(path) overlaps one that ends at \(position)")
            }
            result += bytes[position..<edit.range.lowerBound]
            result += edit.replacement.utf8
            position = edit.range.upperBound
        }
        result += bytes[position...]
        return result
    }
}
