/// What the coverage scripts gathered: the lines of each stretch of each program.
struct CoverageRecords {
    struct Record {
        /// The folder that the test was run for.
        var run: String
        var program: String
        /// The TAP test whose result ended the stretch; nil for the last one.
        var test: String?
        var lines: [String: Set<Int>]
    }

    let records: [Record]

    init(_ folder: CommandFolder) {
        let index = String(decoding: folder.read("index.txt", limit: 16 << 20), as: UTF8.self)
        records = index.split(separator: "\n").prefix(100_000).enumerated().compactMap { number, line in
            let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3 else { return nil }
            return Record(
                run: fields[0], program: fields[1], test: ConsoleReport(parsing: fields[2]).outcomes.first?.id.rawValue,
                lines: GcovReport.parse(folder.read("\(number).json"), root: CoverageScripts.copy))
        }
    }

    /// The union of the lines of all records that match.
    func lines(where matches: (Record) -> Bool) -> [String: Set<Int>] {
        records.lazy.filter(matches).reduce(into: [:]) { lines, record in
            lines.merge(record.lines) { $0.union($1) }
        }
    }

    /// For a test named as in ``ConsoleReport``: by its own stretch, else by its whole program.
    func lines(of test: TestID) -> [String: Set<Int>] {
        let own = lines { record in
            record.test.map { test.rawValue == record.program + "/" + $0 || test.rawValue == $0 } == true
        }
        guard own.isEmpty else { return own }
        let name = ConsoleReport.lastPart(test.rawValue)
        let rest = lines { $0.program == name && $0.test == nil }
        return rest.isEmpty ? lines { $0.program == name } : rest
    }
}
