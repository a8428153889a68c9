import CLauncher

/// What the launcher said when a run was over.
struct LaunchReport: Sendable {
    let header: fettle_report
    let message: String
    /// Control-group files by name.
    let groupFiles: [String: String]
    /// What the launcher made on the host and could not remove.
    let leftovers: [String]

    /// Reads the packet that `fettle_report` describes; nil where it is too short to be one.
    init?(_ packet: [UInt8]) {
        let size = MemoryLayout<fettle_report>.size
        guard packet.count > size else { return nil }
        header = packet.withUnsafeBytes { $0.loadUnaligned(as: fettle_report.self) }
        let texts = packet[size...].split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        message = texts.first ?? ""
        var files: [String: String] = [:]
        var leftovers: [String] = []
        for index in stride(from: 1, to: texts.count - 1, by: 2) {
            if texts[index] == "leftover" {
                leftovers.append(texts[index + 1])
            } else {
                files[texts[index]] = texts[index + 1]
            }
        }
        groupFiles = files
        self.leftovers = leftovers
    }
}
