import ArgumentParser
import Foundation
import Git
import Repair
import Runs

/// `fettle apply fix.patch`: applies a patch, proves it in the sandbox, commits it.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Prove a patch in the sandbox, then apply it to the working tree or commit it.",
        discussion: """
            Nothing is written unless every test that passed before passes with the patch, and none of the failing ones \
            that it names gets worse.
            """)

    @Argument(help: "The patch, as git diff or fettle fix write it.")
    var patch: String

    @Option(help: ArgumentHelp("The repository, or a folder in it.", valueName: "dir"))
    var repository = "."

    @Option(help: ArgumentHelp("Commit it on a new branch of this name instead.", valueName: "name"))
    var branch: String?

    @Option(help: ArgumentHelp("How the repository is tested, if it does not say so itself.", valueName: "command"))
    var test: String?

    @OptionGroup var state: StateOptions

    func run() async throws {
        throw EnvironmentError("not built yet")
    }
}
