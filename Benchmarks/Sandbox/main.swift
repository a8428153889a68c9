import Glibc
import Sandboxing

// What a sandbox costs: the median start-up of /bin/true, plain, under bubblewrap with naive flags, and under Fettle's
// walls, one after the other in each round so that a busy moment hits all three.
//
//     swift run -c release SandboxBenchmark [rounds]

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200
let program = realpath("/proc/self/exe", nil).map { String(cString: $0) } ?? ""
let directory = program.split(separator: "/").dropLast().map { "/\($0)" }.joined()
let scratch = "/tmp/fettle-benchmark-\(getpid())"
let worktree = "\(scratch)/worktree"
mkdir(scratch, 0o755)
mkdir(worktree, 0o755)

/// Runs a program to its end without walls, the quickest way there is.
func plain(_ arguments: [String]) {
    var pid = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    let failure = posix_spawn(&pid, arguments[0], nil, nil, &words, &environment)
    precondition(failure == 0, "cannot start \(arguments[0])")
    waitpid(pid, nil, 0)
    for word in words { free(word) }
}

let naive = [
    "/usr/bin/bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
    "--tmpfs", "/tmp", "--bind", worktree, "/mnt", "/bin/true",
]
let sandbox = try await Sandbox(
    profile: SandboxProfile.load(named: "default", searching: ["Sandboxes"]), stateDirectory: scratch,
    launcher: "\(directory)/fettle-launcher")

var times: [String: [Duration]] = [:]
let clock = ContinuousClock()
for round in 0..<rounds + 5 {
    let plainTime = clock.measure { plain(["/bin/true"]) }
    let naiveTime = clock.measure { plain(naive) }
    let ownTime = try await clock.measure {
        let result = try await sandbox.run(Command(["/bin/true"]), in: worktree)
        precondition(result.succeeded, "\(result.ending)")
    }
    // The first rounds fill caches.
    guard round >= 5 else { continue }
    times["plain", default: []].append(plainTime)
    times["bwrap, naive", default: []].append(naiveTime)
    times["fettle", default: []].append(ownTime)
}

func milliseconds(_ duration: Duration) -> Double { Double(duration / .microseconds(1)) / 1000 }
func shown(_ value: Double) -> String { "\((value * 100).rounded() / 100) ms" }

let base = milliseconds(times["plain", default: []].sorted()[rounds / 2])
print("| /bin/true, \(rounds) rounds | median | 90th percentile | over plain |\n|---|---|---|---|")
for name in ["plain", "bwrap, naive", "fettle"] {
    let sorted = times[name, default: []].sorted().map(milliseconds)
    let (median, high) = (sorted[rounds / 2], sorted[rounds * 9 / 10])
    print("| \(name) | \(shown(median)) | \(shown(high)) | \(shown(median - base)) |")
}
rmdir(worktree)
