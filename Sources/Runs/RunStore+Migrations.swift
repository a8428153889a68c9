import GRDB

extension RunStore {
    /// Applied in order, each once; an entry that has shipped is never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("runs") { db in
            try db.execute(
                sql: """
                    CREATE TABLE run (
                        id TEXT PRIMARY KEY, repository TEXT NOT NULL, issue TEXT, testCommand TEXT,
                        baseTree TEXT NOT NULL, baseDescription TEXT NOT NULL, startedAt DATETIME NOT NULL,
                        verdict TEXT, reason TEXT, seconds REAL, candidates INTEGER);
                    CREATE INDEX runByBase ON run (baseTree);

                    CREATE TABLE event (
                        run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                        sequence INTEGER NOT NULL, payload TEXT NOT NULL,
                        PRIMARY KEY (run, sequence)) WITHOUT ROWID;
                    CREATE TRIGGER eventsAreAppendOnly BEFORE UPDATE ON event
                        BEGIN SELECT raise(ABORT, 'events are append-only'); END;

                    CREATE TABLE candidate (
                        run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                        fingerprint TEXT NOT NULL, proposer TEXT NOT NULL, operation TEXT NOT NULL,
                        outcome TEXT NOT NULL, payload TEXT NOT NULL, isReused BOOLEAN NOT NULL,
                        PRIMARY KEY (run, fingerprint)) WITHOUT ROWID;
                    CREATE INDEX candidateByOperation ON candidate (operation, outcome);

                    CREATE TABLE testOutcome (
                        run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                        test TEXT NOT NULL, outcome TEXT NOT NULL,
                        PRIMARY KEY (run, test)) WITHOUT ROWID;

                    CREATE TABLE actionStatistics (
                        action TEXT PRIMARY KEY, payload TEXT NOT NULL) WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
