import CLauncher
import Glibc

extension CommandResult {
    /// The verdict on a run. The stronger cause wins: what we did to the program explains how it died.
    init(_ outcome: Launch.Outcome, of command: Command, guarantees: [Guarantee]) {
        standardOutput = outcome.output
        self.guarantees = guarantees
        guard let report = outcome.report else {
            // A launcher that could not even begin says why where the program's errors would be.
            let words = outcome.error.sanitisedText.split(separator: "\n").first.map(String.init)
            ending = outcome.cancelled ? .cancelled : .sandboxFailed(words ?? "the launcher was killed from outside")
            standardError = outcome.error
            graceUsed = false
            (wall, userCPU, systemCPU) = (.zero, .zero, .zero)
            peakMemoryBytes = nil
            outOfMemoryKills = 0
            processorTimeSpent = false
            peakProcesses = nil
            survivors = 0
            leftovers = []
            return
        }
        let header = report.header
        standardError = outcome.error
        graceUsed = header.grace_exhausted != 0
        wall = .microseconds(header.wall_microseconds)
        userCPU = .microseconds(header.user_microseconds)
        systemCPU = .microseconds(header.system_microseconds)
        let largest = header.peak_kilobytes == 0 ? nil : Int(header.peak_kilobytes) << 10
        peakMemoryBytes = ControlGroups.peakMemory(report.groupFiles) ?? largest
        outOfMemoryKills = ControlGroups.outOfMemoryKills(report.groupFiles)
        processorTimeSpent = header.processor_time_spent != 0
        let seen = header.peak_processes == 0 ? nil : Int(header.peak_processes)
        peakProcesses = ControlGroups.peakProcesses(report.groupFiles) ?? seen
        survivors = Int(header.survivors)
        leftovers = report.leftovers

        if outcome.cancelled {
            ending = .cancelled
        } else if outcome.outputLimitHit {
            ending = .outputLimit
        } else if header.timed_out != 0 {
            ending = .timedOut
        } else if header.disk_full != 0 {
            ending = .diskLimit
        } else {
            ending = Self.ending(report, of: command, outOfMemory: outOfMemoryKills > 0)
        }
    }

    private static func ending(_ report: LaunchReport, of command: Command, outOfMemory: Bool) -> Ending {
        let status = report.header.status
        let message = TerminalText.sanitised(report.message).split(separator: "\n").first.map(String.init)
        switch fettle_ending(UInt32(report.header.ending)) {
        // A program that lived through the loss of a child and ended well has not failed.
        case FETTLE_EXITED: return outOfMemory && status != 0 ? .outOfMemory : .exited(status)
        case FETTLE_SIGNALLED: return outOfMemory ? .outOfMemory : .signalled(status, core: report.header.core != 0)
        case FETTLE_EXEC_FAILED:
            let name = TerminalText.sanitised(command.arguments.first ?? "")
            return .execFailed("\(name): \(message ?? String(cString: strerror(status)))")
        default:
            return outOfMemory ? .outOfMemory : .sandboxFailed(message ?? "the sandbox was killed from outside")
        }
    }
}
