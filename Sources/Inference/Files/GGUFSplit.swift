/// How a model is split over several files, by the convention of `gguf-split`: `split.no`, `split.count`, `split.tensors.count`, and
/// names that end in `-00001-of-00003.gguf`.
struct GGUFSplit {
    let count: Int
    /// Tensors of all parts together, where the first part says so.
    let tensorCount: Int?
    /// Paths of parts 2 to `count`.
    let otherPaths: [String]

    /// Nil for a file that is whole. A part other than the first is an error that names the first.
    init?(of metadata: GGUFMetadata, path: String) throws(InferenceError) {
        guard let count = try metadata.optionalInt("split.count"), count > 1 else { return nil }
        guard count <= 65_535 else {
            throw InferenceError(.malformedFile, "\(path): `split.count` is \(count)")
        }
        let number = try metadata.optionalInt("split.no") ?? 0
        let suffix = Self.suffix(number, of: count)
        guard number >= 0, number < count, path.hasSuffix(suffix) else {
            throw InferenceError(
                .unsupportedFile, "\(path): part \(number + 1) of \(count) of a split model must be named …\(suffix)")
        }
        let prefix = String(path.dropLast(suffix.count))
        guard number == 0 else {
            throw InferenceError(
                .unsupportedFile,
                "\(path): this is part \(number + 1) of \(count); name the first part, \(prefix)\(Self.suffix(0, of: count))"
            )
        }
        self.count = count
        tensorCount = try metadata.optionalInt("split.tensors.count")
        otherPaths = (1..<count).map { prefix + Self.suffix($0, of: count) }
    }

    /// Throws unless `metadata` is of the part with that number, counted from 0.
    func check(_ metadata: GGUFMetadata, isPart number: Int) throws(InferenceError) {
        let saysNumber = try metadata.optionalInt("split.no")
        let saysCount = try metadata.optionalInt("split.count")
        guard saysNumber == number, saysCount == count else {
            throw InferenceError(
                .malformedFile,
                "\(metadata.source): expected part \(number + 1) of \(count), found `split.no` \(saysNumber.map(String.init) ?? "absent") and `split.count` \(saysCount.map(String.init) ?? "absent"); the parts are of different models"
            )
        }
    }

    private static func suffix(_ number: Int, of count: Int) -> String {
        "-\(padded(number + 1))-of-\(padded(count)).gguf"
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
