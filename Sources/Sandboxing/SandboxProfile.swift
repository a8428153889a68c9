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
        /// Processor time of one process; nil for no limit but the wall clock.
        package var cpuTime: Duration?
        /// The largest file that can be written.
        package var fileSize = 1 << 30
        package var openFiles = 1024
        /// Kept of each output stream: half from its start, half from its end.
        package var outputKept = 256 << 10
        /// One stream longer than this ends the run.
        package var output = 256 << 20
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
    /// Without these nothing runs.
    package var required: Set<Guarantee.Name> = []

    package init(name: String) { self.name = name }
}
