/// Everything the launcher needs to know for one run, in two parts: what the walls are made of, which can be built
/// ahead, and the program.
struct LaunchRequest: Sendable {
    struct Walls: Sendable {
        /// How stage makes a source reachable at ``stagedPath(_:)``.
        enum Staging: Sendable, Hashable {
            case readOnly
            case owned
            case copyOnWrite(bytes: Int, inodes: Int)
        }

        /// A path of the host and what Landlock lets a program do at and below it.
        enum Rule: Sendable, Hashable {
            case listable(String)
            case readable(String)
            case writable(String)
        }

        /// A small file that bubblewrap makes: of a text, or of a file of the host.
        enum FileContent: Sendable, Hashable {
            case text(String)
            case copy(of: String)
        }

        var bubblewrap: String
        /// Nil where Landlock is the wall.
        var arguments: BubblewrapArguments?
        var rules: [Rule] = []
        /// One folder or file of the host for stage to show.
        struct Staged: Sendable, Hashable {
            var source: String
            var how: Staging
            /// Whether its file system cannot map owners, so that it changes hands for the time of the run.
            var lends = false
            /// Sockets and pipes in it that nobody is to reach, relative.
            var covered: [String] = []
        }

        /// In order; empty where nothing is staged.
        var staged: [Staged] = []
        /// The first sandbox user, how many there are, and where they are locked; nil where we are not root.
        var users: (first: Int, count: Int, locks: String)?
        var groups: [String] = []
        var fileContents: [FileContent] = []
        /// Where a `.git` must be made for the time of the run, so that the program cannot make one.
        /// `lock` is a file of ours that says which run is the last there.
        var placeholder: (worktree: String, lock: String)?
        var grace: Duration
        /// Whether the launcher reports when the program and all that it started are gone, and takes down the walls
        /// afterwards; otherwise it reports when they are down.
        var isPrompt = false

        static func stagedPath(_ index: Int) -> String { "/tmp/\(index)" }

        /// As the launcher's `stage` role reads it: NUL-terminated words.
        var bytes: [UInt8] {
            var words = ["bubblewrap", bubblewrap, "grace", "\(grace.milliseconds)"]
            words += groups
            if let users { words += ["user", "\(users.first)", "\(users.count)", users.locks] }
            for one in staged {
                switch one.how {
                case .readOnly: words += ["stage", one.source]
                case .owned: words += ["stage-owned", one.source]
                case .copyOnWrite(let bytes, let inodes):
                    words += ["stage-copy", one.source, "\(bytes)", "\(inodes)"]
                }
                if one.lends { words.append("lend") }
                if !one.covered.isEmpty { words += counted("cover", one.covered) }
            }
            if isPrompt { words.append("prompt") }
            for content in fileContents {
                switch content {
                case .text(let text): words += ["data", text]
                case .copy(let path): words += ["data-file", path]
                }
            }
            if let placeholder { words += ["worktree", placeholder.worktree, placeholder.lock] }
            if let arguments {
                words += counted("arguments", arguments.words)
            } else {
                words.append("landlock")
            }
            for rule in rules {
                switch rule {
                case .listable(let path): words += ["listable", path]
                case .readable(let path): words += ["readable", path]
                case .writable(let path): words += ["writable", path]
                }
            }
            return words.flatMap { Array($0.utf8) + [0] }
        }
    }

    struct Program: Sendable {
        var arguments: [String]
        var environment: [String: String]
        var directory: String
        var wallClock: Duration
        var limits: [(name: String, value: Int)] = []
        /// Of all processes together; nil is no limit.
        var processorTime: Duration?
        /// Whether its worktree's space is to be watched.
        var copiesOnWrite: Bool
        var allowedCalls: Set<SystemCallGroup>
        /// Whether there is no network namespace to make sockets harmless.
        var refusesSockets = false

        /// As the launcher's `init` role reads it.
        var bytes: [UInt8] {
            var words = ["directory", directory]
            for limit in limits { words += ["limit", limit.name, "\(limit.value)"] }
            if let processorTime { words += ["processor-time", "\(max(1, processorTime.milliseconds))"] }
            if copiesOnWrite { words.append("copy-on-write") }
            words += counted("allow", allowedCalls.map(\.rawValue).sorted() + (refusesSockets ? ["no sockets"] : []))
            words += counted("arguments", arguments)
            words += counted("environment", environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
            return words.flatMap { Array($0.utf8) + [0] }
        }
    }

    var walls: Walls
    var program: Program
}

private func counted(_ key: String, _ list: [String]) -> [String] { [key, "\(list.count)"] + list }

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
