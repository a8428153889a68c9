import Foundation
import GRDB
package import Planning
package import Repair

extension RunStore {
    /// Trials of earlier runs on the same base tree with the same test command, by fingerprint. A trial is a fact about a program and its
    /// tests, so a run that was interrupted goes on where it stopped; hangs are left out, because time limits vary with the machine's load.
    package func knownTrials(baseTree: String, testCommand: String?) throws -> [String: Trial] {
        try reading { db in
            let payloads = try String.fetchAll(
                db,
                sql: """
                    SELECT candidate.payload FROM candidate JOIN run ON run.id = candidate.run
                    WHERE run.baseTree = ? AND run.testCommand IS ?
                      AND candidate.outcome IN ('unfixed', 'buildFailed', 'crashed') AND NOT candidate.isReused
                    """, arguments: [baseTree, testCommand])
            let trials = try payloads.map { try JSONDecoder().decode(Trial.self, from: Data($0.utf8)) }
            return Dictionary(trials.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// How much more (or less) often than the average each operation's candidates were proven: the posterior mean of its success rate over
    /// the overall rate, with the average as a prior worth 200 trials, kept within 1/4 and 4.
    package func operationWeights() throws -> [String: Double] {
        try reading { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT operation, count(*) AS tried, sum(outcome = 'proven') AS proven
                    FROM candidate WHERE NOT isReused GROUP BY operation
                    """)
            let tried = rows.reduce(0.0) { $0 + ($1["tried"] as Double) }
            let proven = rows.reduce(0.0) { $0 + ($1["proven"] as Double) }
            guard proven > 0 else { return [:] }
            let average = proven / tried
            return Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    let rate = ((row["proven"] as Double) + 200 * average) / ((row["tried"] as Double) + 200)
                    return (row["operation"] as String, min(max(rate / average, 0.25), 4))
                })
        }
    }

    /// What earlier runs measured of each action.
    package func actionStatistics() throws -> [String: ActionStatistics] {
        try reading { db in
            let rows = try Row.fetchAll(db, sql: "SELECT action, payload FROM actionStatistics")
            return try Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    let payload = Data((row["payload"] as String).utf8)
                    return (row["action"] as String, try JSONDecoder().decode(ActionStatistics.self, from: payload))
                })
        }
    }

    /// Keeps what a run learnt of its actions; of two runs at once the last one's figures stay.
    package func learn(_ statistics: [String: ActionStatistics]) throws {
        do {
            try database.write { db in
                for (action, figures) in statistics {
                    let payload = String(decoding: try JSONEncoder().encode(figures), as: UTF8.self)
                    try db.execute(
                        sql: "INSERT OR REPLACE INTO actionStatistics (action, payload) VALUES (?, ?)",
                        arguments: [action, payload])
                }
            }
        } catch {
            throw RunStoreError(path: path, action: "write to", cause: error)
        }
    }
}
