import Editing

/// Lines near the suspects: a stack frame names one line, the fault may be a few lines off within the same function.
package enum NeighbourLocaliser {
    private static let reach = 8

    /// Each suspect's neighbours, less suspicious the further away, within the file.
    package static func suspects(near suspects: [Suspect], in sources: ChangedFiles) -> [Suspect] {
        suspects.flatMap { suspect -> [Suspect] in
            guard let bytes = sources[suspect.path] else { return [] }
            let lineCount = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            // A frame may name a line of what the file was compiled to.
            guard suspect.line >= 1, suspect.line <= lineCount else { return [] }
            return (max(1, suspect.line - reach)...min(lineCount, suspect.line + reach)).compactMap { line in
                let distance = abs(line - suspect.line)
                guard distance > 0 else { return nil }
                return Suspect(
                    path: suspect.path, line: line,
                    suspiciousness: suspect.suspiciousness * 0.5 / Double(distance),
                    reasons: ["\(distance) lines from \(suspect.path):\(suspect.line)"])
            }
        }
    }
}
