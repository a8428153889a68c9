import Glibc

/// Walls around one program at a time: bubblewrap, between a stage outside and an init inside.
///
/// ```swift
/// let profile = try SandboxProfile.load(named: "python", searching: directories)
/// let sandbox = try await Sandbox(profile: profile, stateDirectory: state, launcher: launcher)
/// let result = try await sandbox.run(Command(["python3", "-m", "pytest"]), in: worktree.path)
/// ```
/// A value: use it for as many runs at once as you like.
package struct Sandbox: Sendable {
    /// Where the worktree appears inside: always the same path, so that build products of one slot are valid in another.
    package static let worktreePath = "/worktree"
    /// Where ``Command/inputs`` and ``Command/outputDirectory`` appear inside.
    package static let inputsPath = BubblewrapArguments.inputsPath
    package static let outputPath = BubblewrapArguments.outputPath

    package let profile: SandboxProfile
    /// What this machine holds of what a sandbox promises; stored with every result.
    package let guarantees: [Guarantee]
    private let probed: [Guarantee]
    private let host: Host
    private let walls: Walls
    private let warm: WarmStages?

    /// Probes the machine (once per boot) and clears away what dead runs left behind.
    ///
    /// - Parameters:
    ///   - stateDirectory: Fettle's own; made if absent.
    ///   - launcher: the path of `fettle-launcher`.
    ///   - warmStages: how many walls may stand ready for the next runs in folders that have had one: a run that finds
    ///     some starts in a fraction of the time. They cost a few processes that wait, and go with this value.
    ///   - ownsWorktrees: whether worktrees are folders of Fettle's own, in which nobody else on the host makes a socket or
    ///     a pipe. Others are looked through when walls are built for a run that is not on a copy, and what is found is
    ///     covered.
    ///   - environment: the user's, for finding toolchains and for the variables that the profile passes on.
    /// - Throws: a ``SandboxError`` where a program is missing or a guarantee that the profile requires does not hold.
    package init(
        profile: SandboxProfile, stateDirectory: String, launcher: String, warmStages: Int = 0,
        ownsWorktrees: Bool = false, environment: [String: String] = HostEnvironment.current
    ) async throws(SandboxError) {
        let host = try Host(launcher: launcher, environment: environment, tier: profile.tier)
        guard profile.tier == .namespaces || !host.isRoot else {
            throw SandboxError(.guarantee, "the Landlock tier is not for root, who can make namespaces: it holds less")
        }
        let directory = "\(stateDirectory)/sandbox"
        guard HostFile.makeDirectories(directory) else { throw .machinery("cannot make \(directory)", errno) }
        Janitor(groups: host.groups, directory: directory).clear()
        let probe = Probe(host: host, directory: directory, tier: profile.tier)
        let probed = try await probe.guarantees()
        self.probed = probed
        guarantees = profile.guarantees(probed: probed, groups: host.groups)
        for guarantee in guarantees where profile.required.contains(guarantee.name) && !profile.accepts(guarantee) {
            throw SandboxError(.guarantee, "the profile `\(profile.name)` requires what is not there: \(guarantee)")
        }
        self.profile = profile
        self.host = host
        walls = Walls(profile: profile, host: host, directory: directory, ownsWorktrees: ownsWorktrees)
        warm = warmStages > 0 ? WarmStages(capacity: warmStages, directory: directory) : nil
    }

    /// Builds walls ahead for runs like `command` in `worktree`; returns at once. Without it the first run does so for
    /// the next. Nothing happens in a sandbox without warm stages.
    package func prepare(for command: Command, in worktree: String) throws(SandboxError) {
        guard let warm else { return }
        try walls.prepare(for: command, in: worktree, warm: warm)
    }

    /// Runs one command with `worktree` writable at ``worktreePath``, and returns when nothing of it is left alive.
    ///
    /// Every way a program can end is a result. An error means that the command makes no sense or that the machinery
    /// failed before anything ran. Cancelling the task ends the program: TERM, grace, KILL, and `.cancelled`.
    package func run(_ command: Command, in worktree: String) async throws(SandboxError) -> CommandResult {
        var guarantees = guarantees
        if let work = command.work, work != profile.work {
            var profile = profile
            profile.work = work
            guarantees = profile.guarantees(probed: probed, groups: host.groups)
        }
        if command.outputDirectory != nil { guarantees = guarantees.map(\.withOutputFolder) }
        if !walls.ownsWorktrees, (command.work ?? profile.work) != .copyOnWrite {
            guarantees = guarantees.map(\.inSharedWorktree)
        }
        return try await walls.run(command, in: worktree, guarantees: guarantees, warm: warm)
    }
}
