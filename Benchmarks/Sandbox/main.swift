import Glibc
import Sandboxing

// What a sandbox costs: the median start-up of /bin/true, plain, under bubblewrap with naive flags, and under Fettle's
// walls, built for the run (cold) and ahead of it (warm); one after the other in each round so that a busy moment hits
// all of them. Then runs per second, two at a time.
//
//     swift run -c release SandboxBenchmark [rounds [milliseconds between]]

let numbers = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
let rounds = numbers.first ?? 200
/// Time for what the last run left to go and for the next walls to stand: this measures starting, not competing.
let pause = UInt32(numbers.dropFirst().first ?? 40) * 1000
let program = realpath("/proc/self/exe", nil).map { String(cString: $0) } ?? ""
let directory = program.split(separator: "/").dropLast().map { "/\($0)" }.joined()
let scratch = "/tmp/fettle-benchmark-\(getpid())"
let worktrees = (0..<2).map { "\(scratch)/worktree-\($0)" }
mkdir(scratch, 0o755)
for worktree in worktrees {
    mkdir(worktree, 0o755)
    mkdir("\(worktree)/.git", 0o755)
    // With something in it: an empty one is no repository, and where there is none nothing is built ahead.
    close(open("\(worktree)/.git/HEAD", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
}

/// Runs a program to its end without walls, the quickest way there is.
@Sendable func plain(_ arguments: [String]) {
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
    "--tmpfs", "/tmp", "--bind", worktrees[0], "/mnt", "/bin/true",
]
let profile = try SandboxProfile.load(named: "default", searching: ["Sandboxes"])
let launcher = "\(directory)/fettle-launcher"
let cold = try await Sandbox(profile: profile, stateDirectory: scratch, launcher: launcher)
let warm = try await Sandbox(profile: profile, stateDirectory: scratch, launcher: launcher, warmStages: 4)
let command = Command(["/bin/true"])

@Sendable func contained(_ sandbox: Sandbox, in worktree: String) async throws {
    let result = try await sandbox.run(command, in: worktree)
    precondition(result.succeeded, "\(result.ending)")
}

var times: [String: [Duration]] = [:]
let clock = ContinuousClock()
try warm.prepare(for: command, in: worktrees[0])
for round in 0..<rounds + 5 {
    usleep(pause)
    let plainTime = clock.measure { plain(["/bin/true"]) }
    let naiveTime = clock.measure { plain(naive) }
    let coldTime = try await clock.measure { try await contained(cold, in: worktrees[0]) }
    usleep(pause)
    let warmTime = try await clock.measure { try await contained(warm, in: worktrees[0]) }
    // The first rounds fill caches.
    guard round >= 5 else { continue }
    times["plain", default: []].append(plainTime)
    times["bwrap, naive", default: []].append(naiveTime)
    times["fettle, cold", default: []].append(coldTime)
    times["fettle, warm", default: []].append(warmTime)
}

/// How many of `body` are done in a second, two at a time.
func perSecond(_ body: @escaping @Sendable (Int) async throws -> Void) async throws -> Int {
    let time = try await clock.measure {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<2 { group.addTask { for _ in 0..<rounds / 2 { try await body(lane) } } }
            try await group.waitForAll()
        }
    }
    return Int((Double(rounds / 2 * 2) / (time / .seconds(1))).rounded())
}

let throughput = [
    "plain": try await perSecond { _ in plain(["/bin/true"]) },
    "bwrap, naive": try await perSecond { _ in plain(naive) },
    "fettle, cold": try await perSecond { try await contained(cold, in: worktrees[$0]) },
    "fettle, warm": try await perSecond { try await contained(warm, in: worktrees[$0]) },
]

func milliseconds(_ duration: Duration) -> Double { Double(duration / .microseconds(1)) / 1000 }
func shown(_ value: Double) -> String { "\((value * 100).rounded() / 100) ms" }

let base = milliseconds(times["plain", default: []].sorted()[rounds / 2])
print("| /bin/true, \(rounds) rounds | median | over plain | 90th percentile | best | runs per second, two at a time |")
print("|---|---|---|---|---|---|")
for name in ["plain", "bwrap, naive", "fettle, cold", "fettle, warm"] {
    let sorted = times[name, default: []].sorted().map(milliseconds)
    let (median, high) = (sorted[rounds / 2], sorted[rounds * 9 / 10])
    print(
        "| \(name) | \(shown(median)) | \(shown(median - base)) | \(shown(high)) | \(shown(sorted[0])) | "
            + "\(throughput[name] ?? 0) |")
}
_ = TreeRemoval.remove(scratch)
