import GRDB
package import Repair

/// Ranks documents by a free text with SQLite's FTS5 and BM25, in memory.
package enum IssueSearch {
    /// See ``IssueLocaliser/Search``.
    package static let search: IssueLocaliser.Search = { query, documents in
        let database = try DatabaseQueue()
        return try await database.write { db in
            try db.execute(sql: "CREATE VIRTUAL TABLE document USING fts5(text, tokenize = 'porter unicode61')")
            let insert = try db.makeStatement(sql: "INSERT INTO document (rowid, text) VALUES (?, ?)")
            for (index, document) in documents.enumerated() {
                try insert.execute(arguments: [index, document])
            }
            guard let pattern = FTS5Pattern(matchingAnyTokenIn: IssueLocaliser.splitWords(query)) else { return [] }
            return try Int.fetchAll(
                db, sql: "SELECT rowid FROM document WHERE document MATCH ? ORDER BY bm25(document), rowid",
                arguments: [pattern])
        }
    }
}
