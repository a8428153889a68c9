import Foundation
package import StrictYAML

/// One task of a suite: a folder with `task.yml`, `issue.md` and the project under `repo/`.
package struct TaskManifest: Sendable, Codable, Hashable {
    package var id: String
    package var title: String
    package var language: String
    /// The fault class: `boundary`, `missing-guard`, …
    package var faultClass: String
    package var test: String?
    package var wallSeconds: Double?
    /// What an honest run is expected to say; `fixed` unless the manifest says otherwise.
    package var expect: String
    package var difficulty: String?
    /// The task's own folder.
    package var folder: String

    package var projectFolder: String { folder + "/repo" }
    package var issueFile: String { folder + "/issue.md" }

    /// Reads `task.yml` of one folder; every mistake is one line with file and line.
    package init(folder: String) throws(ConfigurationError) {
        let file = folder + "/task.yml"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ConfigurationError(file: file, message: "cannot be read; a task is a folder with a task.yml")
        }
        let document = try ConfigurationMapping(parsing: String(decoding: data, as: UTF8.self), file: file)
        self.folder = folder
        id = try document.string("id") ?? (folder as NSString).lastPathComponent
        title = try document.string("title") ?? id
        language = try document.string("language") ?? ""
        faultClass = try document.string("class") ?? ""
        test = try document.string("test")
        expect = try document.string("expect") ?? "fixed"
        difficulty = try document.string("difficulty")
        let limits = try document.mapping("limits")
        wallSeconds = try limits?.duration("wall").map { $0 / .seconds(1) }
        try limits?.finish()
        guard ["fixed", "unfixed", "nothingToFix"].contains(expect) else {
            throw document.error(at: "expect", "expected fixed, unfixed or nothingToFix")
        }
        try document.finish()
        guard FileManager.default.fileExists(atPath: projectFolder) else {
            throw ConfigurationError(file: file, message: "there is no project beside it: \(projectFolder) is missing")
        }
    }
}

/// A folder of tasks.
package struct TaskSuite: Sendable {
    /// A task, or why its folder holds none.
    package enum Entry: Sendable {
        case task(TaskManifest)
        case broken(id: String, reason: String)

        package var id: String {
            switch self {
            case .task(let manifest): manifest.id
            case .broken(let id, _): id
            }
        }
    }

    package let folder: String
    /// Ordered by folder name.
    package let entries: [Entry]

    /// Reads every subfolder; a broken one becomes an entry that says so, so that it never stops the others.
    package init(folder: String) throws(ConfigurationError) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw ConfigurationError(
                file: folder, message: "is not a folder that can be read; name a suite such as Tasks/starter")
        }
        self.folder = folder
        var entries: [Entry] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            do throws(ConfigurationError) {
                entries.append(.task(try TaskManifest(folder: path)))
            } catch {
                entries.append(.broken(id: name, reason: error.description))
            }
        }
        guard !entries.isEmpty else {
            throw ConfigurationError(file: folder, message: "holds no task; a task is a folder with a task.yml")
        }
        self.entries = entries
    }
}
