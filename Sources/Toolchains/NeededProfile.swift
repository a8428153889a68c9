/// Which sandbox profile brings what a repository's own commands run.
enum NeededProfile {
    /// What a shell script or a Makefile calls says best; else what kind of project lies there; else nil.
    static func of(scripts: [String], in directory: String) -> String? {
        let called = scripts.flatMap { programs(in: $0) }
        if let profile = profile(for: called) { return profile }
        // A script of the repository's own is read too.
        for program in called {
            guard let path = RelativePath.inWorktree(program),
                let bytes = try? HostFiles.read(directory + "/" + path, limit: 1 << 18),
                let profile = profile(for: programs(in: String(decoding: bytes, as: UTF8.self)))
            else { continue }
            return profile
        }
        return marks.first { HostFiles.exists(directory + "/" + $0.file) }?.profile
    }

    private static let marks: [(file: String, profile: String)] = [
        ("Cargo.toml", "rust"), ("package.json", "node"), ("pom.xml", "java"), ("build.gradle", "java"),
        ("build.gradle.kts", "java"),
    ]

    /// Those whose programs no other profile has come first: a Makefile that calls both `gcc` and `javac` needs the JDK's, and
    /// finds the compiler among the system's programs.
    private static let programsOf: [(profile: String, programs: Set<String>)] = [
        ("rust", ["cargo", "rustc"]),
        ("java", ["java", "javac", "jar", "mvn", "mvnw", "gradle", "gradlew"]),
        ("node", ["node", "npm", "npx", "yarn", "pnpm"]),
        ("swift", ["swift", "swiftc"]),
        ("c", ["make", "cmake", "ctest", "ninja", "cc", "c++", "gcc", "g++", "clang", "clang++"]),
        ("python", ["python", "python3", "pytest", "py.test", "tox"]),
    ]

    private static func profile(for programs: [String]) -> String? {
        // A program of the repository's own may be called anything; the wrappers of build tools are its own too.
        let known = programs.filter { !$0.hasPrefix("./") || $0 == "./gradlew" || $0 == "./mvnw" }
        let names = Set(known.map { ConsoleReport.lastPart($0) })
        return programsOf.first { !$0.programs.isDisjoint(with: names) }?.profile
    }

    /// The words that stand where a command's name does: first in a line, after `;`, `&&` or `|`, and as the value of a variable.
    static func programs(in script: String) -> [String] {
        script.split(whereSeparator: { $0.isNewline || ";|&(".contains($0) }).flatMap { part -> [String] in
            let words = part.split(whereSeparator: { $0.isWhitespace || "\"'".contains($0) })
            // What follows a target's name are other targets.
            guard words.first?.hasSuffix(":") != true else { return [] }
            let named = words.first { word in
                !word.contains("=") && !["exec", "env", "time", "then", "do", "else"].contains(word)
            }
            let assigned = part.split(separator: "=", maxSplits: 1).dropFirst().first?.split(separator: " ").first
            return [named, assigned].compactMap { $0.map { String($0.drop { "@-+".contains($0) }) } }
        }
    }
}
