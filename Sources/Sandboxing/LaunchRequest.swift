/// Everything the launcher needs to know for one run, in the words of its `stage` role.
struct LaunchRequest: Sendable {
    var bubblewrap: String
    var arguments: BubblewrapArguments
    /// Sources that stage makes reachable at ``stagedPath(_:)``, in order; empty where nothing is staged.
    var staged: [Mount] = []
    /// The first sandbox user, how many there are, and where they are locked; nil where we are not root.
    var users: (first: Int, count: Int, locks: String)?
    var groups: [String] = []
    var fileContents: [String] = []
    var worktree: String
    var wallClock: Duration
    var grace: Duration
    var directory: String
    var limits: [(name: String, value: Int)] = []
    var program: [String]
    var environment: [String: String]

    static func stagedPath(_ index: Int) -> String { "/tmp/\(index)" }

    /// The request as the launcher reads it: NUL-terminated words.
    var bytes: [UInt8] {
        var words = ["bubblewrap", bubblewrap]
        words += ["wall", "\(wallClock.milliseconds)", "grace", "\(grace.milliseconds)"]
        words += groups
        if let users { words += ["user", "\(users.first)", "\(users.count)", users.locks] }
        for mount in staged { words += [mount.access == .readOnly ? "stage" : "stage-owned", mount.source] }
        for content in fileContents { words += ["data", content] }
        words += ["worktree", worktree]
        words += counted("arguments", arguments.words)
        words += counted("init", initWords)
        return words.flatMap { Array($0.utf8) + [0] }
    }

    private var initWords: [String] {
        var words = ["directory", directory]
        for limit in limits { words += ["limit", limit.name, "\(limit.value)"] }
        words += counted("arguments", program)
        words += counted("environment", environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        return words
    }

    private func counted(_ key: String, _ list: [String]) -> [String] { [key, "\(list.count)"] + list }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
