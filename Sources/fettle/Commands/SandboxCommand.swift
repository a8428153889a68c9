import ArgumentParser
import Foundation
import Sandboxing

/// `fettle sandbox run`: one command, contained.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run commands the way Fettle runs builds and tests.",
        subcommands: [Run.self])

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Run one command in the sandbox and pass its exit status on.",
            discussion: """
                Standard output and standard error are the command's own, made safe for a terminal. \
                A signal N ends with 128 + N, a time-out with 124, a sandbox that cannot be had with 4.
                """)

        @Option(help: ArgumentHelp("A profile by name: default, python, swift, c, or your own.", valueName: "name"))
        var profile = "default"

        @Option(help: ArgumentHelp("The folder that the command may write in.", valueName: "dir"))
        var worktree = "."

        @Option(name: .customLong("json"), help: ArgumentHelp("Write the result record here.", valueName: "file"))
        var record: String?

        @Option(
            help: ArgumentHelp(
                "What becomes of changes: bind (kept), copy-on-write (thrown away), read-only.", valueName: "fate"))
        var work: String?

        @Option(
            help: ArgumentHelp(
                "What the walls are made of: namespaces, or landlock where those are closed.", valueName: "tier"))
        var tier: String?

        @OptionGroup var state: StateOptions

        @Argument(parsing: .postTerminator, help: "The command, after --.")
        var command: [String]

        func validate() throws {
            if command.isEmpty {
                throw ValidationError("say what to run after --, such as `fettle sandbox run -- make test`")
            }
            _ = try SandboxOverrides(work: work, tier: tier)
        }

        func run() async throws {
            try await withPlainErrors {
                let installation = Installation.current
                var profile = try SandboxProfile.load(named: profile, searching: installation.profileDirectories)
                try SandboxOverrides(work: work, tier: tier).apply(to: &profile)
                if profile.tier == .landlock { Output.complain(LandlockTier.warning) }
                let sandbox = try await Sandbox(
                    profile: profile, stateDirectory: state.directory(), launcher: installation.launcher())
                let directory = URL(fileURLWithPath: worktree).standardizedFileURL.path
                let command = Sandboxing.Command(command)
                let result = try await Interruption.cancellable {
                    try await sandbox.run(command, in: directory)
                }
                FileHandle.standardOutput.write(Data(TerminalText.sanitised(result.standardOutput.text).utf8))
                FileHandle.standardError.write(Data(TerminalText.sanitised(result.standardError.text).utf8))
                if let record {
                    try Output.write(Data(TerminalText.harmlessJSON(try JSONEncoder.record.encode(result))), to: record)
                }
                throw ExitCode(try exitCode(for: result.ending))
            }
        }

        private func exitCode(for ending: CommandResult.Ending) throws -> Int32 {
            switch ending {
            case .exited(let code): return code
            case .signalled(let signal, _): return 128 + signal
            case .timedOut: return 124
            case .cancelled: return 130
            case .outOfMemory, .outputLimit, .diskLimit:
                Output.complain("\(ending)")
                return 137
            case .execFailed(let reason), .sandboxFailed(let reason): throw EnvironmentError(reason)
            }
        }
    }
}

/// What the command line says over a profile.
struct SandboxOverrides {
    private let work: SandboxProfile.Work?
    private let tier: SandboxProfile.Tier?

    init(work: String? = nil, tier: String?) throws {
        self.work = try Self.choice(work, for: "--work")
        self.tier = try Self.choice(tier, for: "--tier")
    }

    func apply(to profile: inout SandboxProfile) {
        profile.work = work ?? profile.work
        profile.tier = tier ?? profile.tier
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ word: String?, for option: String
    ) throws -> Choice? {
        guard let word else { return nil }
        if let choice = Choice(rawValue: word) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("\(option) takes one of: \(known); not `\(word)`")
    }
}

extension JSONEncoder {
    fileprivate static var record: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
