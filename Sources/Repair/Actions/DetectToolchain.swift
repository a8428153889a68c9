import Git
import Planning
import Sandboxing
import Toolchains

/// Finds out how the repository is built and tested, and opens the sandbox in which all of it will run.
struct DetectToolchain: RepairAction {
    let planning = PlanningAction(
        "detectToolchain", requires: [.worktreeReady], establishes: [.toolchainKnown],
        prior: ActionPrior(seconds: 0.1, chance: 0.95))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let worktree = board.require(board.worktree, "worktree")
        var settings = try ProjectSettings.load(directory: worktree.path)
        if let command = board.task.testCommand { settings.test = command }
        let toolchain = try Toolchains.detect(in: worktree.path, settings: settings)
        let profile = try SandboxProfile.load(
            named: settings.profile ?? toolchain.profileName, searching: board.environment.profileDirectories)
        let sandbox = try await Sandbox(
            profile: profile, stateDirectory: board.environment.stateDirectory,
            launcher: board.environment.launcher,
            // Thousands of short test runs follow: for each slot one stands ready while another runs.
            warmStages: 2 * board.task.limits.jobs, ownsWorktrees: true)
        board.toolchain = toolchain
        try board.openFirstSlot(in: worktree, sandbox: sandbox)
        try board.loadSources()
        try board.report(.contained(sandbox.guarantees))
        try board.report(.toolchainFound(toolchain.summary))
        return Observation(established: [.toolchainKnown], note: toolchain.summary)
    }
}
