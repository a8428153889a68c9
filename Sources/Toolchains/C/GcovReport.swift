import FoundationEssentials

/// Lines that ran, from `gcov --json-format --stdout`: one JSON document a line.
enum GcovReport {
    /// - Parameter root: The copy of the worktree in which the program was built.
    static func parse(_ bytes: [UInt8], root: String) -> [String: Set<Int>] {
        let decoder = JSONDecoder()
        var found: [String: Set<Int>] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            // A data file that gcov cannot use gives no document.
            guard let document = try? decoder.decode(Document.self, from: Data(line)) else { continue }
            for file in document.files {
                let full = file.file.hasPrefix("/") ? file.file : (document.directory ?? root) + "/" + file.file
                guard full.hasPrefix(root + "/"),
                    let path = RelativePath.inWorktree(full.dropFirst(root.count + 1))
                else { continue }
                let ran = file.lines.lazy.filter { $0.count > 0 && $0.number > 0 }.map(\.number)
                found[path, default: []].formUnion(ran)
            }
        }
        return found.filter { !$0.value.isEmpty }
    }

    private struct Document: Decodable {
        var directory: String?
        var files: [File]

        enum CodingKeys: String, CodingKey {
            case files
            case directory = "current_working_directory"
        }
    }

    private struct File: Decodable {
        var file: String
        var lines: [Line]
    }

    private struct Line: Decodable {
        var number: Int
        var count: Double

        enum CodingKeys: String, CodingKey {
            case count
            case number = "line_number"
        }
    }
}
