package import Sandboxing

/// The one truth of what happened in a run: the store, the terminal, `--json` and the report all fold the same stream.
package struct RunEvent: Sendable, Codable {
    /// Seconds since the run began.
    package var at: Double
    package var kind: Kind

    package init(at: Double, kind: Kind) {
        self.at = at
        self.kind = kind
    }

    package enum Kind: Sendable, Codable {
        case started(Started)
        /// What the planner decided, for people: a plan, a surprise, a replan and its reason.
        case decided(String)
        case actionStarted(name: String)
        case actionFinished(name: String, succeeded: Bool, seconds: Double, note: String)
        /// A step inside a long action, for progress lines: `done` of `total` where the total is known.
        case progressed(what: String, done: Int, total: Int?)
        /// What the sandbox enforces on this machine.
        case contained([Guarantee])
        case toolchainFound(String)
        case baseTested(BaseTests)
        case suspectsRanked([Suspect])
        case proposed(proposer: String, count: Int)
        case tried(Trial)
        case proven(ProvenPatch)
        case ended(Ending)
    }

    package struct Started: Sendable, Codable {
        package var run: String
        package var task: RepairTask
        /// The tree that is being repaired: HEAD and the user's uncommitted changes.
        package var baseTree: String
        package var baseDescription: String
    }

    /// The base's own tests, run more than once.
    package struct BaseTests: Sendable, Codable {
        package var passing: [String]
        /// Fail each time: the fail-to-pass tests.
        package var failing: [Failing]
        /// Do not give the same result each time; set aside.
        package var flaky: [String]
        package var buildErrors: [String]
        package var seconds: Double

        package struct Failing: Sendable, Codable {
            package var test: String
            package var message: String
            package var expected: String?
            package var actual: String?
            package var place: String?
        }
    }

    package struct ProvenPatch: Sendable, Codable {
        /// Unified diff that `git apply` takes. Text of other encodings is repaired here; the file in the run's folder is exact.
        package var patch: String
        package var changedFiles: [String]
        package var summary: String
        package var suspect: Suspect
        /// Tests that went from fail to pass.
        package var fixedTests: [String]
        /// Tests that pass before and after.
        package var stillPassing: Int
    }

    package struct Ending: Sendable, Codable {
        package var verdict: Verdict
        /// One line: why, and what was learnt.
        package var reason: String
        package var seconds: Double
        package var candidatesTried: Int
    }
}

/// Where events go as they happen. Called in order; an event counts as reported once this returns.
package typealias RunEventSink = @Sendable (RunEvent) throws -> Void
