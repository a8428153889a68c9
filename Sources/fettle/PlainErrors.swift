import ArgumentParser
import Foundation

/// Turns whatever a command throws into one line on standard error and the exit code of an environment error.
func withPlainErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let code as ExitCode {
        throw code
    } catch let error as ValidationError {
        throw error
    } catch {
        Output.complain(oneLine("\(error)"))
        throw ExitCode(4)
    }
}

/// Line breaks folded, so that a message stays the one line that it promises to be.
func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
}
