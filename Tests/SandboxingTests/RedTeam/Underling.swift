import Foundation
import Glibc
import Testing

/// This test program once more, in a process of its own, as the same or as another user.
struct Underling: Sendable {
    let user: uid_t

    static var asOurselves: Underling { Underling(user: geteuid()) }
    /// An id that no convention gives to anyone, and none of the sandbox's own.
    static var unprivileged: Underling { Underling(user: 65_500) }

    /// Runs one test there to its end. Another user gets copies of what it needs, since it may not read ours.
    func run(
        _ test: String, in folder: String, environment: [String: String], inOwnMounts: Bool = false
    ) async throws -> CInt {
        var program = try #require(realpath("/proc/self/exe", nil).map { String(cString: $0) })
        var environment = environment
        environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
        environment["HOME"] = folder
        // Where we are another user's copy already, what we start has no more right to the original than we.
        environment["FETTLE_TEST_CHECKOUT"] = Fixture.checkout
        if let library = getenv("LD_LIBRARY_PATH") { environment["LD_LIBRARY_PATH"] = String(cString: library) }
        var arguments: [String] = []
        if user != geteuid() {
            let copies = "\(folder)/copies"
            // By another program: a copy of ours could still be open for writing in a child that is just being born.
            let script = """
                mkdir -p "$0/Tests" && cp "$1" "$2" "$0" && cp -r "$3/Sandboxes" "$0" && cp -r "$3/Tests/RedTeam" "$0/Tests"
                """
            let copying = try #require(
                spawn(
                    ["sh", "-ec", script, copies, program, Fixture.launcher, Fixture.checkout],
                    environment: ["PATH": "/usr/bin:/bin"], in: "/", output: "\(folder)/copying.log"))
            var status: CInt = 0
            while waitpid(copying, &status, WNOHANG) == 0 { try await Task.sleep(for: .milliseconds(20)) }
            try #require(status == 0, "\(readFile("\(folder)/copying.log") ?? "")")
            program = "\(copies)/\(program.split(separator: "/").last ?? "")"
            environment["FETTLE_TEST_CHECKOUT"] = copies
            arguments = ["setpriv", "--reuid", "\(user)", "--regid", "\(user)", "--clear-groups"]
        }
        if inOwnMounts { arguments += ["unshare", "-m"] }
        arguments += [program, "--testing-library", "swift-testing", "--filter", test]
        let process = try #require(
            spawn(arguments, environment: environment, in: folder, output: "\(folder)/runner.log"))
        var status: CInt = 0
        // Asked again and again: a wait that blocks would hold up the tests beside this one.
        while waitpid(process, &status, WNOHANG) == 0 { try await Task.sleep(for: .milliseconds(50)) }
        return status
    }

    /// Why another user's run may rightly have said nothing; nil where that is a failure.
    func reasonForSilence(_ folder: String) -> String? {
        guard user != geteuid() else { return nil }
        let log = readFile("\(folder)/runner.log") ?? ""
        for reason in ["Permission denied", "cannot open shared object", "setpriv", "user namespaces are closed"]
        where log.contains(reason) {
            return "another user cannot run this program here: \(log.prefix(300))"
        }
        return nil
    }
}

extension Underling {
    /// Whether this process is one that was started to run one test alone.
    static let isAlone = getenv("FETTLE_ALONE") != nil

    /// Runs a test where no other test starts launchers or makes folders, and passes its failures on. With mounts of its
    /// own, which root may have, nobody else sees what it mounts.
    static func runAlone(
        _ test: String, environment: [String: String] = [:], inOwnMounts: Bool = false
    ) async throws {
        let folder = try ScratchFolder(owner: geteuid())
        let status = try await asOurselves.run(
            test, in: folder.path, environment: environment.merging(["FETTLE_ALONE": "yes"]) { $1 },
            inOwnMounts: inOwnMounts)
        let log = readFile("\(folder.path)/runner.log") ?? ""
        #expect(status == 0 && log.contains("1 test"), "\(log.suffix(3000))")
    }
}

/// A folder for one test that another user may own.
struct ScratchFolder: ~Copyable {
    let path: String

    init(owner: uid_t) throws {
        var template = Array("/tmp/fettle-red-team-XXXXXX".utf8CString)
        path = try #require(
            template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }.map { String(cString: $0) })
        chmod(path, 0o755)
        if owner != geteuid() { chown(path, owner, owner) }
    }

    deinit { removeTree(path) }
}
