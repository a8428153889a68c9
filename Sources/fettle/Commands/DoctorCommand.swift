import ArgumentParser
import Foundation
import Sandboxing

/// `fettle doctor`: what this machine lets the sandbox enforce, and what to install where it does not.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Probe what the sandbox can enforce on this machine.")

    @Option(help: ArgumentHelp("The profile to probe for.", valueName: "name"))
    var profile = "default"

    @Option(
        help: ArgumentHelp(
            "What the walls are made of: namespaces, or landlock where those are closed.", valueName: "tier"))
    var tier: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var state: StateOptions

    func run() async throws {
        try await withPlainErrors {
            let installation = Installation.current
            var profile = try SandboxProfile.load(named: profile, searching: installation.profileDirectories)
            try SandboxOverrides(tier: tier).apply(to: &profile)
            let sandbox = try await Sandbox(
                profile: profile, stateDirectory: state.directory(), launcher: installation.launcher())
            for guarantee in sandbox.guarantees {
                if json { try JSONOutput.line(guarantee) } else { print(guarantee) }
            }
        }
    }
}
