import Editing

/// Lines that no test is seen to run, because they run when a module is loaded or stand for many, and yet decide what the suspects do: the
/// header (with its default arguments) of the function around a suspicious line, and the constants that the line names. For a compiler, which
/// runs no line at all, the variables of the function too.
package enum DefinitionLocaliser {
    /// Only the strongest suspects lend suspicion to what they use.
    private static let suspectsFollowed = 40
    private static let share = 0.7

    package static func suspects(
        near suspects: [Suspect], in sources: ChangedFiles, includingLocals: Bool = false
    ) -> [Suspect] {
        let known = Set(suspects.map { SourceLine(path: $0.path, line: $0.line) })
        var files: [String: SourceFile] = [:]
        var best: [SourceLine: Suspect] = [:]
        for suspect in suspects.prefix(suspectsFollowed) {
            guard let bytes = sources[suspect.path],
                let file = files[suspect.path] ?? SourceFile(path: suspect.path, bytes: bytes)
            else { continue }
            files[suspect.path] = file
            var lines = definitionLines(of: suspect.line, in: file)
            if includingLocals { lines.formUnion(localLines(of: suspect.line, in: file)) }
            for line in lines {
                let place = SourceLine(path: suspect.path, line: line)
                let suspicion = suspect.suspiciousness * share
                guard !known.contains(place), suspicion > best[place]?.suspiciousness ?? 0 else { continue }
                best[place] = Suspect(
                    path: suspect.path, line: line, suspiciousness: suspicion,
                    reasons: ["defines what \(suspect.path):\(suspect.line) uses"])
            }
        }
        return best.values.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
    }

    private static func definitionLines(of line: Int, in file: SourceFile) -> Set<Int> {
        let tokens = file.tokens(onLine: line)
        guard let first = tokens.first, let statement = file.statement(ofToken: first) else { return [] }
        var lines: Set<Int> = []
        if let function = file.function(enclosing: statement) {
            lines.formUnion(file.statements[function].head.map { file.code[$0].line })
        }
        let names = Set(tokens.filter { file.code[$0].kind == .identifier }.map { file.text[$0] })
        for definition in file.statements where definition.parent == nil || isTypeBody(definition.parent, in: file) {
            guard !definition.isFunction, definition.block == nil,
                definition.head.prefix(4).contains(where: { names.contains(file.text[$0]) })
            else { continue }
            lines.formUnion(definition.head.map { file.code[$0].line })
        }
        return lines
    }

    /// Where the function around a line declares the names that the line uses.
    private static func localLines(of line: Int, in file: SourceFile) -> Set<Int> {
        let tokens = file.tokens(onLine: line)
        guard let first = tokens.first else { return [] }
        let names = Set(tokens.filter { file.code[$0].kind == .identifier }.map { file.text[$0] })
        let declared = file.scope(ofToken: first).filter { names.contains(file.text[$0]) && file.isDeclaration($0) }
        return Set(declared.map { file.code[$0].line })
    }

    /// Whether a statement is a class or the like, whose fields are defined in its block.
    private static func isTypeBody(_ statement: Int?, in file: SourceFile) -> Bool {
        guard let statement, !file.statements[statement].isFunction else { return false }
        let types: Set<String> = ["class", "struct", "enum", "extension", "actor", "interface", "impl", "union"]
        return file.statements[statement].head.prefix(4).contains { types.contains(file.text[$0]) }
    }
}
