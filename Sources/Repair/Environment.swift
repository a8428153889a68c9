package import Git
package import Planning

/// Everything a run takes from outside: where its files go, what history knows, where events go.
package struct RunEnvironment: Sendable {
    /// Names the run in the store and in the state folder.
    package var run: String
    /// This run's own folder under Fettle's state folder: private repository, worktrees, patch, report.
    package var runDirectory: String
    /// Fettle's state folder: probe results and what runs share.
    package var stateDirectory: String
    /// Folders searched for sandbox profiles, first match wins.
    package var profileDirectories: [String]
    /// The `fettle-launcher` executable.
    package var launcher: String
    /// Signs commits where the repository's own configuration names nobody.
    package var author = Identity(name: "Fettle", email: "fettle@localhost")
    package var sink: RunEventSink
    /// Called once, when candidates are first wanted: a run that finds nothing to fix loads no model.
    package var proposers: @Sendable () async throws -> Proposers
    /// From which the planner may choose.
    package var sources: Set<CandidateSource>
    package var issueSearch: IssueLocaliser.Search
    /// What earlier runs measured of each action; priors stand in where there is nothing.
    package var statistics: [String: ActionStatistics]
    /// Trials of earlier runs on the same base tree and test command, by fingerprint.
    package var knownTrials: @Sendable (_ baseTree: String, _ testCommand: String?) throws -> [String: Trial]

    package init(
        run: String, runDirectory: String, stateDirectory: String, profileDirectories: [String], launcher: String,
        sink: @escaping RunEventSink, proposers: @escaping @Sendable () async throws -> Proposers,
        sources: Set<CandidateSource> = [.templates], issueSearch: @escaping IssueLocaliser.Search,
        statistics: [String: ActionStatistics] = [:],
        knownTrials: @escaping @Sendable (String, String?) throws -> [String: Trial] = { _, _ in [:] }
    ) {
        self.run = run
        self.runDirectory = runDirectory
        self.stateDirectory = stateDirectory
        self.profileDirectories = profileDirectories
        self.launcher = launcher
        self.sink = sink
        self.proposers = proposers
        self.sources = sources
        self.issueSearch = issueSearch
        self.statistics = statistics
        self.knownTrials = knownTrials
    }
}

/// Who makes candidates.
package struct Proposers: Sendable {
    /// The mutation pass.
    package var templates: any Proposer
    /// What a language model writes; nil where there is no model.
    package var infills: (any Proposer)?

    package init(templates: any Proposer, infills: (any Proposer)? = nil) {
        self.templates = templates
        self.infills = infills
    }
}
