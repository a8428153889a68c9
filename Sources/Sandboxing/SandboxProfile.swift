/// What a kind of program needs from its sandbox: a file under `Sandboxes/`, or a user's own.
///
/// ```swift
/// let profile = try SandboxProfile.load(named: "python", searching: [userDirectory, shippedDirectory])
/// ```
package struct SandboxProfile: Sendable, Hashable {
    /// Bounds on one run. Sizes in bytes.
    package struct Limits: Sendable, Hashable {
        package var wallClock = Duration.seconds(600)
        /// Between TERM and KILL.
        package var grace = Duration.seconds(2)
        /// All processes together, swap and temporary file systems included.
        package var memory = 2 << 30
        /// Processes and threads.
        package var processes = 256
        /// How many processors' worth of time the run may use at once; nil for all there are.
        package var cpus: Int?
        /// Processor time of all processes together; nil for no limit but the wall clock.
        package var cpuTime: Duration?
        /// The largest file that can be written.
        package var fileSize = 1 << 30
        package var openFiles = 1024
        /// Kept of each output stream: half from its start, half from its end.
        package var outputKept = 256 << 10
        /// One stream longer than this ends the run.
        package var output = 256 << 20
        /// What may be written to a copy-on-write worktree, in bytes; more ends the run. Counts as memory.
        package var disk = 1 << 30
        /// Files and folders that may be made or changed in a copy-on-write worktree.
        package var inodes = 100_000
    }

    /// What becomes of what a program does to its worktree.
    ///
    /// A socket or a named pipe that someone on the host has there would be reached under its name (connect(2), open(2)).
    /// In a copy it is not, where files are the kernel's own even if nothing was written; otherwise those that were there
    /// when the run began are covered. What Fettle itself checks out has none.
    package enum Work: String, Sendable, Hashable, Codable, CaseIterable {
        /// Writes go to memory, within ``Limits/disk`` and ``Limits/inodes``, and are thrown away with the run.
        case copyOnWrite = "copy-on-write"
        /// Writes go to the worktree itself and stay.
        case bind
        /// There are none.
        case readOnly = "read-only"
    }

    /// What a program sees where its worktree's `.git` is.
    package enum Repository: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case hidden
        /// A repository of its own with the same history, in which it can do as it likes: `git describe` works, and
        /// nothing of it reaches the host's.
        case snapshot
    }

    /// What the walls are made of.
    package enum Tier: String, Sendable, Hashable, CaseIterable {
        case namespaces
        /// For machines that close user namespaces, and only where a person asks for it: see ``LandlockTier``.
        case landlock
    }

    /// Environment variables that tell a run-time system how large its heap may grow, since the Java machine and Node do
    /// not see the limit by themselves.
    package struct Heap: Sendable, Hashable {
        /// Of the memory limit, in percent: the rest is for what lies outside the heap.
        package var share = 70
        /// By name; `{MiB}` in a value stands for the share in mebibytes.
        package var set: [String: String] = [:]

        package init() {}
    }

    /// Sizes in bytes of the file systems in memory that every run gets anew. They count as memory.
    package struct TemporarySpace: Sendable, Hashable {
        package var tmp = 512 << 20
        package var home = 256 << 20
        package var sharedMemory = 64 << 20
    }

    package var name: String
    /// Read-only at their own path; those that the host does not have are passed over. Symbolic links stay links.
    package var systemPaths: [String] = []
    /// Looked for on the user's machine, mounted read-only where they are, and put on the `PATH`.
    package var toolchains: [ToolchainDiscovery.Kind] = []
    package var environment: [String: String] = [:]
    /// Names of variables that are taken over from the user's environment when set there.
    package var passedEnvironment: [String] = []
    package var temporarySpace = TemporarySpace()
    package var limits = Limits()
    package var heap = Heap()
    package var work = Work.bind
    package var repository = Repository.hidden
    package var tier = Tier.namespaces
    /// Calls that the filter refuses by default and that these programs need: names of ``SystemCallGroup``.
    package var allowedCalls: Set<SystemCallGroup> = []
    /// Without these nothing runs.
    package var required: Set<Guarantee.Name> = []

    package init(name: String) { self.name = name }
}
