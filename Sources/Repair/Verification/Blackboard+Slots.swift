import Git
import Glibc
import Sandboxing
import Toolchains

extension Blackboard {
    /// Opens the first slot in the worktree that the base is built in.
    func openFirstSlot(in worktree: Worktree, sandbox: Sandbox) throws {
        slots = [try slot(in: worktree, sandbox: sandbox)]
    }

    /// Copies the first slot, build products and all, until there are as many as the task allows at once.
    func openRemainingSlots() throws {
        let runRepository = require(runRepository, "run repository")
        while slots.count < task.limits.jobs {
            let worktree = try runRepository.duplicate(slots[0].worktree, named: "slot-\(slots.count)")
            slots.append(try slot(in: worktree, sandbox: slots[0].workspace.sandbox))
        }
    }

    private func slot(in worktree: Worktree, sandbox: Sandbox) throws -> Slot {
        let scratch = "\(environment.runDirectory)/scratch-\(slots.count)"
        guard mkdir(scratch, 0o700) == 0 || errno == EEXIST else {
            throw EnvironmentFailure("cannot create \(scratch): \(String(cString: strerror(errno)))")
        }
        return Slot(
            worktree: worktree, workspace: Workspace(sandbox: sandbox, path: worktree.path, scratch: scratch))
    }
}
