import FoundationEssentials
import Glibc

/// The probe's answer, kept until the machine starts anew or a part of the walls changes.
struct ProbeCache {
    private struct Record: Codable {
        let key: String
        let guarantees: [Guarantee]
    }

    private let file: String
    private let key: String

    init(directory: String, host: Host, tier: SandboxProfile.Tier) {
        file = "\(directory)/probe\(tier == .namespaces ? "" : "-\(tier.rawValue)").json"
        let boot = HostFile.text("/proc/sys/kernel/random/boot_id")?.filter { !$0.isWhitespace } ?? ""
        let home = host.environment["HOME"] ?? ""
        key =
            "\(boot) \(geteuid()) \(home) \(Self.stamp(host.bubblewrap)) \(Self.stamp(host.launcher)) "
            + "\(host.groups.hierarchies)"
    }

    /// Nil where there is none, or none that fits; a damaged one is as good as none.
    func read() -> [Guarantee]? {
        guard let text = HostFile.text(file) else { return nil }
        do {
            let record = try JSONDecoder().decode(Record.self, from: Data(text.utf8))
            return record.key == key ? record.guarantees : nil
        } catch {
            return nil
        }
    }

    func write(_ guarantees: [Guarantee]) throws(SandboxError) {
        let text: String
        do {
            text = String(decoding: try JSONEncoder().encode(Record(key: key, guarantees: guarantees)), as: UTF8.self)
        } catch {
            throw SandboxError(.machinery, "cannot write \(file)", cause: "\(error)")
        }
        guard HostFile.replace(file, with: text) else { throw .machinery("cannot write \(file)", errno) }
    }

    private static func stamp(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return path }
        return "\(path) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
}
