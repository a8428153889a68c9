import ArgumentParser

/// The command line: parse, call, render. Everything else is below.
@main
struct Fettle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fettle",
        abstract:
            "Mends a failing repository: finds the fault, tries many fixes in a sandbox, hands over a patch that the tests prove.",
        discussion: """
            In a repository with a failing test, `fettle fix` is all there is to type.

            Exit codes: 0 fixed, 1 not fixed, 3 nothing to fix, 4 environment error, 64 usage, 130 interrupted.
            """,
        subcommands: [
            FixCommand.self, BatchCommand.self, RunsCommand.self, ShowCommand.self,
            DoctorCommand.self, SandboxCommand.self, ModelCommand.self,
        ])
}
