import Foundation
import GRDB
package import Repair

/// The run store: every run, its append-only events, and what is learnt from them, in one SQLite file.
///
/// ```swift
/// let store = try RunStore(at: "/home/me/.local/state/fettle/runs.sqlite")
/// try store.append(event, to: "20261123-2319-k3f9")
/// let events = try store.events(of: "20261123-2319-k3f9")
/// ```
///
/// WAL with `synchronous = NORMAL`: what `append` has returned for survives the death of the process by any signal. Processes may write at
/// once; each waits for the other.
package struct RunStore: Sendable {
    package let path: String
    let database: DatabasePool

    /// Opens the store, creating or migrating it. Opening is serialised between processes by a lock file beside it.
    package init(at path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            let lock = try OpeningLock(at: path + ".lock")
            defer { lock.release() }
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(20)
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
            database = try DatabasePool(path: path, configuration: configuration)
            try Self.migrator.migrate(database)
        } catch {
            throw RunStoreError(path: path, action: "open", cause: error)
        }
    }

    /// Adds one event and folds it into the tables that answer questions, in one transaction. The run's first event must be `started`.
    package func append(_ event: RunEvent, to run: String) throws {
        do {
            let payload = String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
            try database.write { db in
                if case .started(let started) = event.kind { try Self.insertRun(started, in: db) }
                try db.execute(
                    sql: """
                        INSERT INTO event (run, sequence, payload)
                        SELECT ?1, coalesce(max(sequence), 0) + 1, ?2 FROM event WHERE run = ?1
                        """, arguments: [run, payload])
                try Self.fold(event.kind, run: run, in: db)
            }
        } catch {
            throw RunStoreError(path: path, action: "write to", cause: error)
        }
    }

    /// The run's events in the order in which they were reported.
    package func events(of run: String) throws -> [RunEvent] {
        try reading { db in
            let payloads = try String.fetchAll(
                db, sql: "SELECT payload FROM event WHERE run = ? ORDER BY sequence", arguments: [run])
            return try payloads.map { try JSONDecoder().decode(RunEvent.self, from: Data($0.utf8)) }
        }
    }

    func reading<Value>(_ read: (Database) throws -> Value) throws -> Value {
        do {
            return try database.read(read)
        } catch let error as RunStoreError {
            throw error
        } catch {
            throw RunStoreError(path: path, action: "read", cause: error)
        }
    }

    private static func insertRun(_ started: RunEvent.Started, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO run (id, repository, issue, testCommand, baseTree, baseDescription, startedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                started.run, started.task.repository, started.task.issue, started.task.testCommand, started.baseTree,
                started.baseDescription, Date(),
            ])
    }

    private static func fold(_ kind: RunEvent.Kind, run: String, in db: Database) throws {
        switch kind {
        case .baseTested(let base):
            let outcomes =
                base.passing.map { ($0, "passed") } + base.failing.map { ($0.test, "failed") }
                + base.flaky.map { ($0, "flaky") }
            for (test, outcome) in outcomes {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO testOutcome (run, test, outcome) VALUES (?, ?, ?)",
                    arguments: [run, test, outcome])
            }
        case .tried(let trial):
            let payload = String(decoding: try JSONEncoder().encode(trial), as: UTF8.self)
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO candidate (run, fingerprint, proposer, operation, outcome, payload, isReused)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run, trial.fingerprint, trial.candidate.proposer, trial.candidate.operation,
                    trial.outcome.rawValue, payload, trial.isReused,
                ])
        case .ended(let ending):
            try db.execute(
                sql: "UPDATE run SET verdict = ?, reason = ?, seconds = ?, candidates = ? WHERE id = ?",
                arguments: [ending.verdict.rawValue, ending.reason, ending.seconds, ending.candidatesTried, run])
        default:
            break
        }
    }
}

/// The store could not be used: which file, what was tried, what SQLite said.
package struct RunStoreError: Error, CustomStringConvertible {
    package let path: String
    package let action: String
    package let cause: any Error

    package var description: String {
        let said = (cause as? DatabaseError).map { "\($0.message ?? "SQLite error \($0.resultCode.rawValue)")" }
        let reason = said ?? (cause as NSError).localizedDescription
        return "cannot \(action) the run store \(path): \(reason)"
    }
}
