package import Foundation
import GRDB
package import Repair

/// One line of `fettle runs`.
package struct RunSummary: Sendable, Codable {
    package var id: String
    package var repository: String
    package var startedAt: Date
    package var baseDescription: String
    /// Nil while the run goes on, and for one that was killed.
    package var verdict: Verdict?
    package var reason: String?
    package var seconds: Double?
    package var candidates: Int?
}

extension RunStore {
    /// The newest runs first.
    package func runs(limit: Int = 50) throws -> [RunSummary] {
        try reading { db in
            try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY startedAt DESC, id DESC LIMIT ?", arguments: [limit])
                .map(RunSummary.init(row:))
        }
    }

    /// The one run whose id begins with `prefix`, or nil; `last` names the newest.
    package func run(matching prefix: String) throws -> RunSummary? {
        if prefix == "last" { return try runs(limit: 1).first }
        return try reading { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM run WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2", arguments: [prefix])
            return rows.count == 1 ? RunSummary(row: rows[0]) : nil
        }
    }
}

extension RunSummary {
    fileprivate init(row: Row) {
        id = row["id"]
        repository = row["repository"]
        startedAt = row["startedAt"]
        baseDescription = row["baseDescription"]
        verdict = (row["verdict"] as String?).flatMap(Verdict.init(rawValue:))
        reason = row["reason"]
        seconds = row["seconds"]
        candidates = row["candidates"]
    }
}
