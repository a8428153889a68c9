import Glibc
import Testing

/// The other suites once more, by a user who may do nothing special: without control groups, and with user namespaces in
/// the place of root's.
@Suite("As a user without privileges", .enabled(if: geteuid() == 0, "all tests run as one"))
struct UnprivilegedTests {
    /// Those that need neither root nor what lies in our home folder.
    private static let suites = [
        "EndingTests", "FileSystemAttackTests", "RepositoryAttackTests", "FilterTests", "GitSnapshotTests",
        "LandlockTierTests", "LeftoverTests", "OutputTests", "ProcessAttackTests", "ProfileTests", "RecordTests",
        "SoakTests", "SpecialFilesTests", "SweepTests", "TreeRemovalTests", "VerdictTests", "WarmStageTests",
        "WorkTests",
    ]

    @Test("every suite passes")
    func everySuite() async throws {
        let underling = Underling.unprivileged
        let folder = try ScratchFolder(owner: underling.user)
        let filter = "SandboxingTests\\.(\(Self.suites.joined(separator: "|")))/"
        let status = try await underling.run(filter, in: folder.path, environment: [:])
        let log = readFile("\(folder.path)/runner.log") ?? ""
        if status != 0, let reason = underling.reasonForSilence(folder.path), !log.contains("Test run started") {
            return print("skipped: \(reason)")
        }
        let failures = log.split(separator: "\n").filter { $0.contains("✘") || $0.contains("recorded an issue") }
        #expect(status == 0, "\(failures.joined(separator: "\n"))\n\(log.suffix(1500))")
        #expect(log.contains("Test run with"), "\(log.suffix(1500))")
    }
}
