import Editing

/// Lines that no test is seen to run, because they run when a module is loaded, and yet decide what the suspects do: the constants that a
/// suspicious line names, and the header (with its default arguments) of the function that it stands in.
package enum DefinitionLocaliser {
    /// Only the strongest suspects lend suspicion to what they use.
    private static let suspectsFollowed = 40
    private static let share = 0.7

    package static func suspects(near suspects: [Suspect], in sources: ChangedFiles) -> [Suspect] {
        let known = Set(suspects.map { SourceLine(path: $0.path, line: $0.line) })
        var files: [String: SourceFile] = [:]
        return suspects.prefix(suspectsFollowed).flatMap { suspect -> [Suspect] in
            guard let bytes = sources[suspect.path] else { return [] }
            let file = files[suspect.path] ?? SourceFile(path: suspect.path, bytes: bytes)
            files[suspect.path] = file
            let lines = file.definitionLines(usedAt: suspect.line) + file.functionHeaderLines(around: suspect.line)
            return Set(lines).sorted().compactMap { line in
                guard !known.contains(SourceLine(path: suspect.path, line: line)) else { return nil }
                return Suspect(
                    path: suspect.path, line: line, suspiciousness: suspect.suspiciousness * share,
                    reasons: ["defines what \(suspect.path):\(suspect.line) uses"])
            }
        }
    }
}
