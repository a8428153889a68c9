import Foundation
package import LanguageModels
import Planning
package import Repair

/// Runs one task with history behind it and the store before it: what `fettle fix`, each task of a batch and the bot do.
package struct RunSession: Sendable {
    package let stateDirectory: String
    package let profileDirectories: [String]
    package let launcher: String
    private let store: RunStore

    /// Opens the store and tidies up what killed runs left.
    package init(stateDirectory: String, profileDirectories: [String], launcher: String) throws {
        self.stateDirectory = stateDirectory
        self.profileDirectories = profileDirectories
        self.launcher = launcher
        store = try RunStore(at: Self.storePath(in: stateDirectory))
        RunDirectory.sweep(stateDirectory)
    }

    package static func storePath(in stateDirectory: String) -> String { stateDirectory + "/runs.sqlite" }

    package struct Result: Sendable {
        package var run: String
        package var ending: RunEvent.Ending
        /// The proven patch's exact bytes.
        package var patch: [UInt8]?
        /// Markdown.
        package var report: String
    }

    /// Each event is in the store before `observer` hears of it.
    ///
    /// - Parameters:
    ///   - model: loads the language model when candidates are first wanted; nil: the mutation pass works alone.
    ///   - sources: whose candidates the planner may choose from; without a model there are only those of the mutation pass.
    package func fix(
        _ task: RepairTask, model: (@Sendable () async throws -> any LanguageModel)? = nil,
        sources: Set<CandidateSource> = CandidateSource.primary,
        observer: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Result {
        let directory = try RunDirectory(in: stateDirectory)
        defer { directory.tidy() }
        let recorder = RunRecorder(store: store, run: directory.run)
        let environment = RunEnvironment(
            run: directory.run, runDirectory: directory.path, stateDirectory: stateDirectory,
            profileDirectories: profileDirectories, launcher: launcher,
            sink: { event in
                try recorder.record(event)
                observer(event)
            },
            proposers: { [weights = try store.operationWeights()] in
                try await Self.proposers(weights: weights, model: model)
            }, sources: model == nil ? [.templates] : sources,
            issueSearch: IssueSearch.search, statistics: try store.actionStatistics(),
            knownTrials: { [store] in try store.knownTrials(baseTree: $0, testCommand: $1) })
        let result = try await Fix(task: task, environment: environment).run()
        try store.learn(result.costs.statistics)

        let report = RunReport(events: recorder.events).markdown
        let patch = FileManager.default.contents(atPath: directory.path + "/fix.patch")
        if result.ending.verdict != .environmentError {
            try Data(report.utf8).write(to: URL(fileURLWithPath: directory.path + "/report.md"))
        }
        return Result(run: directory.run, ending: result.ending, patch: patch.map { [UInt8]($0) }, report: report)
    }

    /// A model writes candidates of its own and puts those of the mutation pass in order.
    private static func proposers(
        weights: [String: Double], model: (@Sendable () async throws -> any LanguageModel)?
    ) async throws -> Proposers {
        let templates = TemplateProposer(weights: weights)
        guard let model = try await model?() else { return Proposers(templates: templates) }
        return Proposers(
            templates: RerankingProposer(templates, by: model),
            infills: InfillProposer(model: model, weights: weights))
    }
}
