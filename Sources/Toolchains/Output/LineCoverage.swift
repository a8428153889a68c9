/// Lines that ran, from lcov's trace files: `SF:/worktree/a.swift`, `DA:12,3`.
enum LineCoverage {
    static func parse(lcov bytes: [UInt8]) -> [String: Set<Int>] {
        var lines: [String: Set<Int>] = [:]
        var path: String?
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.hasPrefix("SF:") {
                path = RelativePath.inWorktree(line.dropFirst(3))
            } else if line.hasPrefix("DA:"), let path {
                let fields = line.dropFirst(3).split(separator: ",")
                guard fields.count >= 2, let number = Int(fields[0]), number > 0, fields[1] != "0" else { continue }
                lines[path, default: []].insert(number)
            }
        }
        return lines
    }
}
