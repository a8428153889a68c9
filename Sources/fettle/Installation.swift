import ArgumentParser
import Foundation

/// Where this program finds what ships with it, and where it keeps what it makes.
struct Installation {
    let executableDirectory: String
    let environment: [String: String]

    /// The running program's own.
    static var current: Installation {
        let path =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return Installation(
            executableDirectory: (path as NSString).deletingLastPathComponent,
            environment: ProcessInfo.processInfo.environment)
    }

    /// `fettle-launcher`: beside this program in a build folder, under `libexec` when installed.
    func launcher() throws -> String {
        let candidates = ["/fettle-launcher", "/../libexec/fettle/fettle-launcher"].map { executableDirectory + $0 }
        guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw EnvironmentError(
                "fettle-launcher is missing beside \(executableDirectory)/fettle; install Fettle again")
        }
        return found
    }

    /// Folders searched for a shipped folder (`Sandboxes`, `Tasks`): the installed one, then the checkout that the program was built in.
    func shipped(_ name: String) -> [String] {
        var folders = [executableDirectory + "/../share/fettle/" + name]
        var ancestor = executableDirectory
        while ancestor != "/" && !ancestor.isEmpty {
            folders.append("\(ancestor)/\(name)")
            ancestor = (ancestor as NSString).deletingLastPathComponent
        }
        return folders.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// The user's own profiles come first and override shipped ones by name.
    var profileDirectories: [String] {
        let configuration = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"] ?? "") + "/.config"
        return [configuration + "/fettle/sandboxes"] + shipped("Sandboxes")
    }

    /// Where runs, their store and probe results are kept: `--state`, `FETTLE_STATE`, or the XDG state folder.
    func stateDirectory(named name: String?) throws -> String {
        if let name = name ?? environment["FETTLE_STATE"], !name.isEmpty {
            return name.hasPrefix("/") ? name : FileManager.default.currentDirectoryPath + "/" + name
        }
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/fettle" }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw EnvironmentError("HOME is not set; say where Fettle may keep its state with --state")
        }
        return home + "/.local/state/fettle"
    }
}

/// Something outside the program is not as it must be: one line, exit code 4.
struct EnvironmentError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Where Fettle keeps its state; shared by every command that needs it.
struct StateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Keep runs and their store here.", valueName: "dir"))
    var state: String?

    func directory() throws -> String {
        try Installation.current.stateDirectory(named: state)
    }
}
