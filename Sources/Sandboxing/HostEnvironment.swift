import Glibc

/// The environment that this process was started with.
package enum HostEnvironment {
    package static var current: [String: String] {
        var table: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { table[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return table
    }
}
