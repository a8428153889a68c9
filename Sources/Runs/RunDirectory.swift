package import Foundation
import Git
import Glibc

/// A run's own folder under the state folder, held by a lock that dies with its process.
///
/// While the run goes on the folder holds the private repository and the worktrees; afterwards only what is worth keeping: the patch and the
/// report. A run that was killed cannot tidy up: ``sweep(_:)`` finds its folder by the lock that nobody holds.
package final class RunDirectory: Sendable {
    package let run: String
    package let path: String
    private let lock: Int32

    private static let kept: Set<String> = ["fix.patch", "report.md"]

    /// Creates the folder of a new run, named so that names sort by time: `20261123-231952-k3f9`.
    package init(in stateDirectory: String, at date: Date = Date()) throws {
        let runs = stateDirectory + "/runs"
        do {
            try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
        } catch {
            throw RunDirectoryError(path: runs, reason: (error as NSError).localizedDescription)
        }
        var attempt = 0
        while true {
            let name = Self.name(at: date)
            let path = "\(runs)/\(name)"
            if mkdir(path, 0o700) == 0 {
                run = name
                self.path = path
                break
            }
            attempt += 1
            guard errno == EEXIST, attempt < 100 else {
                throw RunDirectoryError(path: path, reason: String(cString: strerror(errno)))
            }
        }
        // Held before it has its name: a sweep that came between would take the run for a dead one's.
        lock = open(path + "/lock.new", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, rename(path + "/lock.new", path + "/lock") == 0 else {
            throw RunDirectoryError(path: path + "/lock", reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        close(lock)
    }

    /// Removes worktrees and scratch files; patch and report stay.
    package func tidy() {
        Self.removeAllButKept(at: path)
    }

    /// Removes what killed runs left under `stateDirectory`; runs that go on are told by their locks and left alone.
    /// - Returns: the runs tidied up.
    @discardableResult
    package static func sweep(_ stateDirectory: String) -> [String] {
        let runs = stateDirectory + "/runs"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        return names.sorted().filter { name in
            let lock = open("\(runs)/\(name)/lock", O_RDWR | O_CLOEXEC)
            guard lock >= 0 else { return false }
            defer { close(lock) }
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return false }
            removeAllButKept(at: "\(runs)/\(name)")
            return true
        }
    }

    /// The lock goes last, so that a sweep that is killed itself is taken up by the next one.
    private static func removeAllButKept(at path: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name != "lock" && !kept.contains(name) { remove("\(path)/\(name)") }
        remove(names.contains(where: kept.contains) ? path + "/lock" : path)
    }

    /// What cannot be removed now stays for the next sweep: tidying up is no reason to fail a run.
    private static func remove(_ path: String) {
        try? RunRepository.remove(at: path)
    }

    private static func name(at date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyyMMdd-HHmmss"
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let suffix = (0..<4).map { _ in String(alphabet.randomElement() ?? "a") }.joined()
        return formatter.string(from: date) + "-" + suffix
    }
}

/// A run's folder could not be made.
package struct RunDirectoryError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    package var description: String {
        "cannot use \(path): \(reason); name another state folder with --state or FETTLE_STATE"
    }
}
