import Editing
import Git
import Planning
import Sandboxing
import Toolchains

/// What a run knows so far. Actions read it and write it, one action at a time.
package actor Blackboard {
    package let task: RepairTask
    package let environment: RunEnvironment
    let log: RunLog

    // Where candidates are tried.
    var repository: Repository?
    var runRepository: RunRepository?
    var snapshot: Snapshot?
    var worktree: Worktree?
    var slots: [Slot] = []

    // Evidence.
    var toolchain: (any Toolchain)?
    var base: BaseEvidence?
    /// Wall seconds of the base's build.
    var buildSeconds = 0.0
    /// Editable sources of the base, by path.
    var sources: ChangedFiles = [:]
    /// Tests of languages we can read, by path; for reading only.
    var testSources: ChangedFiles = [:]
    var coverage: Coverage?
    var suspects: [Suspect] = []

    // Candidates.
    var loadedProposers: Proposers?
    var candidates: [Candidate] = []
    /// Where the present candidates come from.
    var source = CandidateSource.templates
    /// How many suspects, in order, the model was asked about.
    var suspectsInfilled = 0
    /// Edits of the partial candidate on which the present ones build.
    var stages: [[FileEdit]] = []
    /// How many fail-to-pass tests `stages` turn green by themselves.
    var fixedByStages = 0
    var fingerprintsTried: Set<String> = []
    var candidatesTried = 0
    var partials: [Trial] = []
    var hasNewPartial = false
    var partialsBuiltOn = 0
    /// Candidates on the unchanged base that wait while a partial one is built on, and their source.
    var postponed: [Candidate] = []
    var postponedSource = CandidateSource.templates
    var hits: [Trial] = []
    /// Of the partial fixes so far, the one that turns most tests green.
    var nearest: Trial?

    // The result.
    var proven: ProvenCandidate?
    var verdict: Verdict = .unfixed
    var conclusion = ""

    /// A candidate that passed the whole suite on a clean worktree.
    struct ProvenCandidate {
        var trial: Trial
        var changed: ChangedFiles
        var proof: Verifier.Proof
    }

    package init(task: RepairTask, environment: RunEnvironment) {
        self.task = task
        self.environment = environment
        log = RunLog(sink: environment.sink)
    }

    var elapsed: Double { log.elapsed }
    var secondsLeft: Double { max(0, task.limits.wallSeconds - elapsed) }
    var candidatesLeft: Int { max(0, task.limits.candidates - candidatesTried) }

    func report(_ kind: RunEvent.Kind) throws {
        try log.report(kind)
    }

    /// The value of a field that an earlier action's promise guarantees.
    func require<Value>(_ value: Value?, _ name: String) -> Value {
        guard let value else { preconditionFailure("the planner ran an action before \(name) was known") }
        return value
    }

    /// Whether a candidate may change the file: source of a language we can read, no test, no submodule.
    func isEditable(_ path: String) -> Bool { sources[path] != nil }

    /// The editable file that a stack means.
    func editableFile(_ path: String) -> String? { Self.file(path, in: sources) }

    /// The file at this path or, where there is none, the only one whose path ends so: the JVM knows packages, not folders.
    nonisolated static func file(_ path: String, in sources: ChangedFiles) -> String? {
        if sources[path] != nil { return path }
        let candidates = sources.keys.filter { $0.hasSuffix("/" + path) }
        return candidates.count == 1 ? candidates[0] : nil
    }

    var verifier: Verifier {
        Verifier(toolchain: require(toolchain, "toolchain"), base: require(base, "base"), baseSources: sources)
    }

    /// The changed files that `stages` make of the base; nil where an edit does not apply, changes nothing, or touches a test that stands
    /// among the code.
    nonisolated static func changedFiles(_ stages: [[FileEdit]], over base: ChangedFiles) -> ChangedFiles? {
        var changed: ChangedFiles = [:]
        for stage in stages {
            for (path, edits) in Dictionary(grouping: stage, by: \.path) {
                guard let before = changed[path] ?? base[path], let after = try? FileEdit.apply(edits, to: before)
                else { return nil }
                changed[path] = after
            }
        }
        changed = changed.filter { base[$0.key] != $0.value }
        let leavesTests = changed.allSatisfy { path, bytes in
            guard SourceLanguage(path: path) == .rust, let before = base[path] else { return true }
            let files = [before, bytes].map { SourceFile(path: path, bytes: $0, language: .rust) }
            return files[0].inlineTests == files[1].inlineTests
        }
        return changed.isEmpty || !leavesTests ? nil : changed
    }
}
