import Sandboxing

/// Paths as tools print them, brought to the one form that reports hold: relative to the worktree.
enum RelativePath {
    /// Whether a path is relative and stays below where it starts.
    static func isSafe(_ path: String) -> Bool {
        !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0)
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    }

    /// The path below the worktree, from an absolute one inside the sandbox or one relative to `folder` of the worktree;
    /// nil for files elsewhere.
    static func inWorktree(_ path: some StringProtocol, folder: String = "") -> String? {
        var parts: [Substring] = []
        let full: String
        if path.hasPrefix("/") {
            guard path.hasPrefix(Sandbox.worktreePath + "/") else { return nil }
            full = String(path.dropFirst(Sandbox.worktreePath.count + 1))
        } else {
            full = folder + "/" + String(path)
        }
        for part in full.split(separator: "/") where part != "." {
            guard part == ".." else {
                parts.append(part)
                continue
            }
            guard parts.popLast() != nil else { return nil }
        }
        let relative = parts.joined(separator: "/")
        return isSafe(relative) ? relative : nil
    }
}
