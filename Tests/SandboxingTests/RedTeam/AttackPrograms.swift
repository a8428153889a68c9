import Foundation
import Glibc
import Testing

/// The `.c` files of `Tests/RedTeam` as one program, made once for this process: its first argument says which.
enum AttackPrograms {
    private static let once = Task { try await compile() }

    /// The program; a path where nothing is if there is no compiler.
    static func compiled() async throws -> String { try await once.value }

    /// What the program calls a file.
    static func name(of file: String) -> String {
        file.split(separator: "/").suffix(2).joined(separator: "/").split(separator: ".").first.map(String.init) ?? ""
    }

    private static func compile() async throws -> String {
        let folder = "/tmp/fettle-red-team-programs-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o755)
        atexit { AttackPrograms.remove() }
        guard access("/usr/bin/cc", X_OK) == 0 else { return folder + "/none" }
        let place = Fixture.checkout + "/Tests/RedTeam"
        let files = try FileManager.default.subpathsOfDirectory(atPath: place).filter { $0.hasSuffix(".c") }.sorted()
        // All in one piece, so that the headers are read once: each file's `main` under a name of its own.
        var source = ""
        for (index, file) in files.enumerated() {
            source += "#define main attack_\(index)\n#include \"\(file)\"\n#undef main\n"
        }
        source += "static struct { const char *name; void *volatile start; } attacks[] = {\n"
        for (index, file) in files.enumerated() {
            source += "    {\"\(name(of: file))\", (void *)attack_\(index)},\n"
        }
        source += """
            };
            int main(int count, char **arguments) {
                for (size_t i = 0; count > 1 && i < sizeof attacks / sizeof *attacks; i++)
                    if (!strcmp(arguments[1], attacks[i].name)) {
                        int (*start)(int, char **) = attacks[i].start;
                        return start(count - 1, arguments + 1);
                    }
                return 70;
            }

            """
        try source.write(toFile: "\(folder)/attacks.c", atomically: true, encoding: .utf8)
        let process = try #require(
            spawn(
                [
                    "cc", "-std=gnu17", "-O1", "-I", place, "-o", "\(folder)/attacks", "\(folder)/attacks.c",
                    "-lpthread",
                ],
                environment: ["PATH": "/usr/bin:/bin"], in: "/", output: "\(folder)/log"))
        var status: CInt = 0
        while waitpid(process, &status, WNOHANG) == 0 { try await Task.sleep(for: .milliseconds(20)) }
        try #require(status == 0, "\(readFile("\(folder)/log") ?? "")")
        return "\(folder)/attacks"
    }

    private static func remove() {
        try? FileManager.default.removeItem(atPath: "/tmp/fettle-red-team-programs-\(getpid())")
    }
}
