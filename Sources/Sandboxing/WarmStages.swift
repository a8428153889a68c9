import Glibc
import Synchronization

/// Stages whose walls are built ahead, so that a run has only its program to start.
///
/// Each serves one run, in the worktree that it was built for, and goes unused when this goes or when it would be one
/// too many. Nothing is shared between runs: a stage that has run a program is not used again.
final class WarmStages: Sendable {
    /// What a stage was built for.
    struct Key: Sendable, Hashable {
        let site: Site
        let work: SandboxProfile.Work
        let hasOutput: Bool
    }

    /// A stage and the folder through which it gets its inputs and hands out its output.
    struct Prepared: Sendable {
        let stage: Stage
        let folder: String

        var inputs: String { "\(folder)/in" }
        var output: String { "\(folder)/out" }

        /// Removes the folder. What cannot be removed is met by the janitor at the next start.
        func clear() { _ = TreeRemoval.remove(folder) }
    }

    private struct State {
        /// The one used longest ago first.
        var waiting: [(key: Key, prepared: Prepared)] = []
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let directory: String

    /// At most `capacity` stages wait at one time; their folders lie in `directory`, which a janitor looks after.
    init(capacity: Int, directory: String) {
        self.capacity = max(1, capacity)
        self.directory = directory
    }

    /// How many wait.
    var count: Int { state.withLock { $0.waiting.count } }

    /// A stage built for `key` with `command`'s inputs in it; nil where there is none, or where the inputs are more than
    /// a few small files.
    func take(_ key: Key, handing command: Command) -> Prepared? {
        let found = state.withLock { state -> Prepared? in
            guard let index = state.waiting.firstIndex(where: { $0.key == key }) else { return nil }
            return state.waiting.remove(at: index).prepared
        }
        guard let found else { return nil }
        for (name, path) in command.inputs {
            guard HostFile.copySmall(path, to: "\(found.inputs)/\(name)") else {
                discard([found])
                return nil
            }
        }
        // The mount is of the folder, whatever its name: under the caller's name it is the caller's folder.
        if let output = command.outputDirectory, rename(found.output, HostFile.resolved(output) ?? output) != 0 {
            discard([found])
            return nil
        }
        return found
    }

    /// Starts building stages for `key` until two wait or there is no room. Returns at once.
    func fill(_ key: Key, _ stage: (Exchange) throws(SandboxError) -> Stage) {
        while true {
            let (isWanted, excess) = state.withLock { state -> (Bool, [Prepared]) in
                guard state.waiting.count(where: { $0.key == key }) < min(2, capacity) else { return (false, []) }
                let excess = state.waiting.prefix(max(0, state.waiting.count - capacity + 1)).map(\.prepared)
                state.waiting.removeFirst(excess.count)
                return (true, excess)
            }
            discard(excess)
            guard isWanted else { return }
            let folder = "\(directory)/\(RunName.next())"
            guard HostFile.makeDirectories("\(folder)/in"), HostFile.makeDirectories("\(folder)/out") else { return }
            let exchange = Exchange(inputs: .folder("\(folder)/in"), output: key.hasOutput ? "\(folder)/out" : nil)
            do {
                let prepared = Prepared(stage: try stage(exchange), folder: folder)
                state.withLock { $0.waiting.append((key, prepared)) }
            } catch {
                // Being without one costs time and nothing else; what is wrong, the run itself will say.
                _ = TreeRemoval.remove(folder)
                return
            }
        }
    }

    private func discard(_ stages: [Prepared]) {
        for prepared in stages {
            prepared.stage.finish()
            prepared.clear()
        }
    }

    deinit { discard(state.withLock { $0.waiting.map(\.prepared) }) }
}
