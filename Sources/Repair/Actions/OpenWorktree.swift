import Git
import Planning

/// Snapshots the user's tree, uncommitted changes included, into the run's private repository and checks it out.
struct OpenWorktree: RepairAction {
    let planning = PlanningAction(
        "openWorktree", establishes: [.worktreeReady], prior: ActionPrior(seconds: 0.1, chance: 0.99))

    func perform(on board: isolated Blackboard) async throws -> Observation {
        let repository = try Repository.discover(at: board.task.repository)
        if let folder = repository.workingDirectory, board.environment.runDirectory.hasPrefix(folder + "/") {
            throw EnvironmentFailure(
                "the state folder \(board.environment.stateDirectory) lies inside the repository; "
                    + "name another with --state or FETTLE_STATE")
        }
        if case .branch(let name) = board.task.delivery { try repository.requireUsable(branch: name) }
        let runRepository = try RunRepository(
            creatingAt: board.environment.runDirectory + "/trees", for: repository)
        let snapshot = try runRepository.snapshot()
        let worktree = try runRepository.addWorktree(named: "slot-0", at: snapshot)
        board.repository = repository
        board.runRepository = runRepository
        board.snapshot = snapshot
        board.worktree = worktree
        try board.report(
            .started(
                RunEvent.Started(
                    run: board.environment.run, task: board.task, baseTree: "\(snapshot.tree)",
                    baseDescription: snapshot.description)))
        return Observation(established: [.worktreeReady], note: snapshot.description)
    }
}
