import Foundation
import Sandboxing

/// One attack of `Tests/RedTeam`: a program, and what its first comment says about it. The keys are explained in
/// `Tests/RedTeam/README.md`.
struct Attack: Sendable {
    enum Outside: Sendable, Equatable {
        case succeeds
        case succeedsAsRoot
        case notShown(String)
    }

    enum Inside: Sendable, Equatable {
        case fails
        case ends([String])
        case maySucceed
    }

    enum Language: String, Sendable {
        case c
        case python = "py"
        case shell = "sh"
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// `AREA/FILE`, and the argument where there are several.
    private(set) var name: String
    let file: String
    let language: Language
    let argument: String?
    /// What it tries to do, as a sentence goes on after "an attack can".
    let aim: String
    let outside: Outside
    let inside: Inside
    /// As in a profile's YAML, by table.
    let limits: [String: String]
    let temporarySpace: [String: String]
    let judges: Set<String>
    let needs: [Guarantee.Name]
    /// What becomes of its worktree; nil for what the default profile says.
    var work: SandboxProfile.Work?

    /// Every attack below `folder`, in order.
    static func all(in folder: String) throws -> [Attack] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains("/") }.sorted()
        return try files.flatMap { try read("\(folder)/\($0)", name: $0) }
    }

    private static func read(_ file: String, name: String) throws -> [Attack] {
        let parts = name.split(separator: ".")
        guard parts.count == 2, let language = Language(rawValue: String(parts[1])) else {
            throw Malformed(description: "\(name) is no .c, .py or .sh")
        }
        let said = header(try String(contentsOfFile: file, encoding: .utf8), language)
        let known: Set = ["attack", "outside", "inside", "limits", "judge", "each", "needs", "work"]
        if let key = said.keys.first(where: { !known.contains($0) }) {
            throw Malformed(description: "\(name): unknown key \(key)")
        }
        guard let aim = said["attack"], let outside = outside(said["outside"]), let inside = inside(said["inside"])
        else {
            throw Malformed(description: "\(name): `attack`, `outside` or `inside` is missing or unclear")
        }
        let pairs = (said["limits"] ?? "").split(separator: ",").map { $0.split(separator: " ").map(String.init) }
        let limits = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { $1 }
        let spaces: Set = ["tmp", "home", "shared-memory"]
        let words = { (key: String) in (said[key] ?? "").split(separator: " ").map(String.init) }
        let arguments: [String?] = said["each"] == nil ? [nil] : words("each")
        return arguments.map { argument in
            Attack(
                name: parts[0] + (argument.map { " \($0)" } ?? ""), file: file, language: language, argument: argument,
                aim: aim, outside: outside, inside: inside, limits: limits.filter { !spaces.contains($0.key) },
                temporarySpace: limits.filter { spaces.contains($0.key) }, judges: Set(words("judge")),
                needs: words("needs").compactMap(Guarantee.Name.init(rawValue:)),
                work: said["work"].flatMap(SandboxProfile.Work.init(rawValue:)))
        }
    }

    var isAboutFiles: Bool { ["files", "disk", "git", "leaks"].contains { name.hasPrefix("\($0)/") } }

    /// The same on a worktree that is thrown away.
    var onCopy: Attack { with(.copyOnWrite, "on a copy") }

    /// The same on a worktree that cannot be written.
    var onReadOnly: Attack { with(.readOnly, "read-only") }

    private func with(_ work: SandboxProfile.Work, _ words: String) -> Attack {
        var other = self
        other.name += ", \(words)"
        other.work = work
        return other
    }

    private static func header(_ text: String, _ language: Language) -> [String: String] {
        let mark = language == .c ? "// " : "# "
        var said: [String: String] = [:]
        for line in text.split(separator: "\n").prefix(while: { $0.hasPrefix(mark) }) {
            let parts = line.dropFirst(mark.count).split(separator: ":", maxSplits: 1)
            if parts.count == 2 { said[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return said
    }

    private static func outside(_ text: String?) -> Outside? {
        switch text {
        case "succeeds": .succeeds
        case "succeeds as root": .succeedsAsRoot
        case let text? where text.hasPrefix("not shown: "): .notShown(String(text.dropFirst(11)))
        default: nil
        }
    }

    private static func inside(_ text: String?) -> Inside? {
        switch text {
        case nil: .fails
        case "may succeed": .maySucceed
        case let text? where text.hasPrefix("ends "):
            .ends(text.dropFirst(5).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        default: nil
        }
    }

    /// How to start it: `place` is where its file, or the program made of it, lies.
    func arguments(at place: String) -> [String] {
        let start =
            switch language {
            case .c: [place, AttackPrograms.name(of: file)]
            case .python: ["/usr/bin/python3", "-I", place]
            case .shell: ["/bin/sh", place]
            }
        return start + (argument.map { [$0] } ?? [])
    }

    /// The profile that it runs in, as a user would write it.
    var profile: String {
        var lines = ["extends: default"]
        if let work { lines.append("work: \(work.rawValue)") }
        var limits = limits
        limits["wall-clock"] = limits["wall-clock"] ?? "10s"
        lines.append(
            "limits: {\(limits.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}")
        if !temporarySpace.isEmpty {
            let spaces = temporarySpace.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            lines.append("temporary-space: {\(spaces.joined(separator: ", "))}")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
