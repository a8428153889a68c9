package import Glibc

/// Looks through a worktree after a run for what the program may have left to catch someone later.
///
/// It goes by descriptors and never follows a link, opens nothing but folders, and is bounded in entries, depth and
/// findings. Run it when nothing of the run is alive any more.
///
/// ```swift
/// let findings = Sweep().sweep(worktree, changedSince: start)
/// ```
package struct Sweep: Sendable {
    /// How a tree is to be read.
    package enum Layer: Sendable, Hashable {
        /// The worktree itself.
        case worktree
        /// The upper folder of an overlay, which holds only what was changed; a character device 0:0 there marks what
        /// was removed (Linux, filesystems/overlayfs).
        case overlayUpper
    }

    /// Whether the `.git` right below the folder was there before the run, and is passed over as the host's.
    package var hasRepository = true
    /// Entries to look at before it gives up.
    package var entryLimit = 500_000
    /// Levels of folders to go down.
    package var depthLimit = 10_000
    /// Findings to keep; of one kind at most a quarter of them, so that many of one do not hide one of another.
    package var findingLimit = 200

    package init() {}

    /// - Parameters:
    ///   - path: a folder.
    ///   - start: where given, only what changed later is told (by the time of the last change of status, which a
    ///     program cannot set); see ``clock``.
    package func sweep(
        _ path: String, layer: Layer = .worktree, changedSince start: timespec? = nil
    ) -> [Finding] {
        guard let cursor = TreeCursor(path) else {
            return [Finding(.unreadable, ".", detail: String(cString: strerror(errno)))]
        }
        var walk = SweepWalk(sweep: self, layer: layer, start: start)
        walk.walk(cursor)
        return walk.findings
    }

    /// The same on a thread of its own: a large tree takes its time, which is not the cooperative pool's.
    func sweepApart(_ path: String, changedSince start: timespec) async -> [Finding] {
        await withCheckedContinuation { continuation in
            let failure = Thread.detach { continuation.resume(returning: sweep(path, changedSince: start)) }
            guard let failure else { return }
            continuation.resume(returning: [Finding(.unreadable, ".", detail: String(cString: strerror(failure)))])
        }
    }

    /// Now, by the clock that file systems stamp changes with.
    package static var clock: timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time
    }
}
