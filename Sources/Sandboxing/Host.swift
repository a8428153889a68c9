import Glibc

/// What the walls are built from on this machine, looked up once.
struct Host: Sendable, Hashable {
    let bubblewrap: String
    let launcher: String
    let isRoot: Bool
    let groups: ControlGroups
    /// A user's environment: where toolchains are looked for and passed variables come from. Nothing else of it is seen.
    private(set) var environment: [String: String]

    /// Ids that no convention gives to anyone: above what systemd uses for services, below the first subordinate ids.
    static let users = (first: 65_600, count: 4_096)

    init(launcher: String, environment: [String: String], tier: SandboxProfile.Tier) throws(SandboxError) {
        let bubblewrap = Self.locations.first { access($0, X_OK) == 0 }
        guard bubblewrap != nil || tier == .landlock else {
            throw SandboxError(
                .notInstalled, "bubblewrap is not installed; nothing runs without a sandbox: apt install bubblewrap")
        }
        guard access(launcher, X_OK) == 0, let resolved = HostFile.resolved(launcher) else {
            throw SandboxError(.notInstalled, "\(launcher) is missing; it belongs beside the fettle program")
        }
        self.bubblewrap = bubblewrap ?? ""
        self.launcher = resolved
        self.environment = environment
        isRoot = geteuid() == 0
        groups = ControlGroups.discover()
    }

    func with(environment: [String: String]) -> Host {
        var host = self
        host.environment = environment
        return host
    }

    /// Not the `PATH`: which program builds the walls is not for an environment to say.
    private static let locations = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"]

    /// Where root's runs lock the users that they become.
    static let userLocks = "/run/fettle"
}
