/// Which paths belong to the tests of any repository, whatever its language.
enum TestFiles {
    private static let folders: Set<String> = [
        "tests", "test", "spec", "specs", "e2e", "cypress", "__tests__", "testdata", "test-data", "test_data",
        "fixtures", "snapshots", "__snapshots__",
        ".github", ".gitlab", ".circleci", ".ci", ".buildkite",
    ]

    /// Build descriptions and runners' settings: editing one could switch a test off.
    private static let names: Set<String> = [
        "makefile", "gnumakefile", "cmakelists.txt", "cmakepresets.json", "package.swift", "package.resolved",
        "pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "noxfile.py", "pytest.ini", ".pytest.ini", "conftest.py",
        ".coveragerc", ".fettle.yml", ".gitlab-ci.yml", ".travis.yml", "jenkinsfile", "azure-pipelines.yml",
        "configure.ac", "meson.build", "package.json", "cargo.toml", "build.rs", "go.mod", "pom.xml", "build.gradle",
        "build.gradle.kts", "settings.gradle", "settings.gradle.kts", ".mocharc.js", ".mocharc.cjs", "gulpfile.js",
        "gruntfile.js",
    ]

    private static let endings = [".snap", ".mk", ".cmake", ".xctestplan"]

    /// - Parameter path: Relative to the repository, with / separators.
    static func contains(_ path: String, settings: ProjectSettings) -> Bool {
        let parts = path.lowercased().split(separator: "/")
        guard let name = parts.last.map(String.init) else { return false }
        return names.contains(name) || endings.contains { name.hasSuffix($0) }
            || parts.dropLast().contains { folders.contains(String($0)) || $0.hasSuffix("-tests") }
            || settings.tests.contains { Glob($0).matches(path) }
    }
}

extension TestFiles {
    /// Names that say "test" by the customs of JavaScript (`heap.test.js`, `heapSpec.js`), Java (`HeapTest.java`, `TestHeap.java`), Go
    /// (`heap_test.go`) and Rust (`tests.rs`).
    static func isTestSource(_ path: String) -> Bool {
        let parts = (path.split(separator: "/").last ?? "").split(separator: ".")
        guard let ending = parts.last, let stem = parts.first, parts.count > 1 else { return false }
        switch ending {
        case "js", "mjs", "cjs", "jsx", "ts", "tsx":
            return parts.dropFirst().dropLast().contains { ["test", "spec", "config", "conf"].contains($0) }
                || stem.hasSuffix("Spec") || stem.hasSuffix("Test")
        case "java", "kt":
            return ["Test", "Tests", "IT"].contains { stem.hasSuffix($0) }
                || stem.hasPrefix("Test") && stem.dropFirst(4).first?.isUppercase == true
        case "go": return stem.hasSuffix("_test")
        case "rs": return stem == "test" || stem == "tests" || stem.hasSuffix("_test") || stem.hasSuffix("_tests")
        default: return false
        }
    }
}

/// A path pattern: `*` and `?` within a part, `**` for any number of parts. A folder's pattern holds all beneath it.
struct Glob {
    private let parts: [[Character]]

    init(_ pattern: String) { parts = pattern.split(separator: "/").map(Array.init) }

    func matches(_ path: String) -> Bool {
        Self.match(parts[...], path.split(separator: "/").map(Array.init)[...])
    }

    private static func match(_ pattern: ArraySlice<[Character]>, _ path: ArraySlice<[Character]>) -> Bool {
        guard let first = pattern.first else { return true }
        if first == ["*", "*"] {
            return path.indices.contains { match(pattern.dropFirst(), path[$0...]) }
                || pattern.count == 1 && !path.isEmpty
        }
        guard let head = path.first, matchPart(first[...], head[...]) else { return false }
        return match(pattern.dropFirst(), path.dropFirst())
    }

    /// Iterative, so that `*a*a*a*b` stays quadratic.
    private static func matchPart(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        var p = pattern.startIndex
        var t = text.startIndex
        var retry: (p: Int, t: Int)?
        while t < text.endIndex {
            if p < pattern.endIndex, pattern[p] == "*" {
                retry = (p, t)
                p += 1
            } else if p < pattern.endIndex, pattern[p] == "?" || pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let last = retry {
                p = last.p + 1
                t = last.t + 1
                retry = (last.p, t)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
