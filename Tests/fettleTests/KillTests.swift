import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

@Suite("SIGKILL at random moments", .serialized)
struct KillTests {
    /// `FETTLE_KILLS=50` asks for more than the daily dose.
    private static let kills = ProcessInfo.processInfo.environment["FETTLE_KILLS"].flatMap(Int.init) ?? 6

    @Test("the repository stays intact, the store opens, and the next run leaves no process, mount or worktree")
    func kill() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        let before = try scene.fingerprint()
        let mounts = try Self.mountCount()
        for index in 0..<Self.kills {
            let delay = Double.random(in: 0.01...3)
            let status = try await Self.killed(scene, after: delay)
            #expect(try scene.fingerprint() == before, "kill \(index) after \(delay) s, \(status)")
            let runs = try await scene.fettle("runs", "--json")
            #expect(runs.code == 0, "\(runs.complaint)")
        }

        let result = try await scene.fettle("fix")

        #expect(result.code == 0, "\(result.output)\(result.complaint)")
        #expect(try scene.fingerprint() == before)
        #expect(try Self.mountCount() == mounts)
        let left = try FileManager.default.subpathsOfDirectory(atPath: scene.state + "/runs")
        #expect(
            left.allSatisfy { $0.hasSuffix("fix.patch") || $0.hasSuffix("report.md") || !$0.contains("/") }, "\(left)")
        #expect(try Self.processes(mentioning: scene.folder) == [])
    }

    @Test("Ctrl-C ends with 130, leaves the repository as it was, and the next run does not try again what was tried")
    func interrupt() async throws {
        let scene = try Scene()
        try await scene.addBrokenPython()
        // A second fault that no edit mends keeps the run going until it is interrupted.
        try scene.write(
            "def test_never():\n    import seats\n    assert seats.first_free([], 2) == 17\n", to: "test_never.py")
        let before = try scene.fingerprint()

        let status = try await Self.interruptedWhileVerifying(scene)

        #expect(status == .exited(130))
        #expect(try scene.fingerprint() == before)
        let second = try await scene.fettle("fix", "--candidates", "30", "--json")
        #expect(second.output.contains("\"isReused\":true"))
    }

    /// Ends a run as Ctrl-C does, as soon as it has tried a candidate.
    private static func interruptedWhileVerifying(_ scene: Scene) async throws -> TerminationStatus {
        try await Subprocess.run(
            .path(FilePath(Scene.program)), arguments: ["fix", "--json", "--state", scene.state],
            workingDirectory: FilePath(scene.repository), input: .none, output: .sequence, error: .discarded
        ) { execution in
            var hasTried = false
            for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded)
            where !hasTried && line.contains("\"tried\"") {
                hasTried = true
                try execution.send(signal: .interrupt)
            }
        }.terminationStatus
    }

    private static func killed(_ scene: Scene, after seconds: Double) async throws -> String {
        let result = try await Subprocess.run(
            .path(FilePath(Scene.program)), arguments: ["fix", "--state", scene.state],
            workingDirectory: FilePath(scene.repository), input: .none, output: .discarded, error: .discarded
        ) { execution in
            try await Task.sleep(for: .seconds(seconds))
            // It may have ended by itself: then there is nobody to kill.
            try? execution.send(signal: .kill)
        }
        return "\(result.terminationStatus)"
    }

    private static func mountCount() throws -> Int {
        try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8).split(separator: "\n").count
    }

    /// Processes whose command line or working folder lies in `folder`, this one aside.
    private static func processes(mentioning folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard let number = Int32(name), number != getpid() else { return false }
            let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline").map {
                String(decoding: $0, as: UTF8.self)
            }
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")
            return line?.contains(folder) == true || place?.contains(folder) == true
        }
    }
}
