import Foundation
import Glibc

@testable import Sandboxing

/// What is to be seen from outside when an attack is over.
enum Aftermath {
    /// What must be the same afterwards.
    struct Before {
        let launcher: String
        let program: String
        let state: String
        /// Of the runner's own environment.
        let secret: String
        let tools: [String]
        let descriptors = HostState.descriptors
        let mounts = HostState.mounts
        let stateNames: [String]

        init(launcher: String, program: String, state: String, secret: String) {
            self.secret = secret
            self.launcher = launcher
            self.program = program
            self.state = state
            tools = Self.read(launcher, program)
            stateNames = HostState.names(in: state)
        }

        /// Which file it is, how large, and when it was last changed, which nobody can set.
        static func read(_ files: String...) -> [String] {
            files.map { file in
                var status = stat()
                let found = stat(file, &status)
                let time = status.st_ctim
                return "\(found) \(status.st_ino) \(status.st_size) \(status.st_mode) \(time.tv_sec).\(time.tv_nsec)"
            }
        }
    }

    static func complaints(
        of attack: Attack, _ result: CommandResult, _ scene: RedTeamScene, _ before: Before,
        elapsed: Duration, lastingMounts: [String], limits: SandboxProfile.Limits
    ) -> [String] {
        var complaints = verdict(attack, result) + scene.complaints()
        let output = result.standardOutput.text + result.standardError.text
        if output.contains(scene.secret) || output.contains(before.secret) {
            complaints.append("a secret is in its output")
        }
        // Far above what it takes on a busy machine, and far below what those that hold up a run would hold it up for.
        if elapsed > limits.wallClock + limits.grace + .seconds(60) { complaints.append("it took \(elapsed)") }
        if attack.judges.contains("quick"), elapsed > .seconds(60) { complaints.append("it took \(elapsed)") }
        if attack.judges.contains("processor-time"), !result.processorTimeSpent {
            complaints.append("its processor time was not seen")
        }

        // What lives on, or stays.
        let survivors = HostState.processes(marked: scene.mark)
        if !survivors.isEmpty { complaints.append("\(survivors.count) processes survived") }
        let children = HostState.children.filter { $0 != scene.victim }
        if !children.isEmpty { complaints.append("\(children.count) children are left") }
        // Looking in all the while takes descriptors of our own.
        if HostState.descriptors != before.descriptors,
            attack.judges.isDisjoint(with: ["server-unreachable", "terminals-left"])
        {
            complaints.append("descriptors are left open")
        }
        if !lastingMounts.isEmpty { complaints.append("mounts are left: \(lastingMounts)") }
        if !HostState.controlGroups.isEmpty { complaints.append("left are \(HostState.controlGroups)") }
        if HostState.names(in: before.state) != before.stateNames {
            complaints.append("files are left in the state folder")
        }
        if Before.read(before.launcher, before.program) != before.tools {
            complaints.append("a program was overwritten")
        }

        complaints += worktree(attack, scene)
        if attack.judges.contains("memory-bounded"), let peak = result.peakMemoryBytes, peak > limits.memory {
            complaints.append("it used \(peak) bytes")
        }
        if attack.judges.contains("harmless-output") {
            let shown = result.standardOutput.sanitisedText + result.standardError.sanitisedText
            if !shown.unicodeScalars.allSatisfy(TerminalText.isHarmless) { complaints.append("an escape got through") }
        }
        if attack.judges.contains("no-shared-memory") {
            for table in ["shm", "sem", "msg"] {
                let lines = (readFile("/proc/sysvipc/\(table)") ?? "").split(separator: "\n")
                if lines.contains(where: { $0.split(separator: " ").first == "\(scene.key)" }) {
                    complaints.append("\(table) stays behind")
                }
            }
        }
        if attack.judges.contains("no-marked-files") {
            for folder in ["/dev/shm", "/tmp", "/var/tmp", "/dev/mqueue"] {
                if access("\(folder)/fettle-red-team-\(scene.mark)", F_OK) == 0 {
                    complaints.append("a file in \(folder)")
                }
            }
        }
        return complaints
    }

    private static func verdict(_ attack: Attack, _ result: CommandResult) -> [String] {
        switch result.ending {
        case .sandboxFailed(let why): return ["the sandbox failed: \(why)"]
        case .execFailed(let why): return ["it could not be started: \(why)"]
        default: break
        }
        guard result.standardOutput.text.contains("tried") else {
            return ["it did not try: \(result.ending), \(result.standardError.sanitisedText)"]
        }
        let ending =
            switch result.ending {
            case .exited(let status): "exited \(status)"
            case .signalled: "signalled"
            case .timedOut: "timedOut"
            case .outputLimit: "outputLimit"
            case .outOfMemory: "outOfMemory"
            case .diskLimit: "diskLimit"
            default: "\(result.ending)"
            }
        let said = "\(result.standardOutput.sanitisedText)\(result.standardError.sanitisedText)".suffix(600)
        switch attack.inside {
        case .fails: return result.ending == .exited(0) ? ["it succeeded: \(said)"] : []
        case .ends(let endings): return endings.contains(ending) ? [] : ["it ended \(ending): \(said)"]
        case .maySucceed: return []
        }
    }

    private static func worktree(_ attack: Attack, _ scene: RedTeamScene) -> [String] {
        var complaints: [String] = []
        let findings = Sweep().sweep(scene.worktree)
        let kinds = Dictionary(grouping: findings, by: \.kind).mapValues(\.count)
        let wanted: [(judge: String, kinds: [Finding.Kind: Int])] = [
            ("names-told", [.controlCharacters: 4]), ("nested-told", [.nestedRepository: 3]),
            ("specials-told", [.specialFile: 3, .linkLeadingOut: 3]),
        ]
        // Of a copy that was thrown away there is nothing left to find.
        for (judge, least) in wanted where attack.judges.contains(judge) && attack.work == nil {
            for (kind, count) in least where kinds[kind, default: 0] < count {
                complaints.append("the sweep tells of \(kinds[kind, default: 0]) \(kind), not \(count)")
            }
        }
        if kinds[.setUserID] != nil { complaints.append("a set-user-id file is left") }
        if findings.contains(where: { $0.detail?.contains("device") == true }) { complaints.append("a device is left") }
        if attack.judges.contains("no-core-file") {
            if HostState.names(in: scene.worktree).contains(where: { $0.hasPrefix("core") }) {
                complaints.append("a core file is left")
            }
        }
        if attack.judges.contains("small-worktree"), size(of: scene.worktree) > 4 << 20 {
            complaints.append("the worktree has \(size(of: scene.worktree)) bytes")
        }
        if attack.judges.contains("unleased"), attack.work == nil {
            let file = open("\(scene.worktree)/leased", O_RDWR | O_NONBLOCK | O_CLOEXEC)
            if file < 0 {
                complaints.append("a file is leased: \(String(cString: strerror(errno)))")
            } else {
                close(file)
            }
        }
        if attack.judges.contains("unlocked") {
            let folder = open(scene.worktree, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if flock(folder, LOCK_EX | LOCK_NB) != 0 { complaints.append("the worktree is locked") }
            close(folder)
        }
        if let failure = TreeRemoval.remove(scene.worktree) { complaints.append(failure) }
        return complaints
    }

    /// What the files right in the folder take up on the disk.
    private static func size(of folder: String) -> Int {
        HostState.names(in: folder).reduce(0) { total, name in
            var status = stat()
            return lstat("\(folder)/\(name)", &status) == 0 ? total + Int(status.st_blocks) * 512 : total
        }
    }
}
