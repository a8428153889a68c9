import Git
import Toolchains

/// One worktree in which candidates are tried, one after the other.
struct Slot: Sendable {
    let worktree: Worktree
    let workspace: Workspace
    var files: SlotFiles { SlotFiles(root: worktree.path) }

    /// Runs `body` on the program that `changed` makes, and puts the base's bytes back afterwards, whatever happened.
    ///
    /// Other files that the tests wrote stay: build products make the next build short. A proof starts from ``cleaned()`` instead.
    func with<Result>(
        _ changed: ChangedFiles, over base: ChangedFiles, _ body: () async throws -> Result
    ) async throws -> Result {
        for (path, bytes) in changed { try files.write(bytes, to: path) }
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        for path in changed.keys { try files.write(base[path] ?? [], to: path) }
        return try result.get()
    }

    /// Back to the base, build products kept.
    func cleaned() throws -> Slot {
        try worktree.reset(keepIgnored: true)
        return self
    }
}
