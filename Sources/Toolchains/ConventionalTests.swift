import FoundationEssentials

/// How projects are tested whose build tools Fettle does not read further: by the command that their users type.
enum ConventionalTests {
    /// Nil where none of these projects lies in the folder.
    static func command(in directory: String) throws(ToolchainError) -> String? {
        // All test programs, also after one has failed.
        if HostFiles.exists(directory + "/Cargo.toml") { return "cargo test --no-fail-fast" }
        if HostFiles.exists(directory + "/go.mod") { return "go test -v ./..." }
        guard HostFiles.exists(directory + "/package.json") else { return nil }
        return script(ofPackage: try HostFiles.read(directory + "/package.json", limit: 1 << 20))
    }

    private struct Package: Decodable {
        var scripts: [String: String]?
    }

    /// The package's own script. What it needs beside node must be tracked: a `node_modules` that git ignores is not in the worktree.
    private static func script(ofPackage bytes: [UInt8]) -> String? {
        let package = try? JSONDecoder().decode(Package.self, from: Data(bytes))
        guard let script = package?.scripts?["test"], !script.allSatisfy(\.isWhitespace),
            // What `npm init` writes.
            !script.contains("no test specified")
        else { return nil }
        return script
    }
}
