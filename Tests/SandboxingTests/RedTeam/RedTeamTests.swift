import Foundation
import Glibc
import Testing

@testable import Sandboxing

/// The attacks of `Tests/RedTeam`, by root and by a user who may do nothing special.
///
/// Each side runs in a process of its own, where no other test makes descriptors, processes or control groups.
@Suite("The red team")
struct RedTeamTests {
    @Test("as root every attack is held", .enabled(if: geteuid() == 0, "needs root"))
    func root() async throws {
        try await judge(Underling.asOurselves, atLeast: 100)
    }

    @Test("as a user without privileges every attack is held, and what needs control groups is not claimed")
    func unprivileged() async throws {
        try await judge(geteuid() == 0 ? Underling.unprivileged : Underling.asOurselves, atLeast: 100)
    }

    private func judge(_ underling: Underling, atLeast least: Int) async throws {
        let folder = try ScratchFolder(owner: underling.user)
        let programs = try await AttackPrograms.compiled()
        let report = "\(folder.path)/report"
        let status = try await underling.run(
            "RedTeamTests/runner", in: folder.path,
            environment: ["FETTLE_RED_TEAM": folder.path, "FETTLE_RED_TEAM_PROGRAMS": programs])
        let lines = (readFile(report) ?? "").split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        if lines.isEmpty, let reason = underling.reasonForSilence(folder.path) {
            return print("skipped: \(reason)")
        }
        #expect(status == 0, "\(readFile("\(folder.path)/runner.log")?.suffix(2000) ?? "")")
        for line in lines where line[0] == "broken" { Issue.record("\(line.dropFirst().joined(separator: ": "))") }
        let counts = Dictionary(grouping: lines, by: { $0[0] }).mapValues(\.count)
        let held = counts["held", default: 0] + counts["unshown", default: 0]
        #expect(held >= least, "\(counts)")
        print("the red team as user \(underling.user): \(counts.sorted { $0.key < $1.key })")
        for line in lines where line[0] == "skipped" { print("  skipped \(line.dropFirst().joined(separator: ": "))") }
    }

    /// Not a test of its own: what the others run in another process.
    @Test(
        "the red team's runner", .enabled(if: getenv("FETTLE_RED_TEAM") != nil, "started by another test"))
    func runner() async throws {
        let folder = String(cString: try #require(getenv("FETTLE_RED_TEAM")))
        let programs = String(cString: try #require(getenv("FETTLE_RED_TEAM_PROGRAMS")))
        let only = getenv("FETTLE_RED_TEAM_ONLY").map { String(cString: $0) }
        let team = try await RedTeam(folder: folder, programs: programs)
        try claims(team.guarantees)
        var report = ""
        var attacks = try Attack.all(in: Fixture.checkout + "/Tests/RedTeam")
        // What has to do with files once more where they are the run's own.
        let doors = attacks.filter { $0.judges.contains("worktree-silent") }
        attacks += (attacks.filter { $0.work == nil && $0.isAboutFiles } + doors).map(\.onCopy)
        attacks += doors.map(\.onReadOnly)
        for attack in attacks {
            if let only, !attack.name.contains(only) { continue }
            let start = ContinuousClock.now
            let line =
                switch try await team.run(attack) {
                case .held: "held\t\(attack.name)"
                case .heldUnshown(let why): "unshown\t\(attack.name)\t\(why)"
                case .broken(let why): "broken\t\(attack.name)\t\(TerminalText.sanitised(why))"
                case .skipped(let why): "skipped\t\(attack.name)\t\(why)"
                }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            report += line.split(separator: "\n").joined(separator: " ") + "\t\(Int(seconds * 1000)) ms\n"
            _ = HostFile.replace("\(folder)/report", with: report)
        }
    }

    /// What is claimed must be what can be had: without control groups their limits are not.
    private func claims(_ guarantees: [Guarantee]) throws {
        let enforced = Set(guarantees.filter { $0.status == .enforced }.map(\.name))
        let always: Set<Guarantee.Name> = [.fileSystem, .network, .processes, .kill, .seccomp, .secrets, .git]
        #expect(enforced.isSuperset(of: always), "\(guarantees)")
        if geteuid() != 0 {
            // Whatever else is held needs control groups or a file system of its own.
            #expect(enforced.subtracting(always).isSubset(of: [.disk]), "\(guarantees)")
            for guarantee in guarantees where guarantee.status != .enforced {
                #expect("\(guarantee)".count > guarantee.name.rawValue.count + 12, "no reason is given")
            }
        }
    }
}
